using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>One piece of work: all that is added, replaced and audited in it is kept together, or none of it.</summary>
/// <remarks>Not thread-safe: one request has it. It sees what others had committed when it began to read.</remarks>
public interface IWork : IAsyncDisposable
{
    ISchoolRecords Schools { get; }

    IAssignmentRecords Assignments { get; }

    IPlanRecords Plans { get; }

    ISessionRecords Sessions { get; }

    /// <summary>By the id that the relay knows a device by.</summary>
    IPupilRecordSet<string, PupilDevice> Devices { get; }

    /// <summary>As the authority has set them, or as they are before it has set anything.</summary>
    ISettingsRecords Settings { get; }

    /// <summary>One a pupil.</summary>
    IRecordSet<PupilId, PupilCard> PupilCards { get; }

    ISchoolingRecords Schoolings { get; }

    /// <summary>One an adult.</summary>
    IRecordSet<PersonId, PersonCard> PersonCards { get; }

    IParenthoodRecords Parenthoods { get; }

    IRatingRecords Ratings { get; }

    IArrangementRecords Arrangements { get; }

    IContactRecords Contacts { get; }

    IPupilRecordSet<SentHomeId, SentHome> SentHome { get; }

    IPlanCommentRecords PlanComments { get; }

    IReferralRecords Referrals { get; }

    /// <summary>One a pupil and academic year: a count reads two at most.</summary>
    IPupilRecordSet<(PupilId Pupil, LocalDate YearStartsOn), MissedSessions> Missed { get; }

    IEngagementRecords Engagement { get; }

    /// <summary>One a pupil.</summary>
    IRecordSet<PupilId, AttendProfile> AttendProfiles { get; }

    IConcernRecords Concerns { get; }

    ILegalHoldRecords LegalHolds { get; }

    IDeletionEvidence DeletionEvidence { get; }

    /// <summary>One a school.</summary>
    IRecordSet<SchoolId, SchoolTimes> SchoolTimes { get; }

    IStationedRobotRecords StationedRobots { get; }

    IEnrolledRobots EnrolledRobots { get; }

    ICodes Codes { get; }

    IPupilData PupilData { get; }

    ITelemetry Telemetry { get; }

    /// <summary>What has been kept of it; not what this work is about to record.</summary>
    IAuditRecords Audit { get; }

    /// <summary>Entered into the audit with the work, in the order of the calls.</summary>
    void Record(AuditEntry entry);

    /// <summary>Keeps everything, together with its audit entries.</summary>
    /// <returns>Null when it is kept; otherwise why nothing of it is.</returns>
    Task<Refusal?> CommitAsync(CancellationToken cancellationToken);
}

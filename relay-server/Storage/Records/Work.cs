using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using AV1Relay.Storage.Access;
using AV1Relay.Storage.Arrangements;
using AV1Relay.Storage.Attend;
using AV1Relay.Storage.Audit;
using AV1Relay.Storage.Booking;
using AV1Relay.Storage.Calendar;
using AV1Relay.Storage.Contacts;
using AV1Relay.Storage.Databases;
using AV1Relay.Storage.Devices;
using AV1Relay.Storage.Engagement;
using AV1Relay.Storage.Joining;
using AV1Relay.Storage.People;
using AV1Relay.Storage.Plans;
using AV1Relay.Storage.Privacy;
using AV1Relay.Storage.Referrals;
using AV1Relay.Storage.Robots;
using AV1Relay.Storage.Safeguarding;
using AV1Relay.Storage.Settings;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;

namespace AV1Relay.Storage.Records;

/// <remarks>Without claims nothing is locked while it reads; its audit entries are still kept together.</remarks>
internal sealed class Work(RelayDbContext context, IDbContextTransaction? transaction, AuditHeads heads, PersonId who, Instant now) : IWork
{
    private readonly List<AuditEntry> _entries = [];
    private IDbContextTransaction? _transaction = transaction;

    public ISchoolRecords Schools => field ??= new SchoolRecords(context, who, now);

    public IAssignmentRecords Assignments => field ??= new AssignmentRecords(context, who, now);

    public IPlanRecords Plans => field ??= new PlanRecords(context, who, now);

    public ISessionRecords Sessions => field ??= new SessionRecords(context, who, now);

    public IPupilRecordSet<string, PupilDevice> Devices => field ??= new DeviceRecords(context, who, now);

    public ISettingsRecords Settings => field ??= new SettingsRecords(context, who, now);

    public IRecordSet<PupilId, PupilCard> PupilCards => field ??= new PupilCardRecords(context, who, now);

    public ISchoolingRecords Schoolings => field ??= new SchoolingRecords(context, who, now);

    public IRecordSet<PersonId, PersonCard> PersonCards => field ??= new PersonCardRecords(context, who, now);

    public IParenthoodRecords Parenthoods => field ??= new ParenthoodRecords(context, who, now);

    public IRatingRecords Ratings => field ??= new RatingRecords(context, who, now);

    public IArrangementRecords Arrangements => field ??= new ArrangementRecords(context, who, now);

    public IContactRecords Contacts => field ??= new ContactRecords(context, who, now);

    public IPupilRecordSet<SentHomeId, SentHome> SentHome => field ??= new SentHomeRecords(context, who, now);

    public IPlanCommentRecords PlanComments => field ??= new PlanCommentRecords(context, who, now);

    public IReferralRecords Referrals => field ??= new ReferralRecords(context, who, now);

    public IPupilRecordSet<(PupilId Pupil, LocalDate YearStartsOn), MissedSessions> Missed => field ??= new MissedSessionsRecords(context, who, now);

    public IEngagementRecords Engagement => field ??= new EngagementRecords(context, who, now);

    public IRecordSet<PupilId, AttendProfile> AttendProfiles => field ??= new AttendProfileRecords(context, who, now);

    public IConcernRecords Concerns => field ??= new ConcernRecords(context, who, now);

    public ILegalHoldRecords LegalHolds => field ??= new LegalHoldRecords(context, who, now);

    public IDeletionEvidence DeletionEvidence => field ??= new DeletionEvidenceRecords(context, who, now);

    public IRecordSet<SchoolId, SchoolTimes> SchoolTimes => field ??= new SchoolTimesRecords(context, who, now);

    public IStationedRobotRecords StationedRobots => field ??= new StationedRobotRecords(context, who, now);

    public IEnrolledRobots EnrolledRobots => field ??= new EnrolledRobots(context);

    public ICodes Codes => field ??= new Codes(context);

    public IPupilData PupilData => field ??= new PupilData(context, now);

    public ITelemetry Telemetry => field ??= new Telemetry(context);

    public IAuditRecords Audit => field ??= new AuditRecords(context);

    public void Record(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _entries.Add(entry);
    }

    public async Task<Refusal?> CommitAsync(CancellationToken cancellationToken)
    {
        if (_transaction is null && context.ChangeTracker.Entries().Any())
            throw new InvalidOperationException("Work that changes something claims it first.");
        if (_transaction is null && _entries.Count == 0) return null;
        _transaction ??= await context.BeginWritingAsync(WritingSubject.Audit, cancellationToken);
        if (!await context.TrySaveAsync(cancellationToken)) return RecordRefusals.ChangedMeanwhile;

        // Last, since everybody waits for it.
        var appended = _entries.Count == 0 ? null : await AuditTrail.AppendAsync(context, heads, _entries, cancellationToken);
        await _transaction.CommitAsync(cancellationToken);
        if (appended is not null) heads.Note(appended.Number, appended.Hash);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync();
        await context.DisposeAsync();
    }
}

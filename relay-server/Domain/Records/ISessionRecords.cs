using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

public interface ISessionRecords : IPupilRecordSet<ScheduledSessionId, ScheduledSession>
{
    /// <summary>What a booking is checked against: see <see cref="BookingBoard"/>.</summary>
    /// <param name="week">All days on which the pupil's sessions count, whatever robot they have.</param>
    /// <param name="days">The days asked for and the days beside them, for robots and carriers.</param>
    Task<IReadOnlyList<ScheduledSession>> ForBookingAsync(
        PupilId pupil, DateInterval week, IReadOnlyCollection<string> robotNames, IReadOnlyCollection<PersonId> carriers, DateInterval days,
        CancellationToken cancellationToken);

    /// <summary>A school's, by time.</summary>
    Task<IReadOnlyList<Kept<ScheduledSession>>> OfSchoolAsync(SchoolId school, DateInterval days, CancellationToken cancellationToken);

    /// <summary>A school's, in no order, one at a time, however many there are: nothing else is read in the work meanwhile.</summary>
    IAsyncEnumerable<ScheduledSession> EachOfSchoolAsync(SchoolId school, DateInterval days, CancellationToken cancellationToken);

    /// <summary>A school's, the latest day first, without reading them.</summary>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<SessionAndRobot>> NamesOfSchoolAsync(SchoolId school, int limit, CancellationToken cancellationToken);

    /// <summary>A robot's that have not ended by then, by time.</summary>
    Task<IReadOnlyList<Kept<ScheduledSession>>> OfRobotAsync(string robotName, Instant from, Instant until, CancellationToken cancellationToken);

    /// <summary>A robot's that are not over, by time.</summary>
    Task<IReadOnlyList<Kept<ScheduledSession>>> UnfinishedOfRobotAsync(string robotName, CancellationToken cancellationToken);

    /// <summary>Those that begin by then and are not over, the earliest first: the ones that time has something to do with.</summary>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<Kept<ScheduledSession>>> UnfinishedAsync(Instant by, int limit, CancellationToken cancellationToken);

    /// <summary>The same without reading them: one that can't be read is among them.</summary>
    Task<IReadOnlyList<ScheduledSessionId>> UnfinishedIdsAsync(Instant by, int limit, CancellationToken cancellationToken);
}

/// <summary>Which session, and with which robot.</summary>
public sealed record SessionAndRobot(ScheduledSessionId Session, string RobotName);

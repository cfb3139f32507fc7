using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What a session was, for everybody who took part: who, when, which devices, pauses, and that nothing was kept of it.</summary>
/// <remarks>
/// Always true: it was not live for less than no time; robot and place are named.
/// Not who ended it, nor how: whether somebody left early is not for everybody to read (rule 2).
/// </remarks>
public sealed record SessionReceipt
{
    /// <summary>Rebuilds a receipt; <see cref="For"/> writes one.</summary>
    /// <exception cref="ArgumentException">What is always true would not be.</exception>
    public SessionReceipt(
        ScheduledSessionId session, PupilId pupil, PersonId keyAdult, PersonId carrier, PersonId placedBy, PupilLocation location,
        SessionWindow booked, Instant liveFrom, Instant liveUntil, string robotName,
        ImmutableArray<string> pupilDevices, ImmutableArray<Interval> pauses)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(robotName);
        if (!Enum.IsDefined(location)) throw new ArgumentException("A receipt says where the pupil was.", nameof(location));
        if (liveUntil < liveFrom) throw new ArgumentException("A session does not end before it begins.", nameof(liveUntil));
        (Session, Pupil, KeyAdult, Carrier, PlacedBy, Location) = (session, pupil, keyAdult, carrier, placedBy, location);
        (Booked, LiveFrom, LiveUntil, RobotName) = (booked, liveFrom, liveUntil, robotName);
        (PupilDevices, Pauses) = (pupilDevices.IsDefault ? [] : pupilDevices, pauses.IsDefault ? [] : pauses);
    }

    public ScheduledSessionId Session { get; }

    public PupilId Pupil { get; }

    public PersonId KeyAdult { get; }

    public PersonId Carrier { get; }

    public PersonId PlacedBy { get; }

    public PupilLocation Location { get; }

    /// <summary>As booked and put off.</summary>
    public SessionWindow Booked { get; }

    public Instant LiveFrom { get; }

    public Instant LiveUntil { get; }

    public string RobotName { get; }

    public ImmutableArray<string> PupilDevices { get; }

    /// <summary>When, and not why: a pupil's minute is no business of everybody's.</summary>
    public ImmutableArray<Interval> Pauses { get; }

    /// <summary>Always 0: there is no way to set it, as there is no way to store media (rule 10).</summary>
    public long BytesOfMediaStored { get; }

    public static Outcome<SessionReceipt> For(ScheduledSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (booked, history) = (session.Booked, session.History);
        if (history is not { Placement: { } placement, End: { } end }) return SessionRefusals.NotEndedYet;
        return new SessionReceipt(
            session.Id, booked.Pupil, booked.KeyAdult, booked.Carrier, placement.By.Who, booked.Location, session.Window, history.Joins[0].At, end.At,
            booked.RobotName,
            [.. history.Joins.Select(join => join.DeviceId).Distinct()],
            [.. history.Pauses.Select(pause => new Interval(pause.From, pause.Until))]);
    }

    public override string ToString() => nameof(SessionReceipt);
}

using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What a session was, for everybody who took part: who, when, which devices, pauses, and that nothing was kept of it.</summary>
/// <remarks>Not who ended it, nor how: whether somebody left early is not for everybody to read (rule 2).</remarks>
public sealed record SessionReceipt
{
    private SessionReceipt(ScheduledSession session, Placement placement, SessionEnd end)
    {
        (Session, Pupil, KeyAdult) = (session.Id.ToSessionId(), session.Booked.Pupil, session.Booked.KeyAdult);
        (Carrier, PlacedBy, Location) = (session.Booked.Carrier, placement.By.Who, session.Booked.Location);
        (Booked, LiveFrom, LiveUntil) = (session.Window, session.History.Joins[0].At, end.At);
        RobotName = session.Booked.RobotName;
        Pauses = [.. session.History.Pauses.Select(pause => new Interval(pause.From, pause.Until))];
        PupilDevices = [.. session.History.Joins.Select(join => join.DeviceId).Distinct()];
    }

    public SessionId Session { get; }

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
        return session.History is { Placement: { } placement, End: { } end }
            ? new SessionReceipt(session, placement, end)
            : SessionRefusals.NotEndedYet;
    }

    public override string ToString() => nameof(SessionReceipt);
}

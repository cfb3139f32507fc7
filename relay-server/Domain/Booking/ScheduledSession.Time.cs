using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Booking;

// What becomes of a session when nobody does anything.
public sealed partial class ScheduledSession
{
    /// <summary>When <see cref="OnTime"/> next has something to say; null: never again, unless somebody does something.</summary>
    public Instant? NextTime(SessionRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return State switch
        {
            SessionState.Proposed or SessionState.Agreed => ReleasedAt(rules),
            SessionState.Live when History.WarnedOfEndAt is null => WarningAt(rules),
            SessionState.Ready or SessionState.Live => Window.End,
            _ => null,
        };
    }

    /// <summary>What becomes of it as time passes, and whom to tell. Asking early or again changes nothing; asking late is made up for.</summary>
    public TimePassed OnTime(Instant now, SessionRules rules)
    {
        if (NextTime(rules) is not { } due || now < due) return new TimePassed(this, []);
        return State switch
        {
            SessionState.Proposed => Miss(due, MissedBecause.NotAgreed, Audience.Pupil, Audience.KeyAdult, Audience.Carrier),
            SessionState.Agreed => Miss(due, MissedBecause.RobotNotPlaced, Audience.Pupil, Audience.KeyAdult, Audience.Carrier, Audience.Classroom),
            SessionState.Ready => Miss(due, MissedBecause.NotJoined, Audience.KeyAdult, Audience.Carrier, Audience.Classroom),
            _ when Window.HasEnded(now) => Tell(EndAt(Window.End, new EndedBy.Time()), NoticeKind.Ended, Audience.Pupil, Audience.Classroom),
            _ => Tell(With(History with { WarnedOfEndAt = now }), NoticeKind.EndIsNear, Audience.Pupil, Audience.Classroom),
        };
    }

    /// <summary>From when on a robot that is not in its place is free for others.</summary>
    private Instant ReleasedAt(SessionRules rules) => Instant.Min(Window.Start + rules.ReleaseAfter, Window.End);

    private Instant WarningAt(SessionRules rules) => Instant.Max(Window.Start, Window.End - rules.WarnBeforeEnd);

    private TimePassed Miss(Instant at, MissedBecause why, params ReadOnlySpan<Audience> to)
    {
        var kind = why switch
        {
            MissedBecause.NotAgreed => NoticeKind.NotAgreedInTime,
            MissedBecause.RobotNotPlaced => NoticeKind.RobotReleased,
            _ => NoticeKind.NotJoined,
        };
        return Tell(With(History with { Missed = new Miss(at, why) }), kind, to);
    }

    private static TimePassed Tell(ScheduledSession session, NoticeKind kind, params ReadOnlySpan<Audience> to)
    {
        var notices = ImmutableArray.CreateBuilder<SessionNotice>(to.Length);
        foreach (var audience in to) notices.Add(new SessionNotice(kind, audience));
        return new TimePassed(session, notices.MoveToImmutable());
    }
}

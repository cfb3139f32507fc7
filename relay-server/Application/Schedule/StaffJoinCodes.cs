using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>Pupils' codes into scheduled sessions, as staff make them.</summary>
public sealed class StaffJoinCodes
{
    /// <summary>How long a code can be used: from when it is made, or of one made beforehand from the session's start, and so long before that.</summary>
    public static readonly Duration GoodFor = Duration.FromMinutes(15);

    /// <summary>A code is not made longer before the session than this: it would lie about.</summary>
    public static readonly Duration Beforehand = Duration.FromDays(1);

    private readonly Desk _desk;
    private readonly DrawJoinCode _draw;

    internal StaffJoinCodes(Desk desk, DrawJoinCode draw) => (_desk, _draw) = (desk, draw);

    /// <summary>A new code; those made for the session before it work no more, so that there is one at a time to be found.</summary>
    public async Task<Outcome<IssuedJoinCode>> IssueJoinCodeAsync(Caller caller, ScheduledSessionId session, CancellationToken cancellationToken)
    {
        var known = await _desk.PeekAsync(caller, work => work.Sessions.FindAsync(session, cancellationToken), cancellationToken);
        return await _desk.ChangeAsync<Kept<ScheduledSession>, IssuedJoinCode>(
            caller, Operation.IssueJoinCode, "", known is null ? [] : [Claim.On(known.Value.Booked.Pupil)],
            async work => await work.Sessions.FindAsync(session, cancellationToken) is { Value.Booked: var booked } kept
                ? new Asked<Kept<ScheduledSession>>(kept, await work.SubjectOfAsync(booked, cancellationToken), $"session {session}")
                : null,
            async (work, kept, act) =>
            {
                if (WhyNot(kept.Value, act.At) is { } refusal) return refusal;
                var window = kept.Value.Window;
                var expiresAt = Instant.Min(Instant.Max(act.At, window.Start) + GoodFor, window.End);
                await work.Codes.EndAsync(session.ToString(), act.At, cancellationToken);
                var printed = await AddAsync(work, kept.Value, expiresAt, cancellationToken);
                return new Done<IssuedJoinCode>(new IssuedJoinCode(printed, Instant.Max(act.At, GoodFrom(kept.Value)), expiresAt));
            },
            cancellationToken);
    }

    private static Refusal? WhyNot(ScheduledSession session, Instant now) => session switch
    {
        { State: not (SessionState.Agreed or SessionState.Ready or SessionState.Live) } => new(
            "join-code.wrong-moment", "There is a code for a session that is agreed and not over.", "Look at the session: it has still to be agreed to, or is over."),
        _ when session.Window.HasEnded(now) => new("join-code.time-is-over", "The time of this session is over.", "Book another one."),
        _ when now < session.Window.Start - Beforehand => new(
            "join-code.too-early", "A code is made on the day of its session, or the day before.", "Come back then: a code that lies about can be found."),
        _ => null,
    };

    private static Instant GoodFrom(ScheduledSession session) => session.Window.Start - GoodFor;

    private async Task<string> AddAsync(IWork work, ScheduledSession session, Instant expiresAt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var code = _draw();
            var stored = new StoredJoinCode(
                code.Canonical, session.Id.ToString(), expiresAt, session.Window.End, UsedAt: null, GoodFrom: GoodFrom(session));
            if (await work.Codes.TryAddAsync(stored, cancellationToken))
                return code.Printed;
        }
    }
}

/// <param name="Code">As it is shown or sent to the pupil: a secret, good once.</param>
/// <param name="GoodFrom">It opens nothing before.</param>
public sealed record IssuedJoinCode(string Code, Instant GoodFrom, Instant ExpiresAt)
{
    public override string ToString() => nameof(IssuedJoinCode);
}

using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Running;

/// <summary>What one session that has begun allows at this moment, or why nothing.</summary>
/// <param name="State">Null where it could not be read.</param>
public sealed record DecidedSession(ScheduledSessionId Id, SessionState? State, Outcome<GrantedSession> Outcome)
{
    /// <summary>As the media and control plane spell it.</summary>
    public SessionId Session { get; } = Id.ToSessionId();

    public override string ToString() => $"{Id} {State}";
}

/// <param name="MayLastUntil">Staff can put the end off to here, and no further.</param>
public sealed record GrantedSession(SessionGrant Grant, Instant MayLastUntil);

/// <summary>What a pupil is told who has come in.</summary>
/// <param name="Step">Today's, in the words that it was written in with them.</param>
/// <param name="Lesson">Null: not in a lesson.</param>
public sealed record JoinedSession(SessionGrant Grant, Instant MayLastUntil, Step Step, string? Lesson)
{
    public override string ToString() => Grant.Session.Value;
}

/// <summary>All that has begun and is not over.</summary>
/// <param name="Failures">Those about which nothing could be decided; they are refused.</param>
/// <param name="LookAgainAt">By then time alone may have changed something.</param>
public sealed record Decisions(ImmutableArray<DecidedSession> Sessions, ImmutableArray<SessionFailure> Failures, Instant LookAgainAt);

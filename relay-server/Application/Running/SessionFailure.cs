using System.Collections.Immutable;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Application.Running;

/// <summary>One session about which nothing could be decided, or nothing kept. The others went on.</summary>
/// <param name="Cause">For the log: it may hold what was stored.</param>
public sealed record SessionFailure(ScheduledSessionId Session, Exception Cause)
{
    public override string ToString() => $"session {Session}";
}

/// <summary>What became of sessions as time passed.</summary>
/// <param name="Changed">Each that changed, and whom to tell.</param>
public sealed record Passing(ImmutableArray<TimePassed> Changed, ImmutableArray<SessionFailure> Failures);

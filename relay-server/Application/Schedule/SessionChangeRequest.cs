using AV1Relay.Domain.Sessions;

namespace AV1Relay.Application.Schedule;

/// <summary>What goes with every change of a session.</summary>
/// <param name="Seen">The version that was on the person's page.</param>
/// <param name="Why">In the person's words; may be empty.</param>
public sealed record SessionChangeRequest(ScheduledSessionId Session, long Seen, string Why = "")
{
    public override string ToString() => nameof(SessionChangeRequest);
}

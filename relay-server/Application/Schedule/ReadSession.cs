using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;

namespace AV1Relay.Application.Schedule;

/// <summary>A session as somebody may read it.</summary>
/// <param name="Version">To be given back with a change.</param>
/// <param name="LeftOut">What pages and replies don't show of it to this person.</param>
public sealed record ReadSession(ScheduledSession Session, long Version, LeftOut LeftOut)
{
    public override string ToString() => nameof(ReadSession);
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;

namespace AV1Relay.Application.Schedule;

/// <summary>A session as somebody may read it.</summary>
/// <param name="Version">To be given back with a change.</param>
/// <param name="LeftOut">What pages and replies don't show of it to this person.</param>
public sealed record ReadSession(ScheduledSession Session, long Version, LeftOut LeftOut)
{
    /// <summary>What this person may do with it: which forms a page shows. Filled where one session is read, and asked again when it is done.</summary>
    public FrozenSet<Operation> May { get; init; } = [];

    /// <summary>What has been answered, in order, a no last. Filled where one session is read.</summary>
    public ImmutableArray<ReadAnswer> Answers { get; init; } = [];

    public override string ToString() => nameof(ReadSession);
}

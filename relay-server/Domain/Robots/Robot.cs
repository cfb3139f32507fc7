using NodaTime;

namespace AV1Relay.Domain.Robots;

/// <summary>A robot that has been enrolled here.</summary>
/// <param name="Name">Given by the relay, never used twice.</param>
/// <param name="EnrolledAt">When its code was used.</param>
/// <param name="RemovedAt">From when on it is no longer let in; null while it is.</param>
public sealed record Robot(string Name, Instant EnrolledAt, Instant? RemovedAt)
{
    public bool IsRemoved => RemovedAt is not null;
}

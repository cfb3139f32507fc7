using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Something as it is kept, and which version of it that is.</summary>
/// <param name="Version">From 1; rises by one with each change. Who changes it says which version they looked at.</param>
/// <param name="ChangedBy">Who wrote this version.</param>
/// <param name="ChangedAt">When; to the millisecond.</param>
public sealed record Kept<T>(T Value, long Version, PersonId ChangedBy, Instant ChangedAt)
    where T : class
{
    /// <summary>Null when this is the version that the person looked at; otherwise why nothing is written over.</summary>
    /// <param name="seen">The version that stood on the person's page.</param>
    public Refusals.Refusal? WhyNot(long seen) => seen == Version ? null : RecordRefusals.ChangedMeanwhile;

    public override string ToString() => $"{typeof(T).Name} version {Version}";
}

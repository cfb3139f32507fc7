using NodaTime;

namespace AV1Relay.Storage.Audit;

internal sealed class AuditRow
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public long Number { get; set; }

    public required Instant At { get; set; }

    public required string Who { get; set; }

    public required string What { get; set; }

    public required string Subject { get; set; }

    public required string Detail { get; set; }

    /// <summary>SHA-256 over the hash before and this entry: <see cref="AuditChain"/>.</summary>
    public required byte[] Hash { get; set; }
}

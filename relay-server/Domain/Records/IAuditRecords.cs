using AV1Relay.Domain.Audit;

namespace AV1Relay.Domain.Records;

/// <summary>The audit, to be looked through. It is written by <see cref="IWork.Record"/> alone.</summary>
public interface IAuditRecords
{
    /// <summary>The newest first.</summary>
    /// <param name="before">Only entries of lower numbers; null: all.</param>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<NumberedEntry>> SearchAsync(AuditQuestion question, long? before, int limit, CancellationToken cancellationToken);
}

/// <param name="Number">Of the entry in the chain: 1, 2, 3 … without a gap.</param>
public sealed record NumberedEntry(long Number, AuditEntry Entry)
{
    public override string ToString() => $"entry {Number}";
}

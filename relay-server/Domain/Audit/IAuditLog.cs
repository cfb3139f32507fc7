namespace AV1Relay.Domain.Audit;

/// <summary>The record of what was done; it only grows, and shows when it was tampered with.</summary>
public interface IAuditLog
{
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Reads the whole chain from its start.</summary>
    Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken);
}

/// <param name="Entries">How many entries hold, counted from the first.</param>
/// <param name="FirstBadEntry">The number of the first one that does not hold; null when all do.</param>
/// <param name="Problem">What is wrong with it, in words.</param>
public sealed record AuditVerification(long Entries, long? FirstBadEntry, string? Problem);

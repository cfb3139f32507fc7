using AV1Relay.Domain.Privacy;

namespace AV1Relay.Domain.Records;

/// <summary>What was deleted. It only grows.</summary>
public interface IDeletionEvidence
{
    void Append(DeletionEvidence evidence);

    /// <summary>The newest first.</summary>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<DeletionEvidence>> ListAsync(int limit, CancellationToken cancellationToken);
}

using NodaTime;

namespace AV1Relay.Domain.Joining;

/// <summary>Pupils' one-time codes.</summary>
public interface IJoinCodes
{
    /// <returns>False when the code exists already: make a new one.</returns>
    Task<bool> TryAddAsync(StoredJoinCode code, CancellationToken cancellationToken);

    Task<StoredJoinCode?> FindAsync(string code, CancellationToken cancellationToken);

    /// <summary>Uses the code up.</summary>
    /// <returns>False when it was not usable any more: of two who try at once, one succeeds.</returns>
    Task<bool> TryUseAsync(string code, Instant now, CancellationToken cancellationToken);
}

namespace AV1Relay.Domain.Joining;

/// <summary>Pupils' one-time codes. One is used up within a piece of work: <see cref="Records.ICodes"/>.</summary>
public interface IJoinCodes
{
    /// <returns>False when the code exists already: make a new one.</returns>
    Task<bool> TryAddAsync(StoredJoinCode code, CancellationToken cancellationToken);

    Task<StoredJoinCode?> FindAsync(string code, CancellationToken cancellationToken);
}

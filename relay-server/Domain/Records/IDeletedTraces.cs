namespace AV1Relay.Domain.Records;

/// <summary>What deleting leaves behind in the files of a database that keeps its own: older pages, and the log of what was written.</summary>
public interface IDeletedTraces
{
    /// <summary>Empties the log of what was written: after a run of retention.</summary>
    /// <returns>False: somebody uses the database; it is emptied when they are done, or by the next call.</returns>
    Task<bool> ClearLogAsync(CancellationToken cancellationToken);

    /// <summary>Writes the whole database anew, and empties the log: after an erasure. Whoever writes meanwhile waits.</summary>
    /// <returns>False: somebody uses the database, or the disk is full; traces may be left until it is done again.</returns>
    Task<bool> ClearAllAsync(CancellationToken cancellationToken);
}

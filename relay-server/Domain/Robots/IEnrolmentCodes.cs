using AV1Relay.Domain.Audit;
using NodaTime;

namespace AV1Relay.Domain.Robots;

/// <summary>Codes with which robots come to belong to this relay.</summary>
public interface IEnrolmentCodes
{
    /// <returns>False when the id is taken by another code: make a new one.</returns>
    Task<bool> TryAddAsync(StoredEnrolmentCode code, CancellationToken cancellationToken);

    Task<StoredEnrolmentCode?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Counts a try without the secret; never lost, also when many come at once.</summary>
    Task CountWrongTryAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Uses the code up, enters a robot with a fresh name, stations it at the code's school where it has one, and notes that: all or nothing.
    /// </summary>
    /// <param name="entry">For the audit, of the robot's name.</param>
    /// <returns>Null when the code is no longer usable: somebody else was faster.</returns>
    Task<Robot?> UseAsync(string id, Instant now, Func<string, AuditEntry> entry, CancellationToken cancellationToken);
}

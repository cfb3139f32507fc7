using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>One-time codes, within one piece of work: a code is made or used up together with what it is for and its audit entry.</summary>
public interface ICodes
{
    /// <returns>False when the id is taken by another code: make a new one.</returns>
    Task<bool> TryAddAsync(StoredEnrolmentCode code, CancellationToken cancellationToken);

    /// <returns>False when the code exists already: make a new one.</returns>
    Task<bool> TryAddAsync(StoredJoinCode code, CancellationToken cancellationToken);

    /// <summary>Uses a pupil's code up.</summary>
    /// <returns>False when it is not usable, or not any more: of two who try at once, one succeeds.</returns>
    /// <exception cref="InvalidOperationException">The work claims nothing.</exception>
    Task<bool> TryUseAsync(string code, Instant now, CancellationToken cancellationToken);

    /// <summary>Ends all codes of a session that were made before and not used.</summary>
    /// <exception cref="InvalidOperationException">The work claims nothing.</exception>
    Task EndAsync(string session, Instant now, CancellationToken cancellationToken);
}

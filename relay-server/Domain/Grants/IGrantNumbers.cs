using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Grants;

/// <summary>Fencing numbers of scheduled sessions' grants. They rise with each other and with those of ad-hoc sessions, over restarts too.</summary>
public interface IGrantNumbers
{
    /// <summary>The number that this is granted under: the same while nothing of it changes, a new one as soon as robot, device, capabilities or window do.</summary>
    /// <remarks>A new number ends what was granted to the same robot or in the same session before, ad-hoc sessions included.</remarks>
    /// <param name="grant">Its own number is not looked at.</param>
    Task<long> NumberAsync(SessionGrant grant, Instant now, CancellationToken cancellationToken);

    /// <summary>Likewise for all that is granted at one moment; only what is new since the last time is written.</summary>
    /// <param name="grants">Each of another session and with another robot.</param>
    /// <param name="ended">Sessions that have no grant any more.</param>
    Task<IReadOnlyDictionary<SessionId, long>> NumberAllAsync(
        IReadOnlyCollection<SessionGrant> grants, IReadOnlyCollection<SessionId> ended, Instant now, CancellationToken cancellationToken);

    /// <summary>The session has no grant any more. Another one, even with the same words, has a new number: the robot takes no old one again.</summary>
    Task EndAsync(SessionId session, Instant now, CancellationToken cancellationToken);

    /// <summary>
    /// After the database went back to a backup: from now on numbers are higher than this one, and nothing that was granted before is in
    /// force. Robots have seen numbers since that the database knows nothing of, and take no lower one.
    /// </summary>
    Task RaiseAsync(long above, Instant now, CancellationToken cancellationToken);
}

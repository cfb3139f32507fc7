using NodaTime;

namespace AV1Relay.Domain.Sessions;

/// <summary>Which robot serves which ad-hoc session; written by the command line while the relay runs.</summary>
public interface ISessionBindings
{
    /// <summary>Binds a robot. Earlier bindings of the same robot or the same session end: the newest counts.</summary>
    Task<SessionBinding> BindAsync(string session, string robotName, SessionWindow window, Instant now, CancellationToken cancellationToken);

    /// <summary>Bindings that are in force at <paramref name="now"/> or will be later.</summary>
    Task<IReadOnlyList<SessionBinding>> ListOpenAsync(Instant now, CancellationToken cancellationToken);

    /// <summary>The binding of one session that is in force now or will be; null when there is none.</summary>
    Task<SessionBinding?> FindOpenAsync(string session, Instant now, CancellationToken cancellationToken);

    /// <summary>Differs from the last answer whenever any process may have changed something since. Cheap: ask often.</summary>
    ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken);
}

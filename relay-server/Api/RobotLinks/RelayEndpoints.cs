namespace AV1Relay.Api.RobotLinks;

/// <summary>Where this relay can be reached from outside. A snapshot that is swapped once the sockets are bound.</summary>
public sealed class RelayEndpoints(RelayUrls urls)
{
    private volatile RelayUrls _current = urls;

    public RelayUrls Current => _current;

    /// <summary>Ports that the system chose are known only now.</summary>
    public void Announce(RelayUrls bound) => _current = bound;
}

/// <param name="PageUrl">Pages, WHIP and WHEP; absolute, without a final slash.</param>
/// <param name="RobotUrl">The robots' endpoint.</param>
/// <param name="FollowsPageHost">
/// True when the relay listens on every address: then whoever asks is told the host that they reached it by.
/// </param>
public sealed record RelayUrls(string PageUrl, string RobotUrl, bool FollowsPageHost);

using System.Collections.Concurrent;
using AV1Relay.Api.Clock;
using AV1Relay.Api.RobotLinks;

namespace AV1Relay.Api.SessionControl;

/// <summary>Sessions that somebody has controlled or watched of late; each forgotten ten minutes after the last one left.</summary>
internal sealed class LiveSessions
{
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, LiveSession> _sessions = [];
    private readonly RelayClock _clock;

    public LiveSessions(RelayClock clock, RobotLinkTable links, GrantKeeper grants)
    {
        _clock = clock;
        links.Changed += WakeSessionOf;
        links.StateChanged += WakeSessionOf;
        grants.SessionChanged += Wake;
    }

    public LiveSession Get(string session)
    {
        if (_sessions.TryGetValue(session, out var known))
            return known;
        foreach (var (id, old) in _sessions)
        {
            if (!old.IsWatched && _clock.Now - old.LastUsedAt > ForgottenAfter)
                _sessions.TryRemove(new KeyValuePair<string, LiveSession>(id, old));
        }

        return _sessions.GetOrAdd(session, _ => new LiveSession(_clock));
    }

    public void Wake(string session)
    {
        if (_sessions.TryGetValue(session, out var live))
            live.Wake();
    }

    private void WakeSessionOf(RobotConnection link)
    {
        if (link.Grant is { } grant)
            Wake(grant.Session);
    }
}

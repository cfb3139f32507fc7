using System.Collections.Concurrent;

namespace AV1Relay.Api.RobotLinks;

/// <summary>The links that are up: one a robot, the newest.</summary>
internal sealed class RobotLinkTable
{
    private readonly ConcurrentDictionary<string, RobotConnection> _links = [];
    private readonly ConcurrentDictionary<string, ulong> _refused = []; // one entry a robot that was ever linked, at most

    /// <summary>A link came or went. Raised on the caller's thread; handlers return at once.</summary>
    public event Action<RobotConnection>? Changed;

    /// <summary>A robot told its state.</summary>
    public event Action<RobotConnection>? StateChanged;

    public ICollection<RobotConnection> All => _links.Values;

    /// <summary>Takes the place of an earlier link of the same robot, which is closed.</summary>
    public void Add(RobotConnection link)
    {
        RobotConnection? replaced = null;
        _links.AddOrUpdate(link.RobotName, link, (_, earlier) =>
        {
            replaced = earlier;
            return link;
        });
        replaced?.Close();
        Changed?.Invoke(link);
    }

    /// <summary>Removes exactly this link: a newer one of the same robot stays.</summary>
    public void Remove(RobotConnection link)
    {
        if (_links.TryRemove(new KeyValuePair<string, RobotConnection>(link.RobotName, link)))
            Changed?.Invoke(link);
    }

    public void OnState(RobotConnection link) => StateChanged?.Invoke(link);

    /// <summary>False when this robot has refused the grant before, on this link or an earlier one.</summary>
    public bool IsFirstRefusal(string robotName, ulong fencingNumber)
    {
        if (_refused.TryGetValue(robotName, out var last) && last == fencingNumber)
            return false;
        _refused[robotName] = fencingNumber;
        return true;
    }

    public RobotConnection? Find(string robotName) => _links.GetValueOrDefault(robotName);

    /// <summary>The robot that has been granted a session, if its link is up.</summary>
    public RobotConnection? FindBySession(string session)
    {
        foreach (var (_, link) in _links)
        {
            if (link.Grant?.Session == session)
                return link;
        }

        return null;
    }
}

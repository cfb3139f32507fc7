using System.Collections.Concurrent;
using System.Threading.Channels;

namespace AV1Relay.Sfu.Rooms;

/// <summary>Carries room changes from the shards' threads to whoever listens, in order for each room.</summary>
/// <remarks>
/// A change that has not been told yet is replaced by the next of the same room, so that what waits here is bounded by the number of rooms, and the
/// shard never waits. What is skipped that way, nobody has acted upon: observers that were never announced have never received.
/// </remarks>
internal sealed class RoomChanges : IRoomChangeSink
{
    private readonly ConcurrentDictionary<string, RoomSnapshot> _current = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RoomChange> _waiting = new(StringComparer.Ordinal);
    private readonly Channel<string> _sessions = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    public RoomSnapshot? Find(string session) => _current.GetValueOrDefault(session);

    public void Post(RoomChange change)
    {
        var session = change.Snapshot.Session;
        if (change.HasEnded) _current.TryRemove(session, out _);
        else _current[session] = change.Snapshot;

        while (true)
        {
            if (_waiting.TryAdd(session, change))
            {
                _sessions.Writer.TryWrite(session);
                return;
            }

            if (_waiting.TryGetValue(session, out var earlier) && _waiting.TryUpdate(session, change, earlier)) return;
        }
    }

    /// <summary>The next change; null when there will be none any more.</summary>
    public async ValueTask<RoomChange?> TakeAsync()
    {
        while (await _sessions.Reader.WaitToReadAsync())
        {
            while (_sessions.Reader.TryRead(out var session))
            {
                if (_waiting.TryRemove(session, out var change)) return change;
            }
        }

        return null;
    }

    public void Complete() => _sessions.Writer.TryComplete();
}

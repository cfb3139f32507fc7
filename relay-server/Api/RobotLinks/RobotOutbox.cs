using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AV1Relay.Protos.V1;

namespace AV1Relay.Api.RobotLinks;

/// <summary>What still has to be said to one robot: at most one message of each kind, and the newest wins.</summary>
/// <remarks>
/// A robot on bad wifi gets the latest wish of each kind and none of those before it. A newer message goes to the end, so
/// that sequence numbers rise on the wire. Bounded by the number of kinds. Thread-safe; one reader.
/// </remarks>
internal sealed class RobotOutbox
{
    private readonly Lock _lock = new();
    private readonly List<(int Kind, RelayMessage Message)> _waiting = [];

    // Holds one wake-up: more would say the same.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Replaces a waiting message of the same kind. Commands of different sorts are different kinds.</summary>
    public void Post(RelayMessage message)
    {
        var kind = KindOf(message);
        lock (_lock)
        {
            _waiting.RemoveAll(entry => entry.Kind == kind);
            if (message.WhatCase is RelayMessage.WhatOneofCase.Grant or RelayMessage.WhatOneofCase.GrantWithdrawn)
                _waiting.RemoveAll(entry => IsOfAGrant(entry.Message)); // of an earlier one
            _waiting.Add((kind, message));
        }

        _wake.Writer.TryWrite(true);
    }

    public bool TryTake([NotNullWhen(true)] out RelayMessage? message)
    {
        lock (_lock)
        {
            message = null;
            if (_waiting.Count == 0)
                return false;
            message = _waiting[0].Message;
            _waiting.RemoveAt(0);
            return true;
        }
    }

    /// <summary>Comes back once something may be waiting.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _wake.Reader.ReadAsync(cancellationToken);

    private static bool IsOfAGrant(RelayMessage message) =>
        message.WhatCase is RelayMessage.WhatOneofCase.Command or RelayMessage.WhatOneofCase.CurtainWish or RelayMessage.WhatOneofCase.HandSeen;

    private static int KindOf(RelayMessage message) => message.WhatCase switch
    {
        // Where the board is and where the buddy is are two things; which presets there are was checked before.
        RelayMessage.WhatOneofCase.Command when message.Command.WhatCase is Command.WhatOneofCase.RoomPlace =>
            2_000 + (int)message.Command.RoomPlace.Preset,
        RelayMessage.WhatOneofCase.Command => 1_000 + (int)message.Command.WhatCase,
        var kind => (int)kind,
    };
}

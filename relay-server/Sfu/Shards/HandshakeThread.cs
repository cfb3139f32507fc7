using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AV1Relay.Sfu.Shards;

/// <summary>Runs a shard's handshakes in the order in which they were lent, on a thread that yields to those that carry media.</summary>
/// <param name="onDone">Called on that thread after each: wakes the shard.</param>
/// <remarks>Both queues are bounded by the number of handshakes: each is in one of them once at most.</remarks>
internal sealed class HandshakeThread(Action onDone) : IHandshakeRunner, IDisposable
{
    // A plain monitor: a collection that blocks would spin before each sleep, for longer than a handshake's turn is apart from the next.
    private readonly object _turn = new();
    private readonly Queue<Handshake> _lent = new();
    private readonly ConcurrentQueue<Handshake> _done = new();
    private bool _isEnding;
    private Thread? _thread;

    public bool HasDone => !_done.IsEmpty;

    public void Start(string name)
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public bool Run(Handshake handshake)
    {
        lock (_turn)
        {
            _lent.Enqueue(handshake);
            Monitor.Pulse(_turn);
        }

        return false;
    }

    public bool TryTakeDone([NotNullWhen(true)] out Handshake? handshake) => _done.TryDequeue(out handshake);

    /// <summary>Waits for the one in hand, then disposes of all that were lent. To be called when the shard's thread has ended.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _isEnding = true;
            Monitor.Pulse(_turn);
        }

        _thread?.Join();
        foreach (var handshake in _lent.Concat(_done)) handshake.Transport.Dispose();
    }

    private void Loop()
    {
        while (TryTakeLent(out var handshake))
        {
            handshake.Run();
            _done.Enqueue(handshake);
            onDone();
        }
    }

    private bool TryTakeLent([NotNullWhen(true)] out Handshake? handshake)
    {
        lock (_turn)
        {
            handshake = null;
            while (!_isEnding && !_lent.TryDequeue(out handshake)) Monitor.Wait(_turn);
            return handshake is not null;
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AV1Relay.Sfu.Shards;

/// <summary>Runs a shard's handshakes in the order in which they were lent, on a thread that yields to those that carry media.</summary>
/// <param name="onDone">Called on that thread after each: wakes the shard.</param>
/// <remarks>Both queues are bounded by the number of handshakes: each is in one of them once at most.</remarks>
internal sealed class HandshakeThread(Action onDone) : IHandshakeRunner, IDisposable
{
    private readonly BlockingCollection<Handshake> _lent = [];
    private readonly ConcurrentQueue<Handshake> _done = new();
    private Thread? _thread;

    public bool HasDone => !_done.IsEmpty;

    public void Start(string name)
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public bool Run(Handshake handshake)
    {
        _lent.Add(handshake);
        return false;
    }

    public bool TryTakeDone([NotNullWhen(true)] out Handshake? handshake) => _done.TryDequeue(out handshake);

    /// <summary>Waits for the one in hand, then disposes of all that were lent. To be called when the shard's thread has ended.</summary>
    public void Dispose()
    {
        _lent.CompleteAdding();
        _thread?.Join();
        foreach (var handshake in _lent.GetConsumingEnumerable()) handshake.Transport.Dispose(); // of a shard that was never started
        foreach (var handshake in _done) handshake.Transport.Dispose();
        _lent.Dispose();
    }

    private void Loop()
    {
        foreach (var handshake in _lent.GetConsumingEnumerable())
        {
            if (!_lent.IsAddingCompleted) handshake.Run(); // else the relay is ending
            _done.Enqueue(handshake);
            onDone();
        }
    }
}

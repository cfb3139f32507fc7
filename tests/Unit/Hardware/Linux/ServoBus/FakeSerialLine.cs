using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.Serial;
using Microsoft.Extensions.Time.Testing;

namespace AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

/// <summary>A serial line in memory, in front of an emulated wire. When nothing comes, the time passes that somebody waits for it.</summary>
/// <param name="wire">What hangs on it.</param>
/// <param name="time">Advanced by a waiting read.</param>
/// <param name="chunk">The most bytes that one read gives: lines cut answers where they like.</param>
internal sealed class FakeSerialLine(EmulatedServoWire wire, FakeTimeProvider time, int chunk = int.MaxValue) : ISerialLine
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly Queue<byte> _coming = new();

    public string Name => "ttyFAKE";

    /// <summary>The adapter was pulled out.</summary>
    public bool HasGone { get; set; }

    /// <summary>The adapter has hung: it takes nothing any more.</summary>
    public bool IsStuck { get; set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Arrives though nobody asked.</summary>
    public void Inject(params ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) _coming.Enqueue(value);
    }

    public void DiscardInput()
    {
        ThrowIfGone();
        _coming.Clear();
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ThrowIfGone();
        cancellationToken.ThrowIfCancellationRequested();
        for (var waited = TimeSpan.Zero; IsStuck; waited += Tick)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (waited > TimeSpan.FromMinutes(1)) throw new InvalidOperationException("Somebody waits for ever.");
            time.Advance(Tick);
        }

        Inject(wire.Take(bytes.Span));
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        ThrowIfGone();
        while (_coming.Count == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            time.Advance(Tick);
        }

        var count = Math.Min(Math.Min(into.Length, chunk), _coming.Count);
        for (var i = 0; i < count; i++) into.Span[i] = _coming.Dequeue();
        return ValueTask.FromResult(count);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private void ThrowIfGone()
    {
        if (HasGone) throw new HardwareException(HardwareFault.Missing, "Serial port ttyFAKE has gone: is the servo adapter plugged in?");
    }
}

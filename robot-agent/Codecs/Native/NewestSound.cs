namespace AV1Relay.Codecs.Native;

/// <summary>A tenth of a second of sound between a capturing thread and a reader: when full, the oldest is dropped, so delay cannot grow.</summary>
internal sealed class NewestSound : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly short[] _ring = new short[4800];
    private long _written;
    private long _read;
    private bool _hasEnded;
    private string? _failure;

    public void Put(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            foreach (var sample in samples)
            {
                _ring[_written++ % _ring.Length] = sample;
            }

            _read = Math.Max(_read, _written - _ring.Length);
            Signal();
        }
    }

    /// <param name="failure">Null: an ordinary end.</param>
    public void End(string? failure)
    {
        lock (_gate)
        {
            _hasEnded = true;
            _failure = failure;
            Signal();
        }
    }

    /// <returns>False at the end.</returns>
    /// <exception cref="CodecException">The source failed.</exception>
    public async ValueTask<bool> TakeAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_written - _read >= frame.Length)
                {
                    foreach (ref var sample in frame.Span)
                    {
                        sample = _ring[_read++ % _ring.Length];
                    }

                    return true;
                }

                if (_hasEnded)
                {
                    return _failure is null ? false : throw new CodecException(_failure);
                }
            }

            await _arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => End(null);

    private void Signal()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }
}

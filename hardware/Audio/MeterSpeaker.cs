namespace AV1Relay.Hardware.Audio;

/// <summary>A speaker that nobody hears: it plays in real time into half a second of memory and measures what it "plays".</summary>
/// <remarks>Like a sound card it consumes 48,000 samples a second whether or not any come; a gap is silence.</remarks>
public sealed class MeterSpeaker(TimeProvider time) : ISpeaker, ISpeakerMeter
{
    public const double SilenceDbfs = PcmLevel.SilenceDbfs;

    private const int MaxQueuedSamples = PcmFormat.SampleRate * 120 / 1000;
    private const int LevelSamples = PcmFormat.SampleRate / 10;
    private const int ToneSamples = PcmFormat.SampleRate / 5;

    private readonly Lock _gate = new();
    private readonly float[] _ring = new float[PcmFormat.SampleRate / 2];
    private readonly long _startedAt = time.GetTimestamp();
    private long _written; // samples since the start, counting the silence of gaps

    public string Kind => "meter";

    public double BufferedMs
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(0, _written - PlayedSamples()) * 1000.0 / PcmFormat.SampleRate;
            }
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        while (!samples.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = Take(samples.Span);
            samples = samples[taken..];
            if (!samples.IsEmpty)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public SpeakerReading Read()
    {
        var last = new float[ToneSamples];
        lock (_gate)
        {
            var end = PlayedSamples();
            FillGap(end);
            for (var i = 0; i < last.Length; i++)
            {
                var sample = end - last.Length + i;
                last[i] = sample < 0 ? 0 : _ring[sample % _ring.Length];
            }
        }

        var (hertz, confidence) = ToneFinder.Find(last);
        return new SpeakerReading(Level(last.AsSpan(^LevelSamples..)), hertz, confidence);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static double Level(ReadOnlySpan<float> samples)
    {
        var energy = 0.0;
        foreach (var sample in samples)
        {
            energy += sample * sample;
        }

        return Math.Max(SilenceDbfs, 10 * Math.Log10((energy / samples.Length) + 1e-12));
    }

    private long PlayedSamples() => (long)(time.GetElapsedTime(_startedAt).TotalSeconds * PcmFormat.SampleRate);

    private int Take(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            var played = PlayedSamples();
            FillGap(played);
            var taken = (int)Math.Min(samples.Length, Math.Max(0, MaxQueuedSamples - (_written - played)));
            foreach (var sample in samples[..taken])
            {
                _ring[_written++ % _ring.Length] = sample / 32768f;
            }

            return taken;
        }
    }

    /// <summary>The queue ran dry before <paramref name="played"/>: silence was heard.</summary>
    private void FillGap(long played)
    {
        if (played - _written > _ring.Length)
        {
            Array.Clear(_ring);
            _written = played;
        }

        while (_written < played)
        {
            _ring[_written++ % _ring.Length] = 0;
        }
    }
}

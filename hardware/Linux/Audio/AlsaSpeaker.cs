using AV1Relay.Hardware.Audio;

namespace AV1Relay.Hardware.Linux.Audio;

/// <summary>A loudspeaker by ALSA. Its queue is bounded; running dry is silence and then goes on, not an error.</summary>
public sealed class AlsaSpeaker : ISpeaker
{
    private const string What = "Speaker";
    private const uint LatencyMicroseconds = 60_000; // of the queue; playing starts when it is full
    private static readonly TimeSpan WhenFull = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(1); // a full queue is heard in a sixteenth of that

    private readonly IPcm _pcm;
    private readonly TimeProvider _time;

    internal AlsaSpeaker(IPcm pcm, TimeProvider time) => (_pcm, _time) = (pcm, time);

    public string Kind => "alsa";

    /// <summary>How often the queue ran dry.</summary>
    public long Underruns { get; private set; }

    public double BufferedMs => Math.Max(0, _pcm.Delay()) * 1000.0 / PcmFormat.SampleRate;

    /// <param name="device">As <c>aplay -L</c> lists them: <c>default</c>, <c>plughw:1,0</c>, <c>null</c>.</param>
    /// <param name="time">For waiting while the queue is full.</param>
    /// <exception cref="HardwareException">It does not open; the message says what to check.</exception>
    public static AlsaSpeaker Open(string device, TimeProvider time) => new(AlsaPcm.Open(What, device, Alsa.Playback, LatencyMicroseconds), time);

    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        var movedAt = _time.GetTimestamp();
        while (!samples.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var written = Write(samples.Span);
            samples = samples[written..];
            if (written > 0) movedAt = _time.GetTimestamp();
            if (samples.IsEmpty) return;
            if (_time.GetElapsedTime(movedAt) > StuckAfter)
                throw new HardwareException(HardwareFault.Silent, $"{What} {_pcm.Name} is there and plays nothing: unplug it and plug it in again.");
            await Task.Delay(WhenFull, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _pcm.Dispose();
        return ValueTask.CompletedTask;
    }

    private int Write(ReadOnlySpan<short> samples)
    {
        var result = _pcm.Write(samples);
        if (result >= 0) return result;
        if (result == Alsa.Again) return 0;
        Underruns++;
        var recovered = _pcm.Recover(result);
        return recovered >= 0 ? 0 : throw AlsaErrors.Explain(What, _pcm.Name, "plays no more", recovered);
    }
}

using AV1Relay.Hardware.Audio;

namespace AV1Relay.Hardware.Linux.Audio;

/// <summary>A microphone by ALSA: the newest sound, and how old it is. No call waits in the kernel, so that it closes at once.</summary>
public sealed class AlsaMicrophone : IMicrophone
{
    internal const string What = "Microphone";

    private const uint LatencyMicroseconds = 80_000; // of the queue: bridges a moment in which nobody reads
    private const int MostWaiting = 3 * PcmFormat.FrameSamples; // more has grown old: the oldest is dropped
    private const int MostRecoveries = 10; // without a single sample in between
    private const int MostReadsToCatchUp = 16;
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(5);
    private const int MostInWindow = 2 * 5 * PcmFormat.SampleRate; // a card that gives more sound than time passes would flood the network

    private readonly IPcm _pcm;
    private readonly TimeProvider _time;
    private readonly short[] _dropped = new short[PcmFormat.FrameSamples];
    private int _recoveries;
    private long _windowAt;
    private int _inWindow;

    /// <exception cref="HardwareException">It does not start.</exception>
    internal AlsaMicrophone(IPcm pcm, TimeProvider time)
    {
        (_pcm, _time, _windowAt) = (pcm, time, time.GetTimestamp());
        if (pcm.Start() is < 0 and var error)
        {
            pcm.Dispose();
            throw AlsaErrors.Explain(What, pcm.Name, "does not start", error);
        }
    }

    public TimeSpan Delay { get; private set; }

    /// <summary>How often sound was lost because nobody read in time.</summary>
    public long Overruns { get; private set; }

    /// <param name="device">As <c>arecord -L</c> lists them: <c>default</c>, <c>plughw:1,0</c>, <c>null</c>.</param>
    /// <param name="time">For waiting for sound.</param>
    /// <exception cref="HardwareException">It does not open; the message says what to check.</exception>
    public static AlsaMicrophone Open(string device, TimeProvider time) => new(AlsaPcm.Open(What, device, Alsa.Capture, LatencyMicroseconds), time);

    public async ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        var movedAt = _time.GetTimestamp();
        var read = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (read == 0) DropOld();
            var more = Read(frame.Span[read..]);
            read += more;
            if (more > 0) movedAt = _time.GetTimestamp();
            if (read == frame.Length)
            {
                CheckRate(read);
                Delay = TimeSpan.FromSeconds((double)Math.Max(0, _pcm.Delay()) / PcmFormat.SampleRate);
                return true;
            }

            if (_time.GetElapsedTime(movedAt) > SilentAfter)
                throw new HardwareException(HardwareFault.Silent, $"{What} {_pcm.Name} is there and gives no sound: unplug it and plug it in again.");
            var missing = TimeSpan.FromMilliseconds(Math.Ceiling((frame.Length - read) * 1000.0 / PcmFormat.SampleRate));
            await Task.Delay(missing, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _pcm.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whoever comes late hears what is said now.</summary>
    private void DropOld()
    {
        if (_pcm.Delay() <= MostWaiting) return;
        Overruns++;
        for (var n = 0; n < MostReadsToCatchUp && _pcm.Delay() >= 2 * PcmFormat.FrameSamples && _pcm.Read(_dropped) > 0; n++)
        {
            // Nobody hears it. An error comes again with the reading that follows.
        }
    }

    private void CheckRate(int samples)
    {
        if (_time.GetElapsedTime(_windowAt) > RateWindow) (_windowAt, _inWindow) = (_time.GetTimestamp(), 0);
        _inWindow += samples;
        if (_inWindow > MostInWindow)
            throw new HardwareException(HardwareFault.Noisy, $"{What} {_pcm.Name} gives more sound than time passes: choose another with --microphone.");
    }

    private int Read(Span<short> samples)
    {
        var result = _pcm.Read(samples);
        if (result > 0) _recoveries = 0;
        if (result >= 0) return result;
        if (result == Alsa.Again) return 0;
        Overruns++;
        var recovered = _recoveries++ < MostRecoveries ? _pcm.Recover(result) : result;
        if (recovered < 0) throw AlsaErrors.Explain(What, _pcm.Name, "gives no sound any more", recovered);
        _ = _pcm.Start(); // whether it runs shows with the next reading
        return 0;
    }
}

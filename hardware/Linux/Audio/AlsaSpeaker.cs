using AV1Relay.Hardware.Audio;

namespace AV1Relay.Hardware.Linux.Audio;

/// <summary>A loudspeaker by ALSA. Its queue is bounded; running dry is silence and then goes on, not an error.</summary>
public sealed class AlsaSpeaker : ISpeaker
{
    private const uint LatencyMicroseconds = 60_000; // of the queue; playing starts when it is full
    private static readonly TimeSpan WhenFull = TimeSpan.FromMilliseconds(5);

    private readonly string _device;
    private readonly TimeProvider _time;
    private nint _pcm;

    private AlsaSpeaker(string device, TimeProvider time, nint pcm)
    {
        _device = device;
        _time = time;
        _pcm = pcm;
    }

    public string Kind => "alsa";

    /// <summary>How often the queue ran dry.</summary>
    public long Underruns { get; private set; }

    public double BufferedMs
        => _pcm != 0 && Alsa.snd_pcm_delay(_pcm, out var frames) >= 0 ? Math.Max(0, frames * 1000.0 / PcmFormat.SampleRate) : 0;

    /// <param name="device">As <c>aplay -L</c> lists them: <c>default</c>, <c>plughw:1,0</c>, <c>null</c>.</param>
    /// <param name="time">For waiting while the queue is full.</param>
    /// <exception cref="HardwareException">It does not open; the message says what to check.</exception>
    public static AlsaSpeaker Open(string device, TimeProvider time)
    {
        try
        {
            Alsa.Silence();
            var result = Alsa.snd_pcm_open(out var pcm, device, Alsa.Playback, Alsa.NonBlocking);
            if (result < 0)
            {
                throw new HardwareException(Explain(device, result));
            }

            result = Alsa.snd_pcm_set_params(
                pcm, Alsa.FormatS16LittleEndian, Alsa.AccessInterleaved, 1, PcmFormat.SampleRate, 1, LatencyMicroseconds);
            if (result < 0)
            {
                _ = Alsa.snd_pcm_close(pcm);
                throw new HardwareException($"Speaker {device} does not take 48 kHz mono ({Alsa.Describe(result)}): try plug{device} instead.");
            }

            return new AlsaSpeaker(device, time, pcm);
        }
        catch (DllNotFoundException problem)
        {
            throw new HardwareException("libasound is missing: install it (on Debian: apt install libasound2), or use --speaker none.", problem);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        while (!samples.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var written = Write(samples.Span);
            samples = samples[written..];
            if (!samples.IsEmpty)
            {
                await Task.Delay(WhenFull, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_pcm != 0)
        {
            _ = Alsa.snd_pcm_drop(_pcm);
            _ = Alsa.snd_pcm_close(_pcm);
            _pcm = 0;
        }

        return ValueTask.CompletedTask;
    }

    private static string Explain(string device, int error)
    {
        var advice = error switch
        {
            Alsa.NoEntry or Alsa.NoDevice => "is it plugged in, and is the privacy switch on? `aplay -L` lists what there is",
            Alsa.NoAccess => "the robot's user must be in the group audio",
            Alsa.Busy => "another program uses it; close that first",
            _ => "`aplay -L` lists what there is",
        };
        return $"Speaker {device} does not open ({Alsa.Describe(error)}): {advice}.";
    }

    private unsafe int Write(ReadOnlySpan<short> samples)
    {
        ObjectDisposedException.ThrowIf(_pcm == 0, this);
        fixed (short* first = samples)
        {
            var result = (int)Alsa.snd_pcm_writei(_pcm, first, (nuint)samples.Length);
            if (result >= 0)
            {
                return result;
            }

            if (result == Alsa.Again)
            {
                return 0;
            }

            Underruns++;
            var recovered = Alsa.snd_pcm_recover(_pcm, result, 1);
            return recovered >= 0 ? 0 : throw new HardwareException(Explain(_device, recovered));
        }
    }
}

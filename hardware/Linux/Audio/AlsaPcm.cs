namespace AV1Relay.Hardware.Linux.Audio;

/// <summary>A card of this computer's, through libasound.</summary>
internal sealed unsafe class AlsaPcm : IPcm
{
    private nint _pcm;

    private AlsaPcm(string name, nint pcm) => (Name, _pcm) = (name, pcm);

    public string Name { get; }

    /// <param name="what">Microphone or speaker, for messages.</param>
    /// <param name="device">As <c>aplay -L</c> or <c>arecord -L</c> lists them: <c>default</c>, <c>plughw:1,0</c>, <c>null</c>.</param>
    /// <param name="stream"><see cref="Alsa.Playback"/> or <see cref="Alsa.Capture"/>.</param>
    /// <param name="latencyMicroseconds">Of the whole queue.</param>
    /// <exception cref="HardwareException">It does not open; the message says what to check.</exception>
    public static AlsaPcm Open(string what, string device, int stream, uint latencyMicroseconds)
    {
        try
        {
            Alsa.Silence();
            var result = Alsa.snd_pcm_open(out var pcm, device, stream, Alsa.NonBlocking);
            if (result < 0) throw AlsaErrors.Explain(what, device, "does not open", result);
            result = Alsa.snd_pcm_set_params(pcm, Alsa.FormatS16LittleEndian, Alsa.AccessInterleaved, 1, Hardware.Audio.PcmFormat.SampleRate, 1, latencyMicroseconds);
            if (result >= 0) return new(device, pcm);
            _ = Alsa.snd_pcm_close(pcm);
            throw new HardwareException(HardwareFault.Refused, $"{what} {device} does not do 48 kHz mono ({Alsa.Describe(result)}): try plug{device} instead.");
        }
        catch (DllNotFoundException problem)
        {
            throw new HardwareException(HardwareFault.Missing, "libasound is missing: install it (on Debian: apt install libasound2).", problem);
        }
    }

    public int Write(ReadOnlySpan<short> samples)
    {
        ObjectDisposedException.ThrowIf(_pcm == 0, this);
        fixed (short* first = samples) return (int)Alsa.snd_pcm_writei(_pcm, first, (nuint)samples.Length);
    }

    public int Read(Span<short> samples)
    {
        ObjectDisposedException.ThrowIf(_pcm == 0, this);
        fixed (short* first = samples) return (int)Alsa.snd_pcm_readi(_pcm, first, (nuint)samples.Length);
    }

    public int Start()
    {
        ObjectDisposedException.ThrowIf(_pcm == 0, this);
        return Alsa.snd_pcm_start(_pcm);
    }

    public int Delay()
    {
        if (_pcm == 0) return Alsa.NoDevice;
        var result = Alsa.snd_pcm_delay(_pcm, out var frames);
        return result < 0 ? result : (int)Math.Max(0, frames);
    }

    public int Recover(int error)
    {
        ObjectDisposedException.ThrowIf(_pcm == 0, this);
        return Alsa.snd_pcm_recover(_pcm, error, 1);
    }

    public void Dispose()
    {
        if (_pcm == 0) return;
        _ = Alsa.snd_pcm_drop(_pcm);
        _ = Alsa.snd_pcm_close(_pcm);
        _pcm = 0;
    }
}

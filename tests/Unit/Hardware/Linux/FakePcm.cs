using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Linux.Audio;
using Microsoft.Extensions.Time.Testing;

namespace AV1Relay.Tests.Unit.Hardware.Linux;

/// <summary>A sound card in memory, both ways, by a clock that the test moves. What it captures counts up, sample by sample.</summary>
internal sealed class FakePcm(FakeTimeProvider time, int queueSamples) : IPcm
{
    private const int Overrun = -32; // -EPIPE
    private readonly Queue<int> _errors = new();
    private long _at = time.GetTimestamp();
    private double _rate = PcmFormat.SampleRate;
    private double _captured; // and not read
    private double _queued; // and not played
    private long _read;
    private bool _isCapturing;
    private bool _hasOverrun;

    public string Name => "hw:3,0";

    public bool IsClosed { get; private set; }

    public int Recoveries { get; private set; }

    public int Starts { get; private set; }

    /// <summary>Samples a second; 0: it hangs.</summary>
    public double Rate
    {
        get => _rate;
        set
        {
            Go();
            _rate = value;
        }
    }

    /// <summary>What <see cref="Recover"/> answers.</summary>
    public int RecoverAnswer { get; set; }

    /// <summary>The next call to read or write gives this.</summary>
    public void Fail(int error) => _errors.Enqueue(error);

    public int Write(ReadOnlySpan<short> samples)
    {
        if (_errors.TryDequeue(out var error)) return error;
        Go();
        var taken = Math.Min(samples.Length, queueSamples - (int)Math.Ceiling(_queued));
        if (taken <= 0) return Alsa.Again;
        _queued += taken;
        return taken;
    }

    public int Read(Span<short> samples)
    {
        if (_errors.TryDequeue(out var error)) return error;
        Go();
        if (_hasOverrun) return Overrun;
        var given = Math.Min(samples.Length, (int)_captured);
        if (given == 0) return Alsa.Again;
        for (var i = 0; i < given; i++) samples[i] = (short)(_read++ % 30_000);
        _captured -= given;
        return given;
    }

    public int Start()
    {
        Go();
        Starts++;
        (_isCapturing, _captured) = (true, 0);
        return 0;
    }

    public int Delay()
    {
        Go();
        return _hasOverrun ? Overrun : (int)(_isCapturing ? _captured : _queued);
    }

    public int Recover(int error)
    {
        Recoveries++;
        (_queued, _captured, _hasOverrun, _isCapturing) = (0, 0, false, false);
        return RecoverAnswer;
    }

    public void Dispose() => IsClosed = true;

    private void Go()
    {
        var samples = time.GetElapsedTime(_at).TotalSeconds * _rate;
        _at = time.GetTimestamp();
        _queued = Math.Max(0, _queued - samples);
        if (_isCapturing) _captured += samples;
        _hasOverrun |= _captured > queueSamples;
    }
}

namespace AV1Relay.Hardware.Audio;

/// <summary>What a microphone in the virtual classroom hears: the teacher's soft voice, a quiet room, and a chime that tests can find.</summary>
/// <remarks>The chime lasts <see cref="ChimeSeconds"/> and starts at every even second of the Unix clock; the voice steps back for it.</remarks>
public sealed class VirtualClassroomSound : IMicrophone
{
    public const double ChimeSeconds = 0.4;
    public const double ChimeEverySeconds = 2;

    private const double ChimeAmplitude = 0.2; // about −17 dBFS
    private const double VoiceAmplitude = 4;
    private const double AttackSeconds = 0.01;

    private readonly Pacing _pacing;
    private readonly TeacherVoice _voice = new();
    private readonly double _toneHz;
    private readonly long _startSample; // of the Unix clock, modulo one speech loop
    private uint _noise = 99;

    /// <param name="time">Paces the frames and places the chimes.</param>
    /// <param name="toneHz">Of the chime; 880 unless a test needs to tell two rooms apart.</param>
    public VirtualClassroomSound(TimeProvider time, double toneHz = 880)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(toneHz, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toneHz, 8000);
        _pacing = new Pacing(time, TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds), mayLagIntervals: 3);
        _toneHz = toneHz;
        var unixMilliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        _startSample = unixMilliseconds % (long)(TeacherSpeech.LoopSeconds * 1000) * (PcmFormat.SampleRate / 1000);
    }

    public TimeSpan Delay => TimeSpan.Zero;

    public async ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        if (frame.Length != PcmFormat.FrameSamples)
        {
            throw new ArgumentException($"A frame is {PcmFormat.FrameSamples} samples.", nameof(frame));
        }

        var number = await _pacing.NextAsync(cancellationToken).ConfigureAwait(false);
        Render(_startSample + (number * PcmFormat.FrameSamples), frame.Span);
        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Render(long firstSample, Span<short> frame)
    {
        const long LoopSamples = (long)(TeacherSpeech.LoopSeconds * PcmFormat.SampleRate);
        for (var i = 0; i < frame.Length; i++)
        {
            var sample = (firstSample + i) % LoopSamples;
            var seconds = (double)sample / PcmFormat.SampleRate;
            var intoChime = seconds % ChimeEverySeconds;
            var chimes = intoChime < ChimeSeconds;
            var value = _voice.Next(seconds, sample) * VoiceAmplitude * (chimes ? 0.25 : 1);
            if (chimes)
            {
                value += Chime(intoChime);
            }

            _noise = (_noise * 1664525) + 1013904223;
            value += ((_noise >> 8) / (double)(1 << 23) - 1) * 0.0008; // the room itself, about −67 dBFS
            frame[i] = (short)Math.Clamp(value * short.MaxValue, short.MinValue, short.MaxValue);
        }
    }

    private double Chime(double into)
    {
        var attack = Math.Min(1, into / AttackSeconds);
        var release = Math.Min(1, (ChimeSeconds - into) / 0.05);
        var decay = Math.Exp(-into / 0.4);
        var angle = 2 * Math.PI * _toneHz * into;
        return ChimeAmplitude * attack * release * decay * (Math.Sin(angle) + (0.15 * Math.Sin(2 * angle) * decay));
    }
}

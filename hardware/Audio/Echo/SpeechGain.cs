namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Makes soft voices louder, slowly, and never so loud that they clip. Noise and pauses do not move it, and echo alone is left as it is.</summary>
internal sealed class SpeechGain
{
    /// <summary>As much louder a voice is made at most, dB: a child at the back of a room, not a whisper next door.</summary>
    public const double MostDb = 12;

    private const double TargetDbfs = -23; // RMS of speech: EBU R 128's −23 LUFS, near enough
    private const double RiseDbASecond = 6; // of loud speech, a third of all speech
    private const double FallDbASecond = 12;
    private const float Ceiling = 0.9f;
    private const float Prominent = 10; // of noise and echo: 10 dB over them
    private const float Buried = 0.3f; // in echo: as prominent is echo alone, and somebody who speaks at the same time is more
    private const double BlocksASecond = (double)PcmFormat.SampleRate / EchoBlock.Samples;

    private double _levelDbfs = TargetDbfs;
    private double _gainDb;
    private float _gain = 1;

    /// <summary>How much louder it makes the sound now, dB.</summary>
    public double GainDb => _gainDb;

    /// <param name="block">Changed in place.</param>
    /// <param name="prominence">How far it stands out of noise and echo (<see cref="ResidualSuppressor.Prominence"/>).</param>
    /// <param name="hasEcho">Of more power than the noise (<see cref="ResidualSuppressor.HasEcho"/>).</param>
    public void Process(Span<float> block, float prominence, bool hasEcho)
    {
        var (energy, peak) = (0f, 0f);
        foreach (var sample in block)
        {
            energy += sample * sample;
            peak = MathF.Max(peak, MathF.Abs(sample));
        }

        if (prominence > Prominent && energy > 0)
        {
            var level = 10 * Math.Log10(energy / block.Length);
            _levelDbfs += (level - _levelDbfs) * (level > _levelDbfs ? 0.05 : 0.01); // follows the loud parts of speech, as ears do
            var wanted = Math.Clamp(TargetDbfs - _levelDbfs, 0, MostDb);
            _gainDb = Math.Clamp(wanted, _gainDb - (FallDbASecond / BlocksASecond), _gainDb + (RiseDbASecond / BlocksASecond));
        }

        var isEchoAlone = hasEcho && prominence < Buried;
        var target = isEchoAlone ? 1 : (float)Math.Pow(10, _gainDb / 20); // the pupil would hear themself by as much louder
        if (peak * target > Ceiling)
        {
            target = MathF.Max(1, Ceiling / peak); // this block only
        }

        var from = MathF.Min(_gain, target); // a shout after a soft voice begins with this block, and can't wait for its end
        for (var i = 0; i < block.Length; i++)
        {
            block[i] *= from + ((target - from) * (i + 1) / block.Length);
        }

        _gain = target;
    }
}

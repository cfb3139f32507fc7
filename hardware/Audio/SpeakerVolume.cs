namespace AV1Relay.Hardware.Audio;

/// <summary>How loud the robot speaks, as its buttons set it. There is no level that is off: whoever takes part can be heard.</summary>
/// <param name="Level"><see cref="Softest"/> to <see cref="Loudest"/>; another is taken as the nearest.</param>
public readonly record struct SpeakerVolume(int Level)
{
    public const int Softest = 1;
    public const int Loudest = 7;
    private const int Usual = 5; // as loud as the pupil's device sends it
    private const double StepDb = 3; // clearly heard as one step

    /// <summary>Neither louder nor softer than the voice comes.</summary>
    public static SpeakerVolume Normal { get; } = new(Usual);

    public int Level { get; } = Math.Clamp(Level, Softest, Loudest);

    /// <summary>−12 to +6 dB.</summary>
    public double GainDb => (Level - Usual) * StepDb;

    /// <summary>After a press: +1 louder, −1 softer.</summary>
    public SpeakerVolume Step(int steps) => new(Level + steps);

    /// <summary>Makes <paramref name="samples"/> louder or softer; a piece that would clip as a whole gets less.</summary>
    /// <param name="samples">The voice as it came.</param>
    /// <param name="into">As long.</param>
    public void Apply(ReadOnlySpan<short> samples, Span<short> into)
    {
        var peak = 0;
        foreach (var sample in samples)
        {
            peak = Math.Max(peak, Math.Abs((int)sample));
        }

        var gain = Math.Pow(10, GainDb / 20);
        if (peak * gain > short.MaxValue)
        {
            gain = (double)short.MaxValue / peak;
        }

        for (var i = 0; i < samples.Length; i++)
        {
            into[i] = (short)(samples[i] * gain);
        }
    }
}

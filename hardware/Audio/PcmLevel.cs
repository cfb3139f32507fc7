namespace AV1Relay.Hardware.Audio;

/// <summary>How loud a piece of sound is, in dB of full scale (RMS; 0 is a full-scale square wave).</summary>
public static class PcmLevel
{
    /// <summary>Stands for silence.</summary>
    public const double SilenceDbfs = -100;

    public static double Of(ReadOnlySpan<short> samples)
    {
        var energy = 0.0;
        foreach (var sample in samples)
        {
            energy += (double)sample * sample;
        }

        return samples.IsEmpty ? SilenceDbfs : OfMeanSquare(energy / samples.Length / (32768.0 * 32768.0));
    }

    /// <param name="meanSquare">Of samples of full scale 1.</param>
    public static double OfMeanSquare(double meanSquare) => Math.Max(SilenceDbfs, 10 * Math.Log10(meanSquare + 1e-12));
}

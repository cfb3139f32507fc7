namespace AV1Relay.Hardware.Audio;

/// <summary>Finds the strongest frequency of a short piece of sound.</summary>
internal static class ToneFinder
{
    private const int Size = 8192; // 5.9 Hz a bin at 48 kHz
    private const double LowestHz = 60;
    private const double HighestHz = 12_000;
    private const int Skirt = 3; // bins that a Hann-windowed tone spreads over, each side

    /// <returns>Frequency in Hz, and its share of the whole energy. Zero for silence or fewer than 1,024 samples.</returns>
    public static (double Hz, double Confidence) Find(ReadOnlySpan<float> samples)
    {
        var length = Math.Min(samples.Length, Size);
        if (length < 1024)
        {
            return (0, 0);
        }

        samples = samples[^length..];
        var real = new double[Size];
        var imaginary = new double[Size];
        for (var i = 0; i < length; i++)
        {
            real[i] = samples[i] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length)));
        }

        Transform(real, imaginary);

        var lowest = (int)(LowestHz * Size / PcmFormat.SampleRate);
        var highest = (int)(HighestHz * Size / PcmFormat.SampleRate);
        var total = 0.0;
        var peak = lowest;
        for (var bin = 1; bin < Size / 2; bin++)
        {
            real[bin] = (real[bin] * real[bin]) + (imaginary[bin] * imaginary[bin]);
            total += real[bin];
            if (bin >= lowest && bin <= highest && real[bin] > real[peak])
            {
                peak = bin;
            }
        }

        if (total < 1e-3)
        {
            return (0, 0);
        }

        var around = 0.0;
        var skirt = Skirt * Size / length;
        for (var bin = Math.Max(1, peak - skirt); bin <= Math.Min((Size / 2) - 1, peak + skirt); bin++)
        {
            around += real[bin];
        }

        return (Interpolate(real, peak) * PcmFormat.SampleRate / Size, around / total);
    }

    /// <summary>The top of a parabola through the logarithms of three bins.</summary>
    private static double Interpolate(double[] power, int peak)
    {
        var left = Math.Log(power[peak - 1] + 1e-20);
        var middle = Math.Log(power[peak] + 1e-20);
        var right = Math.Log(power[peak + 1] + 1e-20);
        var curvature = left - (2 * middle) + right;
        return Math.Abs(curvature) < 1e-12 ? peak : peak + (0.5 * (left - right) / curvature);
    }

    /// <summary>Radix-2 FFT in place.</summary>
    private static void Transform(double[] real, double[] imaginary)
    {
        for (int i = 1, j = 0; i < Size; i++)
        {
            var bit = Size >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }

        for (var length = 2; length <= Size; length <<= 1)
        {
            var angle = -2 * Math.PI / length;
            for (var k = 0; k < length / 2; k++)
            {
                var (sine, cosine) = Math.SinCos(angle * k);
                for (var start = k; start < Size; start += length)
                {
                    var other = start + (length / 2);
                    var r = (real[other] * cosine) - (imaginary[other] * sine);
                    var m = (real[other] * sine) + (imaginary[other] * cosine);
                    (real[other], imaginary[other]) = (real[start] - r, imaginary[start] - m);
                    (real[start], imaginary[start]) = (real[start] + r, imaginary[start] + m);
                }
            }
        }
    }
}

namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Reads a signal between its samples: a windowed sinc, flat to 20 kHz, so that a position that moves does not change the sound.</summary>
internal static class FractionalSample
{
    /// <summary>Samples needed before and including the whole position.</summary>
    public const int Before = Taps / 2;

    /// <summary>Samples needed after the whole position.</summary>
    public const int After = Taps / 2;

    private const int Taps = 32;
    private const int Phases = 256; // straight lines between them
    private static readonly float[] Table = Compose();

    /// <param name="ring">Its length is a power of two; sample n is at n modulo that.</param>
    /// <param name="position">The whole sample.</param>
    /// <param name="fraction">0…1 towards the next.</param>
    public static float Read(ReadOnlySpan<float> ring, long position, double fraction)
    {
        var phase = fraction * Phases;
        var first = Table.AsSpan((int)phase * Taps, Taps);
        var second = Table.AsSpan(((int)phase + 1) * Taps, Taps);
        var (one, other) = (0f, 0f);
        var mask = ring.Length - 1;
        var at = (int)((position - Before + 1) & mask);
        for (var i = 0; i < Taps; i++)
        {
            var sample = ring[(at + i) & mask];
            one += sample * first[i];
            other += sample * second[i];
        }

        return one + ((other - one) * (float)(phase - Math.Floor(phase)));
    }

    private static float[] Compose()
    {
        var table = new float[(Phases + 2) * Taps];
        for (var phase = 0; phase < Phases + 2; phase++)
        {
            var sum = 0.0;
            for (var i = 0; i < Taps; i++)
            {
                var x = i - Before + 1 - ((double)phase / Phases);
                var window = Math.Cos(Math.PI * x / (Taps + 2)); // its square is Hann's
                var value = window * window * (Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x));
                table[(phase * Taps) + i] = (float)value;
                sum += value;
            }

            for (var i = 0; i < Taps; i++)
            {
                table[(phase * Taps) + i] /= (float)sum;
            }
        }

        return table;
    }
}

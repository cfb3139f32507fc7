namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>From when on a canceller keeps what it promises, over each second in which the pupil speaks.</summary>
/// <remarks>Seconds slide by a tenth. One counts when the microphone hears −40 dBFS or more on average: what a second of reverberation loses
/// says more of the room's noise than of the canceller.</remarks>
/// <param name="FromSeconds">When the last second ended that lost less than was wanted; 0: there was none.</param>
/// <param name="LeastDb">Least ERLE of a second that began at <c>after</c> or later.</param>
public readonly record struct EchoHold(double FromSeconds, double LeastDb)
{
    private const int StepsASecond = 10;

    /// <summary>What the microphone hears of a second that counts, dBFS.</summary>
    public const double SpeaksDbfs = -40;

    /// <param name="trial">At its beginning, nobody near speaks.</param>
    /// <param name="wantedDb">ERLE.</param>
    /// <param name="afterSeconds">From when on the least is looked for.</param>
    /// <param name="seconds">How long it is tried.</param>
    public static EchoHold Measure(EchoTrial trial, double wantedDb, double afterSeconds, double seconds)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var readings = new EchoReading[(int)(seconds * StepsASecond)];
        for (var i = 0; i < readings.Length; i++) readings[i] = trial.Run(TimeSpan.FromSeconds(1.0 / StepsASecond));

        var (from, least) = (0.0, double.PositiveInfinity);
        for (var first = 0; first + StepsASecond <= readings.Length; first++)
        {
            var second = readings.AsSpan(first, StepsASecond);
            var (heard, left) = (0.0, 0.0);
            foreach (var reading in second)
            {
                heard += reading.HeardMeanSquare / StepsASecond;
                left += reading.LeftMeanSquare / StepsASecond;
            }

            if (PcmLevel.OfMeanSquare(heard) < SpeaksDbfs) continue;
            var erle = 10 * Math.Log10(heard / Math.Max(left, 1e-12));
            if (erle < wantedDb) from = (double)(first + StepsASecond) / StepsASecond;
            if (first >= afterSeconds * StepsASecond) least = Math.Min(least, erle);
        }

        return new(from, least);
    }
}

namespace AV1Relay.Benchmarks.Load;

/// <summary>What a soak saw besides packets.</summary>
/// <param name="Visitors">Observers who came and went.</param>
/// <param name="ResidentKiB">Of the relay's process, once a second.</param>
internal sealed record SoakFigures(int Visitors, int NeverConnected, IReadOnlyList<long> ResidentKiB)
{
    /// <summary>Sound wraps 7 s after the first packet, the picture sooner.</summary>
    public const ushort FirstSequenceNumber = 65_200;

    /// <summary>Ten seconds of picture.</summary>
    public const uint TicksBeforeWrap = 900_000;

    /// <summary>Mean of the last fifth against the mean of the second fifth: the first still fills what is kept for reuse.</summary>
    public double GrowthKiB
    {
        get
        {
            var fifth = Math.Max(1, ResidentKiB.Count / 5);
            return Math.Round(ResidentKiB.TakeLast(fifth).Average() - ResidentKiB.Skip(fifth).Take(fifth).Average(), 0);
        }
    }
}

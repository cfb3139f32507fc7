using AV1Relay.Sfu.Shards;

namespace AV1Relay.Sfu;

/// <summary>How long packets stayed in one shard since the start, as <see cref="ForwardingLatency"/>, in a form that can be summed and windowed.</summary>
/// <param name="Shard">From 0.</param>
/// <param name="Buckets">Upper bounds, rising, and how many packets took no longer; a later bucket counts an earlier one's packets too.</param>
/// <param name="Count">All packets.</param>
/// <param name="Sum">Their times together.</param>
public sealed record ForwardingHistogram(int Shard, IReadOnlyList<(TimeSpan UpperBound, long Count)> Buckets, long Count, TimeSpan Sum)
{
    // Edges of the finer buckets inside, so that nothing is guessed: 16 µs to 262 ms, two an octave where packets lie.
    private static readonly long[] BoundsMicroseconds =
    [
        16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024, 1_536, 2_048, 3_072, 4_096, 6_144, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144,
    ];

    internal static ForwardingHistogram Of(int shard, LatencyHistogram latency)
    {
        Span<long> below = stackalloc long[BoundsMicroseconds.Length];
        var sum = latency.Sum; // before the counts: a packet in between is then missing in the sum, not in the counts
        var count = latency.CountBelow(BoundsMicroseconds, below);
        var buckets = new (TimeSpan, long)[BoundsMicroseconds.Length];
        for (var i = 0; i < buckets.Length; i++) buckets[i] = (TimeSpan.FromMicroseconds(BoundsMicroseconds[i]), below[i]);
        return new ForwardingHistogram(shard, buckets, count, sum);
    }
}

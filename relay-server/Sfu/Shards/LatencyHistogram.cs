using System.Numerics;

namespace AV1Relay.Sfu.Shards;

/// <summary>Counts durations in buckets of about 6 % width, from 1 µs to over a minute. One thread records; any may read.</summary>
internal sealed class LatencyHistogram
{
    private const int BucketsAnOctave = 16;
    private const int Octaves = 26; // 2^26 µs = 67 s
    private const int Linear = 16; // below 16 µs each has a bucket of its own

    private long _sumNanoseconds;
    private readonly long[] _counts = new long[Linear + Octaves * BucketsAnOctave];

    public long Count
    {
        get
        {
            long total = 0;
            for (var i = 0; i < _counts.Length; i++) total += Volatile.Read(ref _counts[i]);
            return total;
        }
    }

    public void Record(long nanoseconds)
    {
        if (nanoseconds < 0) nanoseconds = 0; // the wall clock was set back in between
        _counts[IndexOf(nanoseconds / 1_000)]++;
        _sumNanoseconds += nanoseconds;
    }

    /// <summary>The upper edge of the bucket that holds the given share of all durations; zero before the first.</summary>
    /// <param name="percentile">0–1.</param>
    public TimeSpan Percentile(double percentile)
    {
        var total = Count;
        if (total == 0) return TimeSpan.Zero;
        var wanted = Math.Max(1, (long)Math.Ceiling(total * percentile));
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += Volatile.Read(ref _counts[i]);
            if (seen >= wanted) return TimeSpan.FromMicroseconds(UpperEdge(i));
        }

        return TimeSpan.FromMicroseconds(UpperEdge(_counts.Length - 1));
    }

    /// <summary>All durations together.</summary>
    public TimeSpan Sum => TimeSpan.FromTicks(Volatile.Read(ref _sumNanoseconds) / TimeSpan.NanosecondsPerTick);

    /// <summary>How many durations lie below each bound, exactly where the bounds are edges of buckets.</summary>
    /// <param name="bounds">Microseconds, rising. Edges are all below 32, and of each octave above its sixteenths.</param>
    /// <param name="below">One for each bound.</param>
    /// <returns>All durations; never fewer than below the last bound.</returns>
    public long CountBelow(ReadOnlySpan<long> bounds, Span<long> below)
    {
        long seen = 0;
        var next = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            while (next < bounds.Length && UpperEdge(i) > bounds[next]) below[next++] = seen;
            seen += Volatile.Read(ref _counts[i]);
        }

        while (next < bounds.Length) below[next++] = seen;
        return seen;
    }

    /// <summary>Adds this histogram's counts to another's, to see several shards as one.</summary>
    public void AddTo(LatencyHistogram sum)
    {
        for (var i = 0; i < _counts.Length; i++) sum._counts[i] += Volatile.Read(ref _counts[i]);
        sum._sumNanoseconds += Volatile.Read(ref _sumNanoseconds);
    }

    private static int IndexOf(long microseconds)
    {
        if (microseconds < Linear) return (int)microseconds;
        var exponent = BitOperations.Log2((ulong)microseconds); // 4 and up
        var octave = exponent - 4;
        if (octave >= Octaves) return Linear + Octaves * BucketsAnOctave - 1;
        var within = (int)(microseconds >> (exponent - 4)) - BucketsAnOctave;
        return Linear + octave * BucketsAnOctave + within;
    }

    private static long UpperEdge(int index)
    {
        if (index < Linear) return index + 1;
        var octave = (index - Linear) / BucketsAnOctave;
        var within = (index - Linear) % BucketsAnOctave;
        return (long)(BucketsAnOctave + within + 1) << octave;
    }
}

using AV1Relay.Sfu;
using AV1Relay.Sfu.Shards;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Nothing_recorded_is_zero() => Assert.Equal((0, TimeSpan.Zero), (new LatencyHistogram().Count, new LatencyHistogram().Percentile(0.99)));

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(1_000)]
    [InlineData(123_456)]
    [InlineData(59_000_000)]
    public void A_duration_is_told_within_seven_percent_and_never_too_small(long microseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(microseconds * 1_000);

        Assert.InRange(histogram.Percentile(0.5).TotalMicroseconds, microseconds, microseconds * 1.07 + 1);
    }

    [Fact]
    public void Percentiles_lie_where_they_should()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 1_000; i++) histogram.Record(i * 1_000L * 100); // 0.1–100 ms

        Assert.InRange(histogram.Percentile(0.5).TotalMilliseconds, 50, 54);
        Assert.InRange(histogram.Percentile(0.99).TotalMilliseconds, 99, 106);
        Assert.InRange(histogram.Percentile(0.999).TotalMilliseconds, 99.9, 107);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-5)]
    public void What_a_clock_that_was_set_makes_of_it_is_counted_and_breaks_nothing(long nanoseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(nanoseconds);

        Assert.Equal(1, histogram.Count);
    }

    [Fact]
    public void Shards_add_up()
    {
        var (one, other, sum) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        one.Record(1_000_000);
        other.Record(3_000_000);
        one.AddTo(sum);
        other.AddTo(sum);

        Assert.Equal(2, sum.Count);
        Assert.InRange(sum.Percentile(0.5).TotalMilliseconds, 1, 1.1);
    }

    [Fact]
    public void Counts_below_bounds_are_exact_at_the_buckets_edges()
    {
        var histogram = new LatencyHistogram();
        long[] nanoseconds = [0, 15_999, 16_000, 127_999, 128_000, 262_143_999, 262_144_000, 3_600_000_000_000];
        foreach (var duration in nanoseconds) histogram.Record(duration);

        var below = new long[3];
        var count = histogram.CountBelow([16, 128, 262_144], below);

        Assert.Equal([2, 4, 6], below);
        Assert.Equal(nanoseconds.Length, count);
        Assert.Equal(TimeSpan.FromTicks(nanoseconds.Sum() / 100), histogram.Sum);
    }

    [Fact]
    public void Every_bound_that_is_published_is_an_edge()
    {
        foreach (var bound in ForwardingHistogram.Of(0, new LatencyHistogram()).Buckets.Select(bucket => bucket.UpperBound))
        {
            var histogram = new LatencyHistogram();
            histogram.Record((long)bound.TotalNanoseconds - 1);
            histogram.Record((long)bound.TotalNanoseconds);
            Assert.Equal(1, ForwardingHistogram.Of(0, histogram).Buckets.Single(bucket => bucket.UpperBound == bound).Count);
        }
    }
}

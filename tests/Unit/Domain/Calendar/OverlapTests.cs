using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

/// <summary>The thirteen ways in which two intervals can lie (Allen, 1983); the second is always 20–30.</summary>
public class OverlapTests
{
    [Theory]
    [InlineData("before", 5, 10, false)]
    [InlineData("meets", 10, 20, false)]
    [InlineData("overlaps", 15, 25, true)]
    [InlineData("starts", 20, 25, true)]
    [InlineData("during", 22, 28, true)]
    [InlineData("finishes", 25, 30, true)]
    [InlineData("equals", 20, 30, true)]
    [InlineData("finished by", 15, 30, true)]
    [InlineData("contains", 15, 35, true)]
    [InlineData("started by", 20, 35, true)]
    [InlineData("overlapped by", 25, 35, true)]
    [InlineData("met by", 30, 40, false)]
    [InlineData("after", 35, 40, false)]
    public void Only_what_shares_time_overlaps_either_way_round(string relation, int start, int end, bool overlap)
    {
        var (one, other) = (Minutes(start, end), Minutes(20, 30));

        Assert.True(one.Overlaps(other) == overlap && other.Overlaps(one) == overlap, relation);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(15, true)]
    [InlineData(16, true)]
    [InlineData(5, false)]
    [InlineData(4, false)]
    public void A_buffer_is_wanted_between_two_on_both_sides(int bufferMinutes, bool overlap)
    {
        var (early, late, middle) = (Minutes(0, 15), Minutes(35, 50), Minutes(20, 30));
        var buffer = Duration.FromMinutes(bufferMinutes);

        Assert.Equal((overlap, overlap), (early.Overlaps(middle, buffer), late.Overlaps(middle, buffer)));
    }

    [Fact]
    public void An_interval_that_lasts_no_time_overlaps_nothing() => Assert.False(Minutes(25, 25).Overlaps(Minutes(20, 30)));

    [Fact]
    public void An_interval_without_end_overlaps_whatever_comes_after_its_start() =>
        Assert.True(new Interval(Minutes(0, 1).Start, null).Overlaps(Minutes(20, 30)));

    [Fact]
    public void An_interval_without_start_does_not_overlap_what_comes_after_its_end() =>
        Assert.False(new Interval(null, Minutes(0, 20).End).Overlaps(Minutes(20, 30)));

    [Fact]
    public void A_negative_buffer_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Minutes(0, 5).Overlaps(Minutes(5, 9), Duration.FromMinutes(-1)));

    [Fact]
    public void Lessons_back_to_back_do_not_overlap() =>
        Assert.False(Slot(Date(2026, 3, 3), 10, 5).Overlaps(Slot(Date(2026, 3, 3), 11, 5), London));

    [Fact]
    public void Overlap_is_having_a_minute_in_common()
    {
        var random = new Random(20260303);
        for (var i = 0; i < 20_000; i++)
        {
            var (a, aLength, b, bLength, buffer) = (random.Next(60), random.Next(1, 30), random.Next(60), random.Next(1, 30), random.Next(10));
            // The second takes up the buffer on both sides as well.
            var common = Enumerable.Range(a, aLength).Intersect(Enumerable.Range(b - buffer, bLength + 2 * buffer)).Any();

            Assert.Equal(common, Minutes(a, a + aLength).Overlaps(Minutes(b, b + bLength), Duration.FromMinutes(buffer)));
        }
    }

    private static Interval Minutes(int start, int end)
    {
        var midnight = Instant.FromUtc(2026, 3, 3, 0, 0);
        return new(midnight + Duration.FromMinutes(start), midnight + Duration.FromMinutes(end));
    }
}

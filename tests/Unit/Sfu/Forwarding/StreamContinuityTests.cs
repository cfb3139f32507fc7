using AV1Relay.Sfu.Forwarding;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Forwarding;

public sealed class StreamContinuityTests
{
    private const int ClockRate = 90_000;

    private static readonly TimeSpan Now = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(0)]
    [InlineData(0x7FFF)]
    [InlineData(0x8000)]
    [InlineData(0xFFFE)]
    public void The_first_packet_gets_the_first_number_wherever_its_source_is(int source)
    {
        var continuity = new StreamContinuity(100, 5_000, ClockRate);

        Assert.Equal((100, 5_000u), Map(continuity, 1, source, 0xFFFF_FFFF));
        Assert.Equal((101, 5_010u), Map(continuity, 1, source + 1, 9));
    }

    /// <summary>Source numbers, and what has to come of them when the first one becomes 0x7FFE. -1: no place.</summary>
    [Theory]
    [InlineData(new[] { 10, 11, 12 }, new[] { 0x7FFE, 0x7FFF, 0x8000 })]
    [InlineData(new[] { 0xFFFE, 0xFFFF, 0, 1 }, new[] { 0x7FFE, 0x7FFF, 0x8000, 0x8001 })]
    [InlineData(new[] { 10, 13, 12, 11 }, new[] { 0x7FFE, 0x8001, 0x8000, 0x7FFF })] // gaps and reordering stay
    [InlineData(new[] { 0xFFFF, 2, 0, 1 }, new[] { 0x7FFE, 0x8001, 0x7FFF, 0x8000 })] // over a wrap too
    [InlineData(new[] { 10, 9 }, new[] { 0x7FFE, -1 })] // from before the run started
    [InlineData(new[] { 0, 0xFFFF }, new[] { 0x7FFE, -1 })]
    [InlineData(new[] { 10, 2_000, 977, 976 }, new[] { 0x7FFE, 0x7FFE + 1_990, 0x7FFE + 967, -1 })] // 1,023 and 1,024 late
    public void Numbers_within_a_run_keep_their_distances(int[] source, int[] expected)
    {
        var continuity = new StreamContinuity(0x7FFE, 0, ClockRate);

        Assert.Equal(expected, source.Select(number => Map(continuity, 1, number, 0).SequenceNumber));
    }

    [Fact]
    public void The_outgoing_number_wraps_without_a_seam()
    {
        var continuity = new StreamContinuity(0, 0, ClockRate);
        for (var i = 0; i < 200_000; i++) Assert.Equal(i & 0xFFFF, Map(continuity, 1, 40_000 + i, (uint)i).SequenceNumber);
    }

    [Fact]
    public void What_was_left_out_on_purpose_leaves_no_gap_in_the_numbers_but_one_in_time()
    {
        var continuity = new StreamContinuity(100, 0, ClockRate);
        Map(continuity, 1, 10, 1_000);

        continuity.Interrupt();

        Assert.Equal((101, 90_000u), Map(continuity, 1, 500, 91_000));
    }

    [Fact]
    public void Another_source_goes_on_where_the_last_one_stopped_as_time_did()
    {
        var continuity = new StreamContinuity(100, 0, ClockRate);
        Map(continuity, 1, 60_000, 777, Now);

        Assert.Equal((101, 45_000u), Map(continuity, 2, 3, 4_000_000_000, Now + TimeSpan.FromMilliseconds(500)));
        Assert.Equal((102, 48_000u), Map(continuity, 2, 4, 4_000_003_000, Now + TimeSpan.FromMilliseconds(533)));
    }

    [Fact]
    public void Two_sources_in_the_same_instant_never_share_a_timestamp()
    {
        var continuity = new StreamContinuity(100, 0xFFFF_FFFF, ClockRate);
        Map(continuity, 1, 1, 5, Now);

        Assert.Equal(0u, Map(continuity, 2, 1, 5, Now).Timestamp);
    }

    [Fact]
    public void An_instant_is_mapped_only_while_its_timeline_flows()
    {
        var continuity = new StreamContinuity(100, 1_000, ClockRate);
        Assert.False(continuity.TryMapTimestamp(1, 0, out _));
        Map(continuity, 1, 1, 500);

        Assert.True(continuity.TryMapTimestamp(1, 400, out var mapped));
        Assert.Equal(900u, mapped);
        Assert.False(continuity.TryMapTimestamp(2, 400, out _));
        continuity.Interrupt();
        Assert.False(continuity.TryMapTimestamp(1, 400, out _));
    }

    [Fact]
    public void A_number_that_went_out_is_found_again_in_its_source()
    {
        var continuity = new StreamContinuity(100, 0, ClockRate);
        for (var i = 0; i < 4; i++) Map(continuity, 1, 0xFFFE + i, 0);

        Assert.True(continuity.TryUnmap(1, 102, out var source));
        Assert.Equal(0, source);
        Assert.False(continuity.TryUnmap(1, 104, out _)); // not sent yet
        Assert.False(continuity.TryUnmap(1, 99, out _)); // before the run
        Assert.False(continuity.TryUnmap(2, 102, out _));
    }

    private static (int SequenceNumber, uint Timestamp) Map(StreamContinuity continuity, long timeline, int sequenceNumber, uint timestamp, TimeSpan? now = null)
        => continuity.TryMap(timeline, (ushort)sequenceNumber, timestamp, now ?? Now, out var mapped, out var mappedTimestamp) ? (mapped, mappedTimestamp) : (-1, 0);
}

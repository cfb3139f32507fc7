using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class ReceiveStatisticsTests
{
    [Fact]
    public void Nothing_received_reports_nothing_lost()
        => Assert.Equal(new ReportBlock(7, 0, 0, 0, 0, 0, 0), new ReceiveStatistics(7, 90_000).TakeReportBlock(At(5)));

    [Fact]
    public void Loss_is_counted_over_a_wrap_and_the_fraction_since_the_last_report()
    {
        var statistics = new ReceiveStatistics(7, 90_000);
        for (var i = 65_500; i < 65_600; i++)
        {
            if (i % 4 != 0) statistics.OnPacket((ushort)i, 0, At(0)); // the first of them is lost unnoticed
        }

        var first = statistics.TakeReportBlock(At(0));
        for (var i = 65_600; i < 65_700; i++) statistics.OnPacket((ushort)i, 0, At(0));
        var second = statistics.TakeReportBlock(At(0));

        Assert.Equal((24, (24 << 8) / 99, 65_599u), (first.CumulativeLost, first.FractionLost, first.ExtendedHighestSequence));
        Assert.Equal((24, 0, 65_699u), (second.CumulativeLost, second.FractionLost, second.ExtendedHighestSequence));
    }

    [Fact]
    public void Duplicates_make_the_loss_negative_and_the_fraction_zero()
    {
        var statistics = new ReceiveStatistics(7, 90_000);
        for (var i = 0; i < 10; i++)
        {
            statistics.OnPacket((ushort)i, 0, At(0));
            statistics.OnPacket((ushort)i, 0, At(0));
        }

        var block = statistics.TakeReportBlock(At(0));
        Assert.Equal((-10, 0), (block.CumulativeLost, block.FractionLost));
    }

    [Fact]
    public void Jitter_follows_the_formula()
    {
        var statistics = new ReceiveStatistics(7, 8_000);
        // 20 ms apart on the sender's clock; every second one arrives 10 ms (80 ticks) late.
        var expected = 0.0;
        for (var i = 0; i < 200; i++)
        {
            statistics.OnPacket((ushort)i, (uint)(uint.MaxValue - 1_000 + i * 160), At(i * 20 + (i % 2) * 10));
            if (i > 0) expected += (80 - expected) / 16;
        }

        Assert.InRange(statistics.Jitter, expected - 1.5, expected + 0.5);
        Assert.Equal(10, statistics.JitterTime.TotalMilliseconds, tolerance: 0.3);
    }

    [Fact]
    public void A_single_stray_packet_is_ignored_but_two_in_a_row_start_the_count_anew()
    {
        var statistics = new ReceiveStatistics(7, 90_000);
        statistics.OnPacket(100, 0, At(0));

        Assert.False(statistics.OnPacket(30_000, 0, At(0)));
        Assert.True(statistics.OnPacket(101, 0, At(0)));
        Assert.Equal(101u, statistics.ExtendedHighestSequence);

        Assert.False(statistics.OnPacket(40_000, 0, At(0)));
        Assert.True(statistics.OnPacket(40_001, 0, At(0)));
        Assert.Equal((40_001u, 1L, 0L), (statistics.ExtendedHighestSequence, statistics.PacketsReceived, statistics.CumulativeLost));
    }

    [Fact]
    public void The_last_sender_report_and_the_time_since_are_reported()
    {
        var statistics = new ReceiveStatistics(7, 90_000);
        statistics.OnPacket(1, 0, At(0));
        statistics.OnSenderReport(new NtpTime(0x1234_5678_9ABC_DEF0), At(1_000));

        var block = statistics.TakeReportBlock(At(2_500));

        Assert.Equal((0x5678_9ABCu, 0x0001_8000u), (block.LastSenderReport, block.DelaySinceLastSenderReport));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var statistics = new ReceiveStatistics(7, 90_000);
        statistics.OnPacket(0, 0, At(0));
        statistics.TakeReportBlock(At(0));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 1_000; i++)
        {
            statistics.OnPacket((ushort)i, (uint)i * 3_000, At(i * 33));
            statistics.TakeReportBlock(At(i * 33));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}

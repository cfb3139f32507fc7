using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.CongestionControl;

public sealed class ArrivalReportsTests
{
    [Fact]
    public void Reports_come_ten_times_a_second_while_packets_do()
    {
        var reports = new ArrivalReports();
        var written = 0;
        for (var ms = 0; ms < 10_000; ms += 5)
        {
            reports.OnPacket((ushort)(65_000 + ms / 5), TimeSpan.FromMilliseconds(ms));
            if (Write(reports, ms, out _) > 0) written++;
        }

        Assert.InRange(written, 99, 101);
    }

    [Fact]
    public void Whoever_got_nothing_reports_nothing()
    {
        var reports = new ArrivalReports();
        Assert.Equal(0, Write(reports, 1_000, out _));
        reports.OnPacket(1, TimeSpan.FromSeconds(2));
        Write(reports, 2_000, out _);

        Assert.Equal(0, Write(reports, 9_000, out _));
    }

    [Fact]
    public void What_does_not_fit_into_one_report_comes_in_the_next_at_once()
    {
        var reports = new ArrivalReports();
        for (ushort number = 0; number < 1_500; number++) reports.OnPacket(number, TimeSpan.FromMilliseconds(number * 10)); // ten ms: two bytes each

        var told = 0;
        while (Write(reports, 20_000, out var packets) > 0) told += packets;

        Assert.Equal(1_500, told);
    }

    private static int Write(ArrivalReports reports, int ms, out int packets)
    {
        packets = 0;
        var buffer = new byte[1_200];
        var length = reports.WriteDue(buffer, 1, 2, TimeSpan.FromMilliseconds(ms));
        var reader = new RtcpReader(buffer.AsSpan(0, length));
        while (reader.TryNext(out var packet))
        {
            Assert.True(TransportFeedback.TryParse(packet, out var feedback));
            packets += feedback.PacketCount;
        }

        return length;
    }
}

using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

public sealed class AllocationTests
{
    [Fact]
    public void A_forwarded_packet_allocates_nothing()
    {
        using var relay = new VirtualRelay();
        var robot = relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = relay.Connect(PeerRole.Pupil, Offers.Pupil());
        relay.Connect(PeerRole.Observer, Offers.Observer());
        relay.Send(robot, robot.Rtp(1, 0, [0x65, 1, 2], "v"));
        var packets = new List<byte[]>();
        for (ushort i = 0; i < 2_000; i++)
        {
            packets.Add(robot.Rtp((ushort)(2 + i), i * 3_000u, new byte[1_100], "v"));
            packets.Add(robot.Rtp((ushort)(2 + i), i * 960u, new byte[90], "a"));
            packets.Add(pupil.Rtp((ushort)(2 + i), i * 960u, new byte[90], "a"));
            packets.Add(robot.Rtcp(buffer => RtcpWriter.WriteSenderReport(buffer.Span, Offers.VideoSsrc, new SenderInfo(new NtpTime(1), 9, 1, 1))));
        }

        relay.DiscardsOutput = true;
        var now = relay.Now;
        for (var i = 0; i < 4_000; i++) Feed(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 4_000; i < 8_000; i++) Feed(i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(relay.Core.Counters.ForwardedRtp > 9_000);

        void Feed(int i) => relay.Core.OnDatagram(packets[i], i % 4 == 2 ? pupil.Address : robot.Address, now);
    }
}

using System.Text.Json;
using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

public sealed class AllocationTests
{
    [Fact]
    public void A_forwarded_packet_allocates_no_more_than_its_budget()
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
        for (var i = 0; i < 3_000; i++) Feed(i);
        var least = long.MaxValue;
        var forwardedBefore = relay.Core.Counters.ForwardedRtp;
        for (var round = 0; round < 5; round++) // the runtime's own recompiling can fall into one, not into all
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 3_000 + 1_000 * round; i < 4_000 + 1_000 * round; i++) Feed(i);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        var forwarded = (relay.Core.Counters.ForwardedRtp - forwardedBefore) / 5;
        Assert.True(forwarded > 1_000);
        Assert.True(least <= BytesPerPacketBudget() * forwarded, $"{least} bytes for {forwarded} packets.");

        void Feed(int i) => relay.Core.OnDatagram(packets[i], i % 4 == 2 ? pupil.Address : robot.Address, now);
    }

    private static double BytesPerPacketBudget()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AV1Relay.sln"))) folder = folder.Parent; // the tests lie below it
        using var budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "benchmarks", "budgets.json")));
        return budgets.RootElement.GetProperty("relay").GetProperty("allocatedBytesPerForwardedPacket").GetDouble();
    }
}

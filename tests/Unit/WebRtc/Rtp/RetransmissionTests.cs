using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class RetransmissionTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_packet_comes_back_out_of_its_wrapping()
    {
        var original = new byte[100];
        var writer = new RtpPacketWriter(original, new RtpHeader(96, true, 65_000, 90_000, 1));
        writer.AddExtension(3, [1, 2]);
        var length = writer.Finish([9, 8, 7]);
        var (wrapped, unwrapped) = (new byte[100], new byte[100]);

        var wrappedLength = Rtx.Wrap(Parse(original[..length]), 97, 2, 5, wrapped);
        var rtx = Parse(wrapped[..wrappedLength]);

        Assert.Equal(length + 2, wrappedLength);
        Assert.Equal(new RtpHeader(97, true, 5, 90_000, 2), rtx.Header);
        Assert.Equal([0xFD, 0xE8, 9, 8, 7], rtx.Payload.ToArray());
        var unwrappedLength = Rtx.Unwrap(rtx, 96, 1, unwrapped);
        Assert.Equal(original[..length], unwrapped[..unwrappedLength]);
    }

    [Fact]
    public void Padding_that_probes_the_path_holds_no_packet()
    {
        var probe = Convert.FromHexString("A0610001000000000000000200000004");

        Assert.Equal(-1, Rtx.Unwrap(Parse(probe), 96, 1, new byte[100]));
    }

    [Fact]
    public void Padding_is_not_sent_again()
    {
        var padded = Convert.FromHexString("A06100010000000000000002" + "AABB" + "0002");
        var wrapped = new byte[100];

        var length = Rtx.Wrap(Parse(padded), 97, 9, 5, wrapped);

        Assert.Equal([0, 1, 0xAA, 0xBB], Parse(wrapped[..length]).Payload.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var original = new byte[12 + 3];
        new RtpPacketWriter(original, new RtpHeader(96, true, 1, 1, 1)).Finish([9, 8, 7]);
        for (var size = 0; size < 17; size++) Assert.Equal(-1, Rtx.Wrap(Parse(original), 97, 2, 5, new byte[size]));
        for (var size = 0; size < 13; size++) Assert.Equal(-1, Rtx.Unwrap(Parse(original), 97, 2, new byte[size]));
    }

    [Fact]
    public void The_history_keeps_the_newest_packets_over_a_wrap()
    {
        var history = new SendHistory(capacityBytes: 5_000, capacityPackets: 100);
        Assert.Equal(128, history.Capacity);
        for (var i = 65_400; i < 65_700; i++) Assert.True(history.Add((ushort)i, [(byte)i], TimeSpan.Zero));

        for (var i = 65_400; i < 65_700; i++)
        {
            Assert.Equal(i >= 65_700 - 128, history.TryGet((ushort)i, out var packet));
            if (!packet.IsEmpty) Assert.Equal((byte)i, packet[0]);
        }
    }

    [Fact]
    public void A_packet_too_long_to_be_kept_is_not_mistaken_for_an_older_one()
    {
        var history = new SendHistory(capacityBytes: 50, capacityPackets: 16);
        history.Add(1, [1], TimeSpan.Zero);

        Assert.False(history.Add(17, new byte[51], TimeSpan.Zero));

        Assert.False(history.TryGet(1, out _));
        Assert.False(history.TryGet(17, out _));
    }

    [Fact]
    public void The_history_keeps_what_fits_of_packets_of_any_length()
    {
        const int capacity = 10_000;
        using var history = new SendHistory(capacity, 1_024);
        var random = new Random(7);
        var sent = new List<byte[]>();
        for (var i = 0; i < 5_000; i++)
        {
            var packet = new byte[random.Next(1, 1_300)];
            random.NextBytes(packet);
            sent.Add(packet);
            Assert.True(history.Add((ushort)i, packet, TimeSpan.Zero));

            var behind = 0;
            for (var j = i; j >= 0 && behind < 2 * capacity; j--)
            {
                behind += sent[j].Length;
                if (history.TryGet((ushort)j, out var kept)) Assert.Equal(sent[j], kept.ToArray());
                else Assert.True(behind > capacity - 1_300, $"Packet {j} was gone after {behind} bytes.");
                Assert.False(behind > capacity && history.TryGet((ushort)j, out _), "More is kept than there is room for.");
            }
        }
    }

    [Fact]
    public void A_history_given_back_keeps_and_finds_nothing()
    {
        var history = new SendHistory(1_000, 16);
        history.Add(1, [1], TimeSpan.Zero);
        history.Dispose();
        history.Dispose();

        Assert.False(history.TryGet(1, out _));
        Assert.False(history.Add(2, [2], TimeSpan.Zero));
    }

    [Fact]
    public void A_packet_is_sent_again_once_in_a_round_trip_and_not_when_it_is_old()
    {
        var history = new SendHistory(capacityBytes: 50, capacityPackets: 16);
        history.Add(1, [1], TimeSpan.Zero);

        Assert.True(history.TryTakeForResend(1, At(5), Interval, MaxAge, out _));
        Assert.False(history.TryTakeForResend(1, At(20), Interval, MaxAge, out _));
        Assert.True(history.TryTakeForResend(1, At(35), Interval, MaxAge, out _));
        Assert.False(history.TryTakeForResend(1, At(1_001), Interval, MaxAge, out _));
        Assert.False(history.TryTakeForResend(2, At(5), Interval, MaxAge, out _));
    }

    [Fact]
    public void Keeping_and_wrapping_allocate_nothing()
    {
        var history = new SendHistory(600_000, 512);
        byte[] packet = new byte[1_200], wrapped = new byte[1_500];
        new RtpPacketWriter(packet, new RtpHeader(96, true, 1, 1, 1)).Finish(new byte[1_188]);
        Once(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 1_000; i++) Once(i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once(int i)
        {
            history.Add((ushort)i, packet, TimeSpan.Zero);
            history.TryTakeForResend((ushort)i, At(1), Interval, MaxAge, out var kept);
            if (RtpPacket.TryParse(kept, out var parsed) == RtpParseError.None) Rtx.Wrap(parsed, 97, 2, (ushort)i, wrapped);
        }
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static RtpPacket Parse(byte[] datagram)
    {
        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(datagram, out var packet));
        return packet;
    }
}

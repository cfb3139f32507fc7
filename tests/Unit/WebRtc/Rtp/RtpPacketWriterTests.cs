using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class RtpPacketWriterTests
{
    private static readonly RtpHeader Header = new(39, Marker: true, 0xFFFF, 0xFFFF_FFF0, 0xCAFE_F00D);

    [Fact]
    public void What_is_written_is_read_back()
    {
        Span<byte> buffer = stackalloc byte[100];
        Span<byte> delay = stackalloc byte[RtpExtensions.PlayoutDelayLength];
        Span<byte> count = stackalloc byte[RtpExtensions.TransportSequenceNumberLength];
        Span<byte> mid = stackalloc byte[RtpExtensions.MaxMidLength];
        RtpExtensions.WritePlayoutDelay(delay, 0, 4095);
        RtpExtensions.WriteTransportSequenceNumber(count, 0xABCD);
        var midLength = RtpExtensions.WriteMid(mid, "video-0");

        var writer = new RtpPacketWriter(buffer, Header);
        writer.AddExtension(6, delay);
        writer.AddExtension(0, delay); // not negotiated
        writer.AddExtension(3, count);
        writer.AddExtension(4, mid[..midLength]);
        var length = writer.Finish([1, 2, 3, 4, 5]);

        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(buffer[..length], out var packet));
        Assert.Equal(Header, packet.Header);
        Assert.Equal([1, 2, 3, 4, 5], packet.Payload.ToArray());
        Assert.True(packet.TryGetExtension(6, out var readDelay));
        Assert.True(RtpExtensions.TryReadPlayoutDelay(readDelay, out var minimum, out var maximum));
        Assert.Equal((0, 4095), (minimum, maximum));
        Assert.True(packet.TryGetExtension(3, out var readCount));
        Assert.True(RtpExtensions.TryReadTransportSequenceNumber(readCount, out var transportSequence));
        Assert.Equal(0xABCD, transportSequence);
        Assert.True(packet.TryGetExtension(4, out var readMid));
        Assert.True(RtpExtensions.MidEquals(readMid, "video-0"));
    }

    [Fact]
    public void A_packet_without_extensions_has_a_twelve_byte_header()
    {
        Span<byte> buffer = stackalloc byte[13];

        Assert.Equal(13, new RtpPacketWriter(buffer, Header).Finish([7]));

        Assert.Equal("80A7FFFFFFFFFFF0CAFEF00D07", Convert.ToHexString(buffer));
    }

    [Fact]
    public void A_payload_can_be_written_in_place()
    {
        Span<byte> buffer = stackalloc byte[40];
        var writer = new RtpPacketWriter(buffer, Header);
        writer.AddExtension(1, [9]);
        writer.BeginPayload()[0] = 42;

        var length = writer.Finish(1);

        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(buffer[..length], out var packet));
        Assert.Equal([42], packet.Payload.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused_at_every_buffer_length()
    {
        for (var size = 0; size < 12 + 4 + 4 + 5; size++)
        {
            var writer = new RtpPacketWriter(new byte[size], Header);
            writer.AddExtension(3, [1, 2]);
            Assert.Equal(-1, writer.Finish([1, 2, 3, 4, 5]));
        }
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 17)]
    public void An_element_that_the_one_byte_form_cannot_carry_fails_the_packet(int id, int length)
    {
        var writer = new RtpPacketWriter(new byte[200], Header);
        writer.AddExtension(id, new byte[length]);
        Assert.Equal(-1, writer.Finish([1]));
    }

    [Fact]
    public void Rewriting_keeps_extensions_and_payload()
    {
        Span<byte> buffer = stackalloc byte[40];
        var writer = new RtpPacketWriter(buffer, Header);
        writer.AddExtension(3, [1, 2]);
        var length = writer.Finish([5, 6]);

        RtpPacketWriter.Rewrite(buffer, Header with { PayloadType = 100, Marker = false, SequenceNumber = 1, Ssrc = 2 });

        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(buffer[..length], out var packet));
        Assert.Equal(new RtpHeader(100, false, 1, Header.Timestamp, 2), packet.Header);
        Assert.True(packet.TryGetExtension(3, out _));
        Assert.Equal([5, 6], packet.Payload.ToArray());
    }

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        var buffer = new byte[1_500];
        var payload = new byte[1_200];
        var sum = 0;
        Once(0); // jitted

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Once(i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);

        void Once(int i)
        {
            var writer = new RtpPacketWriter(buffer, new RtpHeader(96, false, (ushort)i, (uint)i, 1));
            Span<byte> count = stackalloc byte[2];
            RtpExtensions.WriteTransportSequenceNumber(count, (ushort)i);
            writer.AddExtension(3, count);
            var length = writer.Finish(payload);
            RtpPacket.TryParse(buffer.AsSpan(0, length), out var packet);
            if (packet.TryGetExtension(3, out var value)) sum += value.Length + packet.Payload.Length;
        }
    }
}

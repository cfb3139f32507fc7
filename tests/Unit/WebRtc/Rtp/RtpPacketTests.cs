using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class RtpPacketTests
{
    // V=2 P X CC=1, M PT=96, seq 0x1234, ts, ssrc, csrc, BEDE len 2: id 3 (2 bytes), padding, id 5 (3 bytes); payload 3; padding 2
    private static readonly byte[] Everything =
        Convert.FromHexString("B1E01234000000FFDEADBEEF00000001" + "BEDE0002" + "31AABB0052010203" + "C0FFEE" + "0002");

    [Fact]
    public void Every_field_is_read()
    {
        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(Everything, out var packet));

        Assert.True(packet.Marker);
        Assert.Equal(96, packet.PayloadType);
        Assert.Equal(0x1234, packet.SequenceNumber);
        Assert.Equal(0xFFu, packet.Timestamp);
        Assert.Equal(0xDEADBEEF, packet.Ssrc);
        Assert.Equal(28, packet.HeaderLength);
        Assert.Equal(2, packet.PaddingLength);
        Assert.Equal([0xC0, 0xFF, 0xEE], packet.Payload.ToArray());
        Assert.True(packet.TryGetExtension(3, out var first));
        Assert.Equal([0xAA, 0xBB], first.ToArray());
        Assert.True(packet.TryGetExtension(5, out var second));
        Assert.Equal([1, 2, 3], second.ToArray());
        Assert.False(packet.TryGetExtension(4, out _));
    }

    [Fact]
    public void Two_byte_extensions_are_read()
    {
        var bytes = Convert.FromHexString("9060000100000000000000011005" + "0002" + "1401FF00" + "20000000");

        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(bytes, out var packet));

        Assert.True(packet.TryGetExtension(0x14, out var value));
        Assert.Equal([0xFF], value.ToArray());
        Assert.True(packet.TryGetExtension(0x20, out var empty));
        Assert.True(empty.IsEmpty);
    }

    [Theory]
    [InlineData("", RtpParseError.Truncated)]
    [InlineData("40600001000000000000000100", RtpParseError.UnsupportedVersion)]
    [InlineData("A06000010000000000000001" + "AA00", RtpParseError.InvalidPadding)] // padding of no length
    [InlineData("A06000010000000000000001" + "AA03", RtpParseError.InvalidPadding)] // longer than what follows the header
    [InlineData("A06000010000000000000001", RtpParseError.InvalidPadding)] // the bit without a byte
    [InlineData("90600001000000000000000" + "1BEDEFFFF", RtpParseError.Truncated)]
    [InlineData("8F6000010000000000000001", RtpParseError.Truncated)]
    public void What_is_no_packet_is_refused(string hex, RtpParseError expected)
        => Assert.Equal(expected, RtpPacket.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_packet_of_padding_only_is_a_packet()
    {
        var bytes = Convert.FromHexString("A0600001000000000000000100000004");

        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(bytes, out var packet));

        Assert.True(packet.Payload.IsEmpty);
    }

    [Theory]
    [InlineData("BEDE0001" + "3FAABBCC")] // says 16 bytes, has 3
    [InlineData("BEDE0001" + "F1AABB30")] // 15 ends the list
    [InlineData("10000001" + "03FFAABB")] // says 255 bytes, has 2
    [InlineData("ABCD0001" + "31AABB00")] // another profile's extension
    public void Malformed_or_foreign_extensions_are_not_found(string extension)
    {
        var bytes = Convert.FromHexString("906000010000000000000001" + extension + "AA");

        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(bytes, out var packet));

        Assert.False(packet.TryGetExtension(3, out _));
        Assert.Equal(1, packet.Payload.Length);
    }

    [Fact]
    public void Every_truncation_is_refused_or_read_within_bounds()
    {
        for (var length = 0; length < Everything.Length; length++) ReadAll(Everything.AsSpan(0, length));
    }

    [Fact]
    public void Mutated_and_random_bytes_never_throw()
    {
        for (var i = 0; i < Everything.Length; i++)
        {
            for (var value = 0; value < 256; value++)
            {
                var mutated = (byte[])Everything.Clone();
                mutated[i] = (byte)value;
                ReadAll(mutated);
            }
        }

        var random = new Random(3550);
        var bytes = new byte[80];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            if (i % 2 == 0) bytes[0] = (byte)(0x80 | bytes[0] & 0x3F);
            if (i % 4 == 0) (bytes[12], bytes[13]) = (0xBE, 0xDE);
            ReadAll(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        }
    }

    internal static void ReadAll(ReadOnlySpan<byte> datagram)
    {
        if (RtpPacket.TryParse(datagram, out var packet) != RtpParseError.None) return;
        Assert.Equal(datagram.Length, packet.HeaderLength + packet.Payload.Length + packet.PaddingLength);
        foreach (var extension in packet.Extensions) Assert.NotEqual(0, extension.Id);
    }
}

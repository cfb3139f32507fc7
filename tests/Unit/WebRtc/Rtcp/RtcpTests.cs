using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtcp;

public sealed class RtcpTests
{
    private static readonly ReportBlock Block = new(0xAABBCCDD, 12, -3, 0x0001_FFFF, 77, 0x1234_5678, 0x0001_8000);
    private static readonly SenderInfo Sender = new(new NtpTime(0xE000_0000_8000_0000), 90_000, 5, 6_000);

    [Fact]
    public void A_compound_of_every_kind_is_read_back()
    {
        Span<byte> buffer = stackalloc byte[512];
        var reader = new RtcpReader(buffer[..WriteEverything(buffer)]);

        Assert.True(reader.TryNext(out var packet));
        Assert.True(SenderReport.TryParse(packet, out var sender));
        Assert.Equal((1u, Sender), (sender.Ssrc, sender.Sender));
        Assert.Equal(2, sender.Blocks.Count);
        Assert.True(sender.Blocks.TryFind(Block.Ssrc, out var block));
        Assert.Equal(Block, block);

        Assert.True(reader.TryNext(out packet));
        Assert.True(ReceiverReport.TryParse(packet, out var receiver));
        Assert.Equal((2u, 1, Block), (receiver.Ssrc, receiver.Blocks.Count, receiver.Blocks[0]));

        Assert.True(reader.TryNext(out packet));
        Assert.True(SourceDescription.TryParse(packet, out var description));
        Assert.True(description.TryGetCanonicalName(1, out var name));
        Assert.Equal("a-name"u8, name);
        Assert.False(description.TryGetCanonicalName(2, out _));

        Assert.True(reader.TryNext(out packet));
        Assert.True(Nack.TryParse(packet, out var nack));
        Assert.Equal((1u, 9u), (nack.SenderSsrc, nack.MediaSsrc));
        Assert.Equal([65530, 65531, 10, 11, 100], LostIn(nack));

        Assert.True(reader.TryNext(out packet));
        Assert.True(PictureLoss.TryParse(packet, out var loss));
        Assert.Equal(new PictureLoss(1, 9), loss);

        Assert.True(reader.TryNext(out packet));
        Assert.True(FullIntraRequest.TryParse(packet, out var request));
        Assert.Equal((1, 9u, (byte)200), (request.Count, request[0].MediaSsrc, request[0].CommandSequence));

        Assert.True(reader.TryNext(out packet));
        Assert.True(ReceiverEstimatedBitrate.TryParse(packet, out var estimate));
        Assert.Equal((2_000_000L, 1, 9u), (estimate.BitrateBps, estimate.Count, estimate[0]));

        Assert.True(reader.TryNext(out packet));
        Assert.True(Goodbye.TryParse(packet, out var goodbye));
        Assert.Equal((2, 1u, 9u), (goodbye.Count, goodbye[0], goodbye[1]));

        Assert.False(reader.TryNext(out _));
        Assert.Equal(RtcpParseError.None, reader.Error);
    }

    [Fact]
    public void A_lone_feedback_packet_is_read_as_reduced_size()
    {
        Span<byte> buffer = stackalloc byte[12];
        var reader = new RtcpReader(buffer[..RtcpWriter.WritePli(buffer, 1, 2)]);

        Assert.True(reader.TryNext(out var packet));
        Assert.True(PictureLoss.TryParse(packet, out _));
    }

    [Fact]
    public void Unknown_types_are_passed_over()
    {
        var bytes = Convert.FromHexString("80CC0002" + "0000000141424344" + "80CF0001" + "00000001" + "81CE0002" + "0000000100000002");
        var reader = new RtcpReader(bytes);
        var types = new List<RtcpPacketType>();

        while (reader.TryNext(out var packet)) types.Add(packet.Type);

        Assert.Equal([RtcpPacketType.Application, RtcpPacketType.ExtendedReport, RtcpPacketType.PayloadSpecificFeedback], types);
    }

    [Fact]
    public void Padding_of_less_than_a_word_is_taken_off_as_browsers_write_it()
    {
        var reader = new RtcpReader(Convert.FromHexString("AFCD0002" + "00000001" + "AABB0002")); // transport-wide feedback, two bytes of padding

        Assert.True(reader.TryNext(out var packet));
        Assert.Equal("00000001AABB", Convert.ToHexString(packet.Body));
        Assert.False(reader.TryNext(out _));
        Assert.Equal(RtcpParseError.None, reader.Error);
    }

    [Theory]
    [InlineData("80C9", RtcpParseError.Truncated)]
    [InlineData("80C9000200000001", RtcpParseError.Truncated)]
    [InlineData("40C9000100000001", RtcpParseError.UnsupportedVersion)]
    [InlineData("A0C9000100000000", RtcpParseError.InvalidPadding)]
    [InlineData("A0C9000100000008", RtcpParseError.InvalidPadding)]
    [InlineData("A0C9000100000004" + "80C9000100000001", RtcpParseError.InvalidPadding)] // not the last
    [InlineData("A0C90000", RtcpParseError.InvalidPadding)]
    public void A_malformed_packet_ends_the_walk(string hex, RtcpParseError expected)
    {
        var reader = new RtcpReader(Convert.FromHexString(hex));

        Assert.False(reader.TryNext(out _));
        Assert.Equal(expected, reader.Error);
    }

    [Theory]
    [InlineData(new byte[0], false)]
    [InlineData(new byte[] { 0x80, 200, 0, 0 }, true)]
    [InlineData(new byte[] { 0x80, 223, 0, 0 }, true)]
    [InlineData(new byte[] { 0x80, 224, 0, 0 }, false)] // RTP, marker set, payload type 96
    [InlineData(new byte[] { 0x80, 96, 0, 0 }, false)]
    [InlineData(new byte[] { 0x16, 200, 0, 0 }, false)]
    public void Rtcp_is_told_from_rtp(byte[] datagram, bool expected) => Assert.Equal(expected, RtcpReader.LooksLikeRtcp(datagram));

    [Fact]
    public void Every_lost_number_survives_the_way_through_a_nack()
    {
        var random = new Random(4585);
        var buffer = new byte[1_200];
        for (var round = 0; round < 200; round++)
        {
            var number = random.Next(65_536);
            var lost = new List<ushort>();
            for (var i = 0; i < random.Next(1, 100); i++) lost.Add((ushort)(number += random.Next(1, 40)));

            var reader = new RtcpReader(buffer.AsSpan(0, RtcpWriter.WriteNack(buffer, 1, 2, lost.ToArray())));

            Assert.True(reader.TryNext(out var packet));
            Assert.True(Nack.TryParse(packet, out var nack));
            Assert.Equal(lost, LostIn(nack));
        }
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(262_143L)]
    [InlineData(262_144L)]
    [InlineData(10_000_000_000L)]
    public void A_bitrate_keeps_eighteen_bits(long bitrate)
    {
        Span<byte> buffer = stackalloc byte[24];
        var reader = new RtcpReader(buffer[..RtcpWriter.WriteRemb(buffer, 1, bitrate, 2)]);

        Assert.True(reader.TryNext(out var packet));
        Assert.True(ReceiverEstimatedBitrate.TryParse(packet, out var estimate));
        Assert.InRange(bitrate - estimate.BitrateBps, 0, bitrate >> 17);
    }

    [Fact]
    public void An_absurd_bitrate_is_cut()
    {
        var bytes = Convert.FromHexString("8FCE0004" + "0000000100000000" + "52454D42" + "00FFFFFF");
        var reader = new RtcpReader(bytes);

        Assert.True(reader.TryNext(out var packet));
        Assert.True(ReceiverEstimatedBitrate.TryParse(packet, out var estimate));
        Assert.Equal(10_000_000_000_000, estimate.BitrateBps);
    }

    [Fact]
    public void No_writer_writes_past_a_buffer_that_is_too_short()
    {
        ushort[] lost = [1, 100, 200];
        for (var size = 0; size < 80; size++)
        {
            var buffer = new byte[size];
            Assert.Equal(size >= 28 + 24 ? 52 : 0, RtcpWriter.WriteSenderReport(buffer, 1, Sender, [Block]));
            Assert.Equal(size >= 32 ? 32 : 0, RtcpWriter.WriteReceiverReport(buffer, 1, [Block]));
            Assert.Equal(size >= 16 ? 16 : 0, RtcpWriter.WriteSdesCname(buffer, 1, "abcd"u8));
            Assert.Equal(size >= 24 ? 24 : 0, RtcpWriter.WriteNack(buffer, 1, 2, lost));
            Assert.Equal(size >= 12 ? 12 : 0, RtcpWriter.WritePli(buffer, 1, 2));
            Assert.Equal(size >= 20 ? 20 : 0, RtcpWriter.WriteFir(buffer, 1, 2, 3));
            Assert.Equal(size >= 24 ? 24 : 0, RtcpWriter.WriteRemb(buffer, 1, 1, 2));
            Assert.Equal(size >= 8 ? 8 : 0, RtcpWriter.WriteBye(buffer, 1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(255)]
    public void A_name_of_any_length_ends_on_a_word(int length)
    {
        Span<byte> buffer = stackalloc byte[300];
        Span<byte> name = stackalloc byte[length];
        name.Fill((byte)'x');

        var reader = new RtcpReader(buffer[..RtcpWriter.WriteSdesCname(buffer, 7, name)]);

        Assert.True(reader.TryNext(out var packet));
        Assert.True(SourceDescription.TryParse(packet, out var description));
        Assert.True(description.TryGetCanonicalName(7, out var read));
        Assert.Equal(length, read.Length);
        Assert.False(reader.TryNext(out _));
        Assert.Equal(RtcpParseError.None, reader.Error);
    }

    [Fact]
    public void The_second_chunk_of_a_description_is_found()
    {
        var bytes = Convert.FromHexString("82CA0005" + "00000001" + "02014100" + "00000002" + "0103616263000000".PadRight(16, '0'));
        var reader = new RtcpReader(bytes);

        Assert.True(reader.TryNext(out var packet));
        Assert.True(SourceDescription.TryParse(packet, out var description));
        Assert.True(description.TryGetCanonicalName(2, out var name));
        Assert.Equal("abc"u8, name);
    }

    [Fact]
    public void Truncated_mutated_and_random_bytes_never_throw()
    {
        var sample = new byte[512];
        var length = WriteEverything(sample);
        for (var cut = 0; cut < length; cut++) ReadAll(sample.AsSpan(0, cut));
        for (var i = 0; i < length; i++)
        {
            foreach (var value in new byte[] { 0, 1, 0x7F, 0x80, 0x8F, 0xA0, 0xC8, 0xFF })
            {
                var mutated = sample.AsSpan(0, length).ToArray();
                mutated[i] = value;
                ReadAll(mutated);
            }
        }

        var random = new Random(5506);
        var bytes = new byte[120];
        for (var i = 0; i < 50_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(0x80 | bytes[0] & 0x3F);
            bytes[1] = (byte)(200 + bytes[1] % 8);
            (bytes[2], bytes[3]) = (0, (byte)(bytes[3] % 30));
            ReadAll(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        }
    }

    private static int WriteEverything(Span<byte> buffer)
    {
        var length = RtcpWriter.WriteSenderReport(buffer, 1, Sender, [Block with { Ssrc = 5 }, Block]);
        length += RtcpWriter.WriteReceiverReport(buffer[length..], 2, [Block]);
        length += RtcpWriter.WriteSdesCname(buffer[length..], 1, "a-name"u8);
        length += RtcpWriter.WriteNack(buffer[length..], 1, 9, [65530, 65531, 10, 11, 100]);
        length += RtcpWriter.WritePli(buffer[length..], 1, 9);
        length += RtcpWriter.WriteFir(buffer[length..], 1, 9, 200);
        length += RtcpWriter.WriteRemb(buffer[length..], 1, 2_000_000, 9);
        return length + RtcpWriter.WriteBye(buffer[length..], 1, 9);
    }

    private static List<ushort> LostIn(Nack nack)
    {
        var lost = new List<ushort>();
        foreach (var number in nack) lost.Add(number);
        return lost;
    }

    private static void ReadAll(ReadOnlySpan<byte> datagram)
    {
        var reader = new RtcpReader(datagram);
        var packets = 0;
        while (reader.TryNext(out var packet))
        {
            Assert.True(++packets <= datagram.Length / 4);
            if (SenderReport.TryParse(packet, out var sender)) sender.Blocks.TryFind(0, out _);
            if (ReceiverReport.TryParse(packet, out var receiver)) receiver.Blocks.TryFind(0, out _);
            if (SourceDescription.TryParse(packet, out var description)) description.TryGetCanonicalName(1, out _);
            if (Goodbye.TryParse(packet, out var goodbye) && goodbye.Count > 0) _ = goodbye[goodbye.Count - 1];
            if (Nack.TryParse(packet, out var nack)) Assert.True(LostIn(nack).Count <= 17 * datagram.Length / 4);
            _ = PictureLoss.TryParse(packet, out _);
            if (FullIntraRequest.TryParse(packet, out var request) && request.Count > 0) _ = request[request.Count - 1];
            if (ReceiverEstimatedBitrate.TryParse(packet, out var estimate) && estimate.Count > 0) _ = estimate[estimate.Count - 1];
        }
    }
}

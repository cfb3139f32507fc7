using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class PacketizerTests
{
    private const int MaxPayload = 1_100;

    [Theory]
    [InlineData(1)]
    [InlineData(1_095)]
    [InlineData(1_096)] // with the descriptor exactly one payload
    [InlineData(1_097)]
    [InlineData(5_000)]
    [InlineData(100_001)]
    public void A_vp8_frame_comes_back_from_pieces_of_one_length(int length)
    {
        var frame = RandomBytes(length, seed: 8);

        var payloads = Packetize(new Vp8Packetizer(firstPictureId: 0x7FFF), frame);

        AssertEven(payloads);
        Assert.Equal((length + MaxPayload - 5) / (MaxPayload - 4), payloads.Count); // the fewest possible
        var depacketizer = new Vp8Depacketizer();
        Assert.Equal([frame], Depacketize(depacketizer, [payloads]));
        Assert.Equal(0x7FFF, depacketizer.PictureId);
    }

    [Fact]
    public void Picture_ids_wrap_at_fifteen_bits()
    {
        var packetizer = new Vp8Packetizer(firstPictureId: 0x7FFF);

        Assert.Equal("9080FFFFAA", Convert.ToHexString(Packetize(packetizer, [0xAA])[0]));
        Assert.Equal("90808000AA", Convert.ToHexString(Packetize(packetizer, [0xAA])[0]));
    }

    [Fact]
    public void Only_the_first_vp8_payload_starts_the_partition_and_only_the_last_is_marked()
    {
        var packetizer = new Vp8Packetizer();
        packetizer.Begin(new byte[3_000], MaxPayload);
        var destination = new byte[MaxPayload];
        var starts = new List<bool>();
        var lasts = new List<bool>();
        while (packetizer.TryTakePayload(destination, out _, out var isLast))
        {
            starts.Add((destination[0] & 0x10) != 0);
            lasts.Add(isLast);
        }

        Assert.Equal([true, false, false], starts);
        Assert.Equal([false, false, true], lasts);
    }

    [Fact]
    public void Parameter_sets_travel_together_and_the_slice_in_even_fragments()
    {
        byte[] sps = [0x67, 0x42, 0xE0, 0x1F], pps = [0x68, 0xCE], slice = [0x65, 0x88, .. RandomNal(5_000)];

        var payloads = Packetize(new H264Packetizer(), AnnexB(sps, pps, slice));

        Assert.Equal("78" + "0004" + "6742E01F" + "0002" + "68CE", Convert.ToHexString(payloads[0]));
        var fragments = payloads[1..];
        Assert.Equal(5, fragments.Count);
        AssertEven(fragments);
        Assert.All(fragments, fragment => Assert.Equal(0x7C, fragment[0])); // importance 3, FU-A
        Assert.Equal([0x85, 0x05, 0x05, 0x05, 0x45], fragments.Select(fragment => fragment[1]));
    }

    [Fact]
    public void Every_form_of_access_unit_comes_back()
    {
        byte[] sps = [0x67, 0x42, 0xE0, 0x1F], pps = [0x68, 0xCE], sei = [0x06, 0x05, 0x01, 0x80];
        byte[][][] accessUnits =
        [
            [sps, pps, sei, [0x65, 0x88, .. RandomNal(30_000)]],
            [[0x41, 0x9A, .. RandomNal(200)]],
            [[0x41, 0x9A, .. RandomNal(2_000)], [0x41, 0x1A, .. RandomNal(2_500)]], // two large slices
            [[0x41, 0x9A, .. RandomNal(600)], [0x41, 0x1A, .. RandomNal(600)], [0x41, 0x1A, .. RandomNal(100)]],
            [[0x41, 0x9A, .. RandomNal(MaxPayload - 2)]],
            [[0x41, 0x9A, .. RandomNal(MaxPayload - 1)]],
            [.. Enumerable.Range(0, 40).Select(i => (byte[])[0x41, (byte)(i == 0 ? 0x9A : 0x1A), .. RandomNal(90)])],
        ];
        var packetizer = new H264Packetizer();
        var depacketizer = new H264Depacketizer();

        var frames = Depacketize(depacketizer, accessUnits.Select(units => Packetize(packetizer, AnnexB(units))).ToArray());

        Assert.Equal(accessUnits.Select(AnnexB), frames);
        Assert.Equal(0, depacketizer.FramesDropped);
    }

    [Fact]
    public void Delimiters_filler_and_trailing_zeros_are_left_out()
    {
        byte[] frame = [0, 0, 0, 1, 0x09, 0xF0, 0, 0, 1, 0x41, 0x9A, 0x55, 0, 0, 0, 0, 0, 1, 0x0C, 0xFF, 0x80, 0, 0];

        Assert.Equal(["419A55"], Packetize(new H264Packetizer(), frame).Select(Convert.ToHexString));
    }

    [Theory]
    [InlineData("")]
    [InlineData("000001")]
    [InlineData("00000001000001")]
    [InlineData("AABBCC")]
    [InlineData("00000109F0")]
    public void A_frame_without_a_unit_gives_no_payload(string hex)
        => Assert.Empty(Packetize(new H264Packetizer(), Convert.FromHexString(hex)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Losing_any_one_packet_drops_its_frame_and_no_other(bool isH264)
    {
        IPacketizer packetizer = isH264 ? new H264Packetizer() : new Vp8Packetizer();
        byte[][] frames = isH264
            ? [.. Enumerable.Range(0, 3).Select(_ => AnnexB([0x41, 0x9A, .. RandomNal(3_000)]))]
            : [.. Enumerable.Range(0, 3).Select(i => RandomBytes(3_000, i))];
        var payloads = frames.Select(frame => Packetize(packetizer, frame)).ToArray();
        for (var lost = 0; lost < 9; lost++)
        {
            IDepacketizer depacketizer = isH264 ? new H264Depacketizer() : new Vp8Depacketizer();

            var received = Depacketize(depacketizer, payloads, lost);

            Assert.Equal(frames.Where((_, frame) => frame != lost / 3), received);
        }
    }

    [Fact]
    public void A_frame_that_grows_too_large_is_dropped()
    {
        var depacketizer = new Vp8Depacketizer(maxFrameBytes: 4_000);
        byte[] fits = RandomBytes(4_000, 1), tooLarge = RandomBytes(4_001, 2);
        var packetizer = new Vp8Packetizer();

        Assert.Equal([fits], Depacketize(depacketizer, [Packetize(packetizer, tooLarge), Packetize(packetizer, fits)]));
        Assert.Equal(1, depacketizer.FramesDropped);
    }

    [Fact]
    public void Random_payloads_never_throw()
    {
        var random = new Random(6184);
        var h264 = new H264Depacketizer(20_000);
        var vp8 = new Vp8Depacketizer(20_000);
        var buffer = new byte[200];
        var payload = new byte[100];
        byte[] forms = [0x78, 0x7C, 0x67, 0x65, 0x41, 0x80, 0x90, 0xFF];
        for (var i = 0; i < 50_000; i++)
        {
            random.NextBytes(payload);
            payload[0] = forms[random.Next(forms.Length)];
            if (i % 3 == 0) (payload[1], payload[2]) = (0, (byte)random.Next(60));
            var used = payload.AsSpan(0, random.Next(payload.Length));
            var header = new RtpHeader(96, random.Next(5) == 0, (ushort)(i + random.Next(3) / 2), (uint)(i / 6), 1);
            var length = new RtpPacketWriter(buffer, header).Finish(used);
            Assert.Equal(RtpParseError.None, RtpPacket.TryParse(buffer.AsSpan(0, length), out var packet));
            h264.Push(packet);
            vp8.Push(packet);
            VideoKeyFrames.StartsH264KeyFrame(used);
            VideoKeyFrames.StartsVp8KeyFrame(used);
        }
    }

    [Fact]
    public void Packetizing_allocates_nothing()
    {
        byte[] vp8Frame = RandomBytes(20_000, 1), h264Frame = AnnexB([0x67, 1], [0x68, 1], [0x65, 0x88, .. RandomNal(20_000)]);
        var destination = new byte[MaxPayload];
        var (vp8, h264) = (new Vp8Packetizer(), new H264Packetizer());
        Once();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Once();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            vp8.Begin(vp8Frame, MaxPayload);
            while (vp8.TryTakePayload(destination, out _, out _))
            {
            }

            h264.Begin(h264Frame, MaxPayload);
            while (h264.TryTakePayload(destination, out _, out _))
            {
            }
        }
    }

    internal static List<byte[]> Packetize(IPacketizer packetizer, byte[] frame)
    {
        var destination = new byte[MaxPayload];
        var payloads = new List<byte[]>();
        packetizer.Begin(frame, MaxPayload);
        var wasLast = true;
        while (packetizer.TryTakePayload(destination, out var length, out wasLast))
        {
            Assert.InRange(length, 1, MaxPayload);
            payloads.Add(destination[..length]);
            if (wasLast) break;
        }

        Assert.True(wasLast || payloads.Count == 0);
        Assert.False(packetizer.TryTakePayload(destination, out _, out _));
        return payloads;
    }

    internal static byte[] AnnexB(params byte[][] units) => [.. units.SelectMany(unit => (byte[])[0, 0, 0, 1, .. unit])];

    /// <summary>Bytes that hold no start code and do not end in zero, as an encoder's emulation prevention guarantees.</summary>
    private static byte[] RandomNal(int length) => [.. RandomBytes(length, length).Select(value => (byte)(value | 1))];

    private static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void AssertEven(List<byte[]> payloads)
    {
        Assert.All(payloads[..^1], payload => Assert.Equal(payloads[0].Length, payload.Length));
        Assert.InRange(payloads[^1].Length, Math.Max(1, payloads[0].Length - payloads.Count + 1), payloads[0].Length);
    }

    private static List<byte[]> Depacketize(IDepacketizer depacketizer, List<byte[]>[] frames, int lost = -1)
    {
        var received = new List<byte[]>();
        var buffer = new byte[MaxPayload + 12];
        ushort sequenceNumber = 65_533;
        var index = 0;
        for (var frame = 0; frame < frames.Length; frame++)
        {
            for (var i = 0; i < frames[frame].Count; i++, index++, sequenceNumber++)
            {
                if (index == lost) continue;
                var header = new RtpHeader(96, i == frames[frame].Count - 1, sequenceNumber, (uint)frame * 3_000, 1);
                var length = new RtpPacketWriter(buffer, header).Finish(frames[frame][i]);
                Assert.Equal(RtpParseError.None, RtpPacket.TryParse(buffer.AsSpan(0, length), out var packet));
                if (depacketizer.Push(packet)) received.Add(depacketizer.Frame.ToArray());
            }
        }

        return received;
    }
}

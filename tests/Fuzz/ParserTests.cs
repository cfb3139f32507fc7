using System.Text;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Stun;
using Xunit;

namespace AV1Relay.Tests.Fuzz;

/// <summary>Every parser of a stranger's bytes, fed with random and mutated input. It may refuse; it may not throw, hang or allocate by a length field.</summary>
public sealed class ParserTests
{
    private const int FixedSeed = 20_250_101;
    private const int RandomInputs = 20_000;
    private const int MutatedInputs = 40_000;
    private const long MostBytesAnInput = 2 << 20;

    public static TheoryData<string> Parsers() => [.. Targets.Keys];

    private static Dictionary<string, Target> Targets { get; } = new()
    {
        ["STUN"] = new(Samples.BindingRequest(), ReadStun),
        ["RTP"] = new(Samples.RtpWithExtensions(), ReadRtp),
        ["RTCP"] = new(Samples.RtcpCompound(), ReadRtcp),
        ["H.264 depacketiser"] = new(Samples.RtpWithExtensions(), bytes => Depacketise(new H264Depacketizer(), bytes)),
        ["VP8 depacketiser"] = new(Samples.RtpWithExtensions(), bytes => Depacketise(new Vp8Depacketizer(), bytes)),
        ["RTX"] = new(Samples.RtpWithExtensions(), ReadRtx),
        ["SDP"] = new(Encoding.UTF8.GetBytes(Samples.Offer), bytes => SessionDescription.TryParse(Encoding.UTF8.GetString(bytes), out _, out _)),
        ["SDP fragment"] = new(Encoding.UTF8.GetBytes(Samples.Fragment), bytes => SdpFragment.TryParse(Encoding.UTF8.GetString(bytes), out _, out _)),
        ["ICE candidate"] = new("candidate:1 1 udp 2130706431 192.0.2.1 54321 typ host generation 0"u8.ToArray(), bytes => IceCandidate.TryParse(Encoding.UTF8.GetString(bytes), out _)),
    };

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Bytes_from_a_fixed_seed_are_survived(string parser) => Run(parser, FixedSeed);

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Bytes_from_a_fresh_seed_are_survived(string parser)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}: put it into {nameof(FixedSeed)} to see this run again.");
        Run(parser, seed);
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Every_truncation_and_every_single_changed_byte_is_survived(string parser)
    {
        var (sample, read) = Targets[parser];
        for (var length = 0; length <= sample.Length; length++) read(sample[..length]);
        for (var at = 0; at < Math.Min(sample.Length, 400); at++)
        {
            var changed = (byte[])sample.Clone();
            for (var value = 0; value < 256; value += 5)
            {
                changed[at] = (byte)value;
                read(changed);
            }
        }
    }

    [Fact]
    public void The_samples_are_valid_so_that_mutations_reach_deep()
    {
        Assert.Equal(StunParseError.None, StunMessage.TryParse(Samples.BindingRequest(), out var message));
        Assert.True(message.HasValidFingerprint());
        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(Samples.RtpWithExtensions(), out _));
        var reader = new RtcpReader(Samples.RtcpCompound());
        var packets = 0;
        while (reader.TryNext(out _)) packets++;
        Assert.Equal(7, packets);
        Assert.True(SessionDescription.TryParse(Samples.Offer, out _, out _));
        Assert.True(SdpFragment.TryParse(Samples.Fragment, out _, out _));
    }

    private static void Run(string parser, int seed)
    {
        var (sample, read) = Targets[parser];
        var random = new Random(seed);
        read(sample); // compiled before its allocations count
        for (var i = 0; i < RandomInputs + MutatedInputs; i++)
        {
            var input = i < RandomInputs ? Noise(random) : Mutate(random, sample);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(input);
            }
            catch (Exception problem)
            {
                Assert.Fail($"Seed {seed}, input {i} ({Convert.ToHexString(input)}) made the {parser} parser throw: {problem}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytesAnInput, $"Seed {seed}, input {i} made the {parser} parser allocate {allocated} bytes.");
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(0, 300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutate(Random random, byte[] sample)
    {
        var bytes = sample[..random.Next(1, sample.Length + 1)];
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(4) switch
            {
                0 => (byte)random.Next(256),
                1 => 0,
                2 => 0xFF,
                _ => (byte)(bytes[at] ^ (1 << random.Next(8))),
            };
        }

        return bytes;
    }

    private static void ReadStun(byte[] bytes)
    {
        if (StunMessage.TryParse(bytes, out var message) != StunParseError.None) return;
        _ = message.HasValidIntegrity("password"u8);
        _ = message.HasValidFingerprint();
        Span<byte> response = stackalloc byte[IceLiteAgent.MaxResponseLength];
        new IceLiteAgent(new IceCredentials("abcd", "0123456789012345678901")).OnBindingRequest(message, default, TimeSpan.Zero, response, out _);
    }

    private static void ReadRtp(byte[] bytes)
    {
        if (RtpPacket.TryParse(bytes, out var packet) != RtpParseError.None) return;
        for (var id = 0; id <= 255; id++) packet.TryGetExtension(id, out _);
        _ = VideoKeyFrames.StartsH264KeyFrame(packet.Payload);
        _ = VideoKeyFrames.StartsVp8KeyFrame(packet.Payload);
        _ = packet.Payload.Length + packet.PaddingLength;
    }

    private static void ReadRtx(byte[] bytes)
    {
        if (RtpPacket.TryParse(bytes, out var packet) != RtpParseError.None) return;
        Span<byte> destination = stackalloc byte[1_500];
        Rtx.Unwrap(packet, 96, 1, destination);
        Rtx.Wrap(packet, 97, 2, 3, destination);
    }

    private static void Depacketise(IDepacketizer depacketizer, byte[] bytes)
    {
        if (RtpPacket.TryParse(bytes, out var packet) == RtpParseError.None) depacketizer.Push(packet);
    }

    private static void ReadRtcp(byte[] bytes)
    {
        var reader = new RtcpReader(bytes);
        var packets = 0;
        while (reader.TryNext(out var packet))
        {
            Assert.True(++packets <= bytes.Length / 4, "The reader does not advance.");
            if (SenderReport.TryParse(packet, out var senderReport)) _ = senderReport.Blocks.Count;
            if (ReceiverReport.TryParse(packet, out var receiverReport)) _ = receiverReport.Blocks.TryFind(1, out _);
            if (SourceDescription.TryParse(packet, out _) | PictureLoss.TryParse(packet, out _) | FullIntraRequest.TryParse(packet, out _)) continue;
            if (ReceiverEstimatedBitrate.TryParse(packet, out var estimate)) _ = estimate.BitrateBps;
            if (!Nack.TryParse(packet, out var nack)) continue;
            foreach (var sequence in nack) _ = sequence;
        }
    }

    private sealed record Target(byte[] Sample, Action<byte[]> Read);
}

using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>Header, extensions of both forms, RTX, keyframe detection, depacketisers.</summary>
internal sealed class RtpTarget : FuzzTarget
{
    private readonly byte[] _buffer = new byte[4_096];

    public override string Name => "rtp";

    public override IReadOnlyList<byte[]> Words { get; } =
        [Hex("BEDE"), Hex("1000"), Hex("100F"), Hex("90E0"), Hex("BEDEFFFF"), Hex("7C85"), Hex("78"), Hex("7C05"), Hex("9D012A"), Hex("F0"), Hex("0F")];

    public override void Run(byte[] input)
    {
        if (RtpPacket.TryParse(input, out var packet) != RtpParseError.None) return;
        var elements = 0;
        foreach (var extension in packet.Extensions)
        {
            Require(++elements <= input.Length, "The walk over extensions does not advance.");
            Require(extension.Id is >= 1 and <= 255 && extension.Value.Length <= 255, "An extension that can't be.");
            _ = RtpExtensions.TryReadPlayoutDelay(extension.Value, out _, out _);
            _ = RtpExtensions.TryReadTransportSequenceNumber(extension.Value, out _);
            _ = RtpExtensions.TryReadAudioLevel(extension.Value, out _, out _);
            _ = RtpExtensions.MidEquals(extension.Value, "0");
        }

        for (var id = 0; id <= 255; id += 5) packet.TryGetExtension(id, out _);
        Require(packet.Payload.Length + packet.PaddingLength + RtpPacket.FixedHeaderLength <= input.Length, "More payload than packet.");
        _ = VideoKeyFrames.StartsH264KeyFrame(packet.Payload);
        _ = VideoKeyFrames.StartsVp8KeyFrame(packet.Payload);
        new H264Depacketizer().Push(packet);
        new Vp8Depacketizer().Push(packet);
        Rtx.Unwrap(packet, 96, 1, _buffer);
        var wrapped = Rtx.Wrap(packet, 97, 2, 3, _buffer);
        if (wrapped <= 0) return;
        Require(RtpPacket.TryParse(_buffer.AsSpan(0, wrapped), out var rtx) == RtpParseError.None, "What was wrapped can't be read.");
        var original = new byte[4_096];
        var length = Rtx.Unwrap(rtx, packet.PayloadType, packet.Ssrc, original);
        Require(RtpPacket.TryParse(original.AsSpan(0, length), out var unwrapped) == RtpParseError.None, "What was unwrapped can't be read.");
        Require(unwrapped.Payload.SequenceEqual(packet.Payload) && unwrapped.SequenceNumber == packet.SequenceNumber, "RTX brought back something else.");
    }
}

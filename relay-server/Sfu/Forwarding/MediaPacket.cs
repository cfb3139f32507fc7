using AV1Relay.Sfu.Negotiation;

namespace AV1Relay.Sfu.Forwarding;

/// <summary>One packet on its way from a publisher to its subscribers; a view over the received datagram.</summary>
internal readonly ref struct MediaPacket(
    MediaCodec codec, long timeline, ushort sequenceNumber, uint timestamp, bool marker, bool isKeyframeStart, ReadOnlySpan<byte> payload)
{
    public MediaCodec Codec { get; } = codec;

    public long Timeline { get; } = timeline;

    public ushort SequenceNumber { get; } = sequenceNumber;

    public uint Timestamp { get; } = timestamp;

    public bool Marker { get; } = marker;

    public bool IsKeyframeStart { get; } = isKeyframeStart;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}

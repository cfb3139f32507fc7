namespace AV1Relay.WebRtc.Rtp;

/// <summary>Payloads of RFC 7741 into VP8 frames.</summary>
public sealed class Vp8Depacketizer(int maxFrameBytes = 4 << 20) : IDepacketizer
{
    private readonly FrameAssembly _assembly = new(maxFrameBytes);

    public ReadOnlySpan<byte> Frame => _assembly.Frame;

    public bool IsKeyFrame { get; private set; }

    /// <summary>Of the packet pushed last; null when it carried none.</summary>
    public int? PictureId { get; private set; }

    public long FramesDropped => _assembly.FramesDropped;

    public bool Push(in RtpPacket packet)
    {
        if (!_assembly.TryBeginPacket(packet)) return false;
        if (!packet.Payload.IsEmpty) Append(packet.Payload); // padding alone changes nothing
        return _assembly.EndPacket(packet.Marker);
    }

    private void Append(ReadOnlySpan<byte> payload)
    {
        // The first packet, and no other, begins the frame's first partition.
        if (!Vp8Descriptor.TryParse(payload, out var descriptor) || descriptor.IsFrameStart != _assembly.IsEmpty)
        {
            _assembly.Spoil();
            return;
        }

        if (_assembly.IsEmpty) IsKeyFrame = VideoKeyFrames.StartsVp8KeyFrame(payload);
        PictureId = descriptor.PictureId;
        _assembly.Append(payload[descriptor.Length..]);
    }
}

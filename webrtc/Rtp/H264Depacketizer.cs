using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>Payloads of RFC 6184 (single NAL unit, STAP-A, FU-A) into Annex B access units.</summary>
public sealed class H264Depacketizer(int maxFrameBytes = 4 << 20) : IDepacketizer
{
    private readonly FrameAssembly _assembly = new(maxFrameBytes);
    private bool _isInFragment;

    public ReadOnlySpan<byte> Frame => _assembly.Frame;

    /// <summary>The frame holds an IDR slice.</summary>
    public bool IsKeyFrame { get; private set; }

    public long FramesDropped => _assembly.FramesDropped;

    public bool Push(in RtpPacket packet)
    {
        if (!_assembly.TryBeginPacket(packet)) return false;
        if (_assembly.IsEmpty)
        {
            (IsKeyFrame, _isInFragment) = (false, false);
            if (_assembly.FollowsGap && !H264.BeginsPicture(packet.Payload)) _assembly.Spoil();
        }

        if (!packet.Payload.IsEmpty && !TryAppend(packet.Payload)) _assembly.Spoil(); // padding alone changes nothing
        if (packet.Marker && _isInFragment) _assembly.Spoil();
        return _assembly.EndPacket(packet.Marker);
    }

    private bool TryAppend(ReadOnlySpan<byte> payload)
    {
        switch (payload[0] & H264.TypeMask)
        {
            case H264.FuA:
                return TryAppendFragment(payload);
            case H264.StapA:
                payload = payload[1..];
                while (payload.Length >= 2)
                {
                    var length = BinaryPrimitives.ReadUInt16BigEndian(payload);
                    payload = payload[2..];
                    if (length == 0 || length > payload.Length) return false;
                    AppendUnit(payload[..length]);
                    payload = payload[length..];
                }

                return payload.IsEmpty && !_isInFragment;
            case 0 or > 23:
                return false; // the forms of packetization-mode 2
            default:
                AppendUnit(payload);
                return !_isInFragment;
        }
    }

    private bool TryAppendFragment(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 3) return false;
        var isFirst = (payload[1] & H264.FuStart) != 0;
        if (isFirst == _isInFragment) return false; // a start within a unit, or a middle without a start
        if (isFirst)
        {
            IsKeyFrame |= (payload[1] & H264.TypeMask) == H264.Idr;
            _assembly.Append(H264.StartCode);
            _assembly.Append([(byte)(payload[0] & H264.ImportanceMask | payload[1] & H264.TypeMask)]);
        }

        _assembly.Append(payload[2..]);
        _isInFragment = (payload[1] & H264.FuEnd) == 0;
        return true;
    }

    private void AppendUnit(ReadOnlySpan<byte> unit)
    {
        IsKeyFrame |= (unit[0] & H264.TypeMask) == H264.Idr;
        _assembly.Append(H264.StartCode);
        _assembly.Append(unit);
    }
}

using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>Tells from one payload, without putting frames together, whether a key frame begins in it.</summary>
public static class VideoKeyFrames
{
    /// <summary>The payload holds a sequence parameter set or the first bytes of an IDR slice (alone, in STAP-A or in FU-A), RFC 6184.</summary>
    /// <remarks>
    /// Encoders that repeat parameter sets put them before the IDR slice, often in a packet of their own: a stream can be joined at either.
    /// </remarks>
    public static bool StartsH264KeyFrame(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return false;
        switch (payload[0] & H264.TypeMask)
        {
            case H264.Idr or H264.SequenceParameterSet:
                return true;
            case H264.FuA:
                return payload.Length >= 2 && (payload[1] & H264.FuStart) != 0 && IsKey(payload[1]);
            case H264.StapA:
                payload = payload[1..];
                while (payload.Length >= 3)
                {
                    var length = BinaryPrimitives.ReadUInt16BigEndian(payload);
                    if (length == 0 || length > payload.Length - 2) return false;
                    if (IsKey(payload[2])) return true;
                    payload = payload[(2 + length)..];
                }

                return false;
            default:
                return false;
        }

        static bool IsKey(byte header) => (header & H264.TypeMask) is H264.Idr or H264.SequenceParameterSet;
    }

    /// <summary>The payload holds a sequence parameter set, alone or first in STAP-A: the key frame does not begin before it.</summary>
    public static bool HoldsH264ParameterSets(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return false;
        var type = payload[0] & H264.TypeMask;
        return type == H264.SequenceParameterSet
            || (type == H264.StapA && payload.Length > 3 && (payload[3] & H264.TypeMask) is H264.SequenceParameterSet or H264.AccessUnitDelimiter);
    }

    /// <summary>The payload begins a frame whose inverse key frame bit is clear, RFC 7741 §4.3.</summary>
    public static bool StartsVp8KeyFrame(ReadOnlySpan<byte> payload)
        => Vp8Descriptor.TryParse(payload, out var descriptor)
            && descriptor.IsFrameStart
            && payload.Length > descriptor.Length
            && (payload[descriptor.Length] & 0x01) == 0;
}

using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>Walks the packets of one RTCP datagram, compound (RFC 3550 §6.1) or reduced-size (RFC 5506). Never throws.</summary>
/// <remarks>
/// Packets before a malformed one are still delivered; then <see cref="Error"/> says why the walk ended. Unknown types come through, for the
/// caller to pass over.
/// </remarks>
public ref struct RtcpReader(ReadOnlySpan<byte> datagram)
{
    private const int HeaderLength = 4;

    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>Why <see cref="TryNext"/> returned false: <see cref="RtcpParseError.None"/> at a clean end.</summary>
    public RtcpParseError Error { get; private set; }

    /// <summary>Whether bytes on a port shared with RTP are RTCP, by their second byte: RFC 5761 §4.</summary>
    public static bool LooksLikeRtcp(ReadOnlySpan<byte> datagram)
        => datagram.Length >= HeaderLength && datagram[0] >> 6 == 2 && datagram[1] is >= 192 and <= 223;

    public bool TryNext(out RtcpPacket packet)
    {
        packet = default;
        if (_rest.IsEmpty) return false;
        if (_rest.Length < HeaderLength) return Stop(RtcpParseError.Truncated);
        if (_rest[0] >> 6 != 2) return Stop(RtcpParseError.UnsupportedVersion);

        var length = 4 * (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) + 1); // at least the header, so the walk advances
        if (length > _rest.Length) return Stop(RtcpParseError.Truncated);

        var body = _rest[HeaderLength..length];
        if ((_rest[0] & 0x20) != 0)
        {
            // Only the last packet of a compound may be padded (RFC 3550 §6.4.1). That it is by a multiple of four is not insisted on: browsers
            // pad transport-wide feedback, whose content may end anywhere, with one to three bytes.
            if (length != _rest.Length || body.IsEmpty) return Stop(RtcpParseError.InvalidPadding);
            var padding = body[^1];
            if (padding == 0 || padding > body.Length) return Stop(RtcpParseError.InvalidPadding);
            body = body[..^padding];
        }

        packet = new RtcpPacket((RtcpPacketType)_rest[1], _rest[0] & 0x1F, body);
        _rest = _rest[length..];
        return true;
    }

    private bool Stop(RtcpParseError error)
    {
        Error = error;
        _rest = default;
        return false;
    }
}

/// <summary>Why the walk over an RTCP datagram ended early.</summary>
public enum RtcpParseError
{
    None,
    Truncated,
    UnsupportedVersion,
    InvalidPadding,
}

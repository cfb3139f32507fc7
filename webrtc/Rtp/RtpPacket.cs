using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>A read-only view over one RTP packet; copies nothing.</summary>
/// <remarks>Layout: RFC 3550 §5.1. The view is valid only while the datagram is.</remarks>
public readonly ref struct RtpPacket
{
    /// <summary>Bytes before the CSRC list.</summary>
    public const int FixedHeaderLength = 12;

    private readonly ReadOnlySpan<byte> _datagram;
    private readonly ReadOnlySpan<byte> _extensions;
    private readonly ushort _extensionProfile;

    private RtpPacket(
        ReadOnlySpan<byte> datagram, int headerLength, int paddingLength, ushort extensionProfile, ReadOnlySpan<byte> extensions)
    {
        _datagram = datagram;
        HeaderLength = headerLength;
        PaddingLength = paddingLength;
        _extensionProfile = extensionProfile;
        _extensions = extensions;
    }

    public bool Marker => (_datagram[1] & 0x80) != 0;

    /// <summary>0–127; what it stands for is agreed in SDP.</summary>
    public byte PayloadType => (byte)(_datagram[1] & 0x7F);

    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_datagram[2..]);

    /// <summary>Media clock ticks; the codec sets the rate (video: 90 kHz, Opus: 48 kHz).</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_datagram[4..]);

    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_datagram[8..]);

    /// <summary>Bytes before the payload: fixed header, CSRC list and header extension.</summary>
    public int HeaderLength { get; }

    /// <summary>Bytes after the payload, the count itself included; 0 without padding.</summary>
    public int PaddingLength { get; }

    public ReadOnlySpan<byte> Payload => _datagram[HeaderLength..^PaddingLength];

    /// <summary>The bytes that were parsed, header and padding included.</summary>
    public ReadOnlySpan<byte> Datagram => _datagram;

    public RtpHeader Header => new(PayloadType, Marker, SequenceNumber, Timestamp, Ssrc);

    /// <summary>Reads a header from untrusted bytes. Never throws, never allocates.</summary>
    public static RtpParseError TryParse(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        if (datagram.Length < FixedHeaderLength) return RtpParseError.Truncated;
        if (datagram[0] >> 6 != 2) return RtpParseError.UnsupportedVersion;

        var headerLength = FixedHeaderLength + 4 * (datagram[0] & 0x0F);
        ushort profile = 0;
        var extensions = ReadOnlySpan<byte>.Empty;
        if ((datagram[0] & 0x10) != 0) // RFC 3550 §5.3.1
        {
            if (datagram.Length < headerLength + 4) return RtpParseError.Truncated;
            profile = BinaryPrimitives.ReadUInt16BigEndian(datagram[headerLength..]);
            var extensionBytes = 4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(headerLength + 2)..]);
            headerLength += 4;
            if (datagram.Length < headerLength + extensionBytes) return RtpParseError.Truncated;
            extensions = datagram.Slice(headerLength, extensionBytes);
            headerLength += extensionBytes;
        }

        if (datagram.Length < headerLength) return RtpParseError.Truncated;

        var paddingLength = 0;
        if ((datagram[0] & 0x20) != 0)
        {
            if (datagram.Length == headerLength) return RtpParseError.InvalidPadding;
            paddingLength = datagram[^1]; // counts itself, so 0 is never right
            if (paddingLength == 0 || paddingLength > datagram.Length - headerLength) return RtpParseError.InvalidPadding;
        }

        packet = new RtpPacket(datagram, headerLength, paddingLength, profile, extensions);
        return RtpParseError.None;
    }

    /// <summary>Finds one element of the header extension by its negotiated id, in one- or two-byte form (RFC 8285 §4.2, §4.3).</summary>
    /// <returns>False when the id is not there, or when what comes before it is malformed.</returns>
    public bool TryGetExtension(int id, out ReadOnlySpan<byte> value)
    {
        var elements = Extensions;
        while (elements.MoveNext())
        {
            if (elements.Id != id) continue;
            value = elements.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>All header extension elements, in the order in which they were written.</summary>
    public RtpExtensionEnumerator Extensions => new(_extensionProfile, _extensions);
}

/// <summary>Why a datagram is not an RTP packet.</summary>
public enum RtpParseError
{
    None,
    Truncated,
    UnsupportedVersion,
    InvalidPadding,
}

/// <summary>The fields that a sender chooses for each packet.</summary>
/// <param name="PayloadType">0–127.</param>
/// <param name="Marker">For video: the last packet of a frame.</param>
/// <param name="SequenceNumber">Wraps; start below 2^15, so that a receiver that joins late guesses the roll-over counter right.</param>
/// <param name="Timestamp">Media clock ticks.</param>
/// <param name="Ssrc">The stream's source.</param>
public readonly record struct RtpHeader(byte PayloadType, bool Marker, ushort SequenceNumber, uint Timestamp, uint Ssrc);

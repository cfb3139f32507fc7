using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>Builds one RTP packet in a caller's buffer: fixed header, one-byte header extensions (RFC 8285 §4.2), payload.</summary>
/// <remarks>
/// Add the extensions first, then call one of the <c>Finish</c> methods. Whatever does not fit makes <c>Finish</c> return -1; nothing throws.
/// </remarks>
public ref struct RtpPacketWriter
{
    private const int ExtensionHeaderLength = 4;

    private readonly Span<byte> _buffer;
    private int _length;
    private bool _hasExtensions;
    private bool _hasFailed;

    public RtpPacketWriter(Span<byte> buffer, in RtpHeader header)
    {
        _buffer = buffer;
        _length = RtpPacket.FixedHeaderLength;
        _hasFailed = buffer.Length < RtpPacket.FixedHeaderLength || header.PayloadType > 127;
        if (_hasFailed) return;

        buffer[0] = 0x80;
        WriteFields(buffer, header);
    }

    /// <summary>Appends one element.</summary>
    /// <param name="id">1–14 as negotiated. 0 means "not negotiated" and writes nothing, so that callers need no branch.</param>
    /// <param name="value">1–16 bytes.</param>
    public void AddExtension(int id, scoped ReadOnlySpan<byte> value)
    {
        if (id == 0 || _hasFailed) return;
        var needed = 1 + value.Length + (_hasExtensions ? 0 : ExtensionHeaderLength);
        if (id is < 0 or > 14 || value.Length is 0 or > 16 || _length + needed > _buffer.Length)
        {
            _hasFailed = true;
            return;
        }

        if (!_hasExtensions)
        {
            _hasExtensions = true;
            _buffer[0] |= 0x10;
            _length += ExtensionHeaderLength;
        }

        _buffer[_length] = (byte)(id << 4 | (value.Length - 1));
        value.CopyTo(_buffer[(_length + 1)..]);
        _length += 1 + value.Length;
    }

    /// <summary>Where the payload goes, for callers that write it in place; ends the header. Empty when the header did not fit.</summary>
    public Span<byte> BeginPayload()
    {
        EndExtensions();
        return _hasFailed ? default : _buffer[_length..];
    }

    /// <summary>Ends a packet whose payload was written into <see cref="BeginPayload"/>'s span.</summary>
    /// <returns>The packet's length, or -1 when it does not fit.</returns>
    public int Finish(int payloadLength)
    {
        EndExtensions();
        return _hasFailed || payloadLength < 0 || payloadLength > _buffer.Length - _length ? -1 : _length + payloadLength;
    }

    /// <summary>Copies the payload, which must not overlap the header, and ends the packet.</summary>
    /// <returns>The packet's length, or -1 when it does not fit.</returns>
    public int Finish(ReadOnlySpan<byte> payload)
    {
        EndExtensions();
        if (_hasFailed || payload.Length > _buffer.Length - _length) return -1;
        payload.CopyTo(_buffer[_length..]);
        return _length + payload.Length;
    }

    /// <summary>Replaces the sender's fields of a parsed packet in place; CSRCs, extensions, payload and padding stay.</summary>
    /// <param name="packet">A datagram that <see cref="RtpPacket.TryParse"/> has accepted.</param>
    /// <param name="header">Its payload type is cut to seven bits.</param>
    public static void Rewrite(Span<byte> packet, in RtpHeader header) => WriteFields(packet, header);

    private static void WriteFields(Span<byte> packet, in RtpHeader header)
    {
        packet[1] = (byte)((header.Marker ? 0x80 : 0) | (header.PayloadType & 0x7F));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], header.SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], header.Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], header.Ssrc);
    }

    private void EndExtensions()
    {
        if (!_hasExtensions || _hasFailed) return;
        _hasExtensions = false; // so that a second call changes nothing

        const int start = RtpPacket.FixedHeaderLength;
        var padded = (_length + 3) & ~3;
        if (padded > _buffer.Length)
        {
            _hasFailed = true;
            return;
        }

        _buffer[_length..padded].Clear();
        _length = padded;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[start..], RtpExtensionEnumerator.OneByteProfile);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[(start + 2)..], (ushort)((padded - start - ExtensionHeaderLength) / 4));
    }
}

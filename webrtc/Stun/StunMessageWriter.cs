using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Stun;

/// <summary>Writes one STUN message into a caller's span; allocates nothing.</summary>
/// <remarks>
/// What doesn't fit is not written and is remembered: <see cref="Finish"/> then returns 0.
/// Order is the caller's: MESSAGE-INTEGRITY after all but FINGERPRINT, FINGERPRINT last.
/// </remarks>
public ref struct StunMessageWriter
{
    private readonly Span<byte> _buffer;
    private int _length;
    private bool _overflowed;

    /// <param name="transactionId">12 bytes: random for a request, the request's for a response.</param>
    public StunMessageWriter(Span<byte> buffer, StunClass messageClass, scoped ReadOnlySpan<byte> transactionId, StunMethod method = StunMethod.Binding)
    {
        _buffer = buffer.Length > StunMessage.MaxLength ? buffer[..StunMessage.MaxLength] : buffer;
        if (_buffer.Length < StunMessage.HeaderLength)
        {
            _overflowed = true;
            return;
        }

        var m = (int)method;
        var c = (int)messageClass;
        var type = (m & 0x000F) | ((m & 0x0070) << 1) | ((m & 0x0F80) << 2) | ((c & 1) << 4) | ((c & 2) << 7);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[4..], StunMessage.MagicCookie);
        transactionId[..StunTransactionId.Length].CopyTo(_buffer[8..]);
        _length = StunMessage.HeaderLength;
    }

    public void AddUsername(scoped ReadOnlySpan<byte> username) => Add(StunAttributeType.Username, username);

    public void AddPriority(uint priority)
    {
        if (TryReserve(StunAttributeType.Priority, 4, out var value)) BinaryPrimitives.WriteUInt32BigEndian(value, priority);
    }

    public void AddUseCandidate() => Add(StunAttributeType.UseCandidate, default);

    public void AddIceControlling(ulong tieBreaker) => AddUInt64(StunAttributeType.IceControlling, tieBreaker);

    public void AddIceControlled(ulong tieBreaker) => AddUInt64(StunAttributeType.IceControlled, tieBreaker);

    public void AddXorMappedAddress(TransportAddress address)
    {
        if (TryReserve(StunAttributeType.XorMappedAddress, address.IsIPv4 ? 8 : 20, out var value))
            StunAddress.Write(value, _buffer[4..StunMessage.HeaderLength], address);
    }

    public void AddSoftware(scoped ReadOnlySpan<byte> name) => Add(StunAttributeType.Software, name);

    /// <summary>ERROR-CODE (RFC 8489 §14.8).</summary>
    /// <param name="code">300–699.</param>
    /// <param name="reason">UTF-8 words.</param>
    public void AddErrorCode(int code, scoped ReadOnlySpan<byte> reason)
    {
        if (!TryReserve(StunAttributeType.ErrorCode, 4 + reason.Length, out var value)) return;
        value[..2].Clear();
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        reason.CopyTo(value[4..]);
    }

    /// <summary>UNKNOWN-ATTRIBUTES of a 420 (RFC 8489 §14.13).</summary>
    public void AddUnknownAttributes(scoped ReadOnlySpan<ushort> types)
    {
        if (!TryReserve(StunAttributeType.UnknownAttributes, 2 * types.Length, out var value)) return;
        for (var i = 0; i < types.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(value[(2 * i)..], types[i]);
    }

    /// <summary>Any other attribute, value as given.</summary>
    public void Add(ushort type, scoped ReadOnlySpan<byte> value)
    {
        if (TryReserve(type, value.Length, out var destination)) value.CopyTo(destination);
    }

    /// <param name="key">The answering side's password as UTF-8.</param>
    public void AddMessageIntegrity(scoped ReadOnlySpan<byte> key)
    {
        var before = _length;
        if (TryReserve(StunAttributeType.MessageIntegrity, StunIntegrity.IntegrityLength, out var value))
            StunIntegrity.ComputeIntegrity(_buffer[..before], key, value);
    }

    public void AddFingerprint()
    {
        var before = _length;
        if (TryReserve(StunAttributeType.Fingerprint, 4, out var value))
            BinaryPrimitives.WriteUInt32BigEndian(value, StunIntegrity.ComputeFingerprint(_buffer[..before]));
    }

    /// <returns>The message's length in bytes; 0 when the buffer was too small for it.</returns>
    public readonly int Finish() => _overflowed ? 0 : _length;

    private void AddUInt64(ushort type, ulong number)
    {
        if (TryReserve(type, 8, out var value)) BinaryPrimitives.WriteUInt64BigEndian(value, number);
    }

    private bool TryReserve(ushort type, int length, out Span<byte> value)
    {
        value = default;
        var padded = (length + 3) & ~3;
        if (_overflowed || _buffer.Length - _length < 4 + padded)
        {
            _overflowed = true;
            return false;
        }

        var attribute = _buffer.Slice(_length, 4 + padded);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)length);
        attribute[(4 + length)..].Clear();
        value = attribute.Slice(4, length);
        _length += attribute.Length;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(_length - StunMessage.HeaderLength));
        return true;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Stun;

/// <summary>A read-only view over one STUN message; copies nothing, and is valid only while the datagram is.</summary>
/// <remarks>
/// Layout: RFC 8489 §5. Of an attribute that comes twice the first counts (§14); what follows MESSAGE-INTEGRITY is ignored,
/// FINGERPRINT excepted (§14.5), so that nothing unauthenticated can look authenticated.
/// Parsing proves nothing about the sender: ask <see cref="HasValidIntegrity"/>.
/// </remarks>
public readonly ref struct StunMessage
{
    public const int HeaderLength = 20; // bytes
    public const uint MagicCookie = 0x2112A442;

    /// <summary>Longer ones are refused: nothing that ICE sends comes near the 1,500 bytes of a datagram.</summary>
    public const int MaxLength = 2_048;

    private readonly ReadOnlySpan<byte> _datagram;
    private readonly StunAttributeTable _table;

    private StunMessage(ReadOnlySpan<byte> datagram, scoped in StunAttributeTable table)
    {
        _datagram = datagram;
        _table = table;
    }

    public StunMethod Method
    {
        get
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(_datagram);
            return (StunMethod)((type & 0x000F) | ((type & 0x00E0) >> 1) | ((type & 0x3E00) >> 2));
        }
    }

    public StunClass Class
    {
        get
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(_datagram);
            return (StunClass)(((type >> 4) & 1) | ((type >> 7) & 2));
        }
    }

    /// <summary>12 bytes.</summary>
    public ReadOnlySpan<byte> TransactionId => _datagram.Slice(8, StunTransactionId.Length);

    /// <summary>UTF-8 of at most 508 bytes; in ICE "receiver's ufrag:sender's ufrag". Empty when absent.</summary>
    public ReadOnlySpan<byte> Username => Value(_table.Username);

    public bool HasUseCandidate => _table.UseCandidate.IsPresent;

    /// <summary>The priority that a peer-reflexive candidate learnt from this check would have (RFC 8445 §7.1.1).</summary>
    public uint? Priority => _table.Priority.IsPresent ? BinaryPrimitives.ReadUInt32BigEndian(Value(_table.Priority)) : null;

    /// <summary>The sender's tie-breaker when it believes itself controlling.</summary>
    public ulong? IceControlling
        => _table.IceControlling.IsPresent ? BinaryPrimitives.ReadUInt64BigEndian(Value(_table.IceControlling)) : null;

    /// <summary>The sender's tie-breaker when it believes itself controlled.</summary>
    public ulong? IceControlled
        => _table.IceControlled.IsPresent ? BinaryPrimitives.ReadUInt64BigEndian(Value(_table.IceControlled)) : null;

    /// <summary>300–699, or null when absent.</summary>
    public int? ErrorCode => _table.ErrorCode.IsPresent ? Value(_table.ErrorCode)[2] * 100 + Value(_table.ErrorCode)[3] : null;

    /// <summary>UTF-8 words beside <see cref="ErrorCode"/>; empty when absent.</summary>
    public ReadOnlySpan<byte> ErrorReason => _table.ErrorCode.IsPresent ? Value(_table.ErrorCode)[4..] : default;

    /// <summary>UTF-8 name of the sender's program; empty when absent.</summary>
    public ReadOnlySpan<byte> Software => Value(_table.Software);

    /// <summary>XOR-MAPPED-ADDRESS or, from old servers, MAPPED-ADDRESS; as UDP, for the message doesn't say.</summary>
    public TransportAddress? MappedAddress
    {
        get
        {
            Span<byte> zeros = stackalloc byte[16];
            if (_table.XorMappedAddress.IsPresent)
                return StunAddress.TryRead(Value(_table.XorMappedAddress), _datagram[4..HeaderLength], out var xored) ? xored : null;
            zeros.Clear();
            return _table.MappedAddress.IsPresent && StunAddress.TryRead(Value(_table.MappedAddress), zeros, out var plain) ? plain : null;
        }
    }

    public bool HasIntegrity => _table.Integrity.IsPresent;

    public bool HasFingerprint => _table.Fingerprint.IsPresent;

    /// <summary>How many attributes nobody here knows though the sender demands it (types below 0x8000).</summary>
    public int UnknownRequiredCount => _table.UnknownCount;

    /// <summary>Copies the types of those attributes; at most <see cref="StunAttributeTable.MaxUnknown"/> are kept.</summary>
    public int CopyUnknownRequired(Span<ushort> types)
    {
        var count = Math.Min(types.Length, Math.Min(_table.UnknownCount, StunAttributeTable.MaxUnknown));
        for (var i = 0; i < count; i++) types[i] = _table.Unknown[i];
        return count;
    }

    /// <summary>True for what RFC 7983 §7 sends to STUN: first byte 0–3, and the magic cookie where it belongs.</summary>
    public static bool LooksLikeStun(ReadOnlySpan<byte> datagram)
        => datagram.Length >= HeaderLength && datagram[0] <= 3 && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == MagicCookie;

    /// <summary>Reads a message from untrusted bytes. Never throws, never allocates.</summary>
    public static StunParseError TryParse(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length < HeaderLength) return StunParseError.Truncated;
        if (!LooksLikeStun(datagram)) return StunParseError.NotStun;
        if (datagram.Length > MaxLength) return StunParseError.TooLong;
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (length % 4 != 0 || length != datagram.Length - HeaderLength) return StunParseError.WrongLength;

        var table = default(StunAttributeTable);
        var error = table.Read(datagram);
        if (error == StunParseError.None) message = new StunMessage(datagram, table);
        return error;
    }

    /// <summary>Whether MESSAGE-INTEGRITY is there and was made with this key; compared in constant time.</summary>
    /// <param name="key">ICE's short-term credential (RFC 8489 §9.1): the password of whoever answers, as UTF-8.</param>
    public bool HasValidIntegrity(ReadOnlySpan<byte> key)
    {
        if (!_table.Integrity.IsPresent) return false;
        Span<byte> expected = stackalloc byte[StunIntegrity.IntegrityLength];
        StunIntegrity.ComputeIntegrity(_datagram[..(_table.Integrity.Start - 4)], key, expected);
        return CryptographicOperations.FixedTimeEquals(expected, Value(_table.Integrity));
    }

    /// <summary>Whether FINGERPRINT is there and right. It tells STUN from other traffic; it authenticates nobody.</summary>
    public bool HasValidFingerprint()
        => _table.Fingerprint.IsPresent
            && StunIntegrity.ComputeFingerprint(_datagram[..(_table.Fingerprint.Start - 4)])
                == BinaryPrimitives.ReadUInt32BigEndian(Value(_table.Fingerprint));

    private ReadOnlySpan<byte> Value(StunAttributeRange range) => _datagram.Slice(range.Start, range.Length);
}

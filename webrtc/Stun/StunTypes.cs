namespace AV1Relay.WebRtc.Stun;

/// <summary>The two class bits of the message type (RFC 8489 §5).</summary>
public enum StunClass : byte
{
    Request = 0,
    Indication = 1,
    SuccessResponse = 2,
    ErrorResponse = 3,
}

/// <summary>The twelve method bits. Binding is the only one that ICE uses; others parse, and their receivers ignore them.</summary>
public enum StunMethod : ushort
{
    Binding = 1,
}

/// <summary>Why a datagram is not a STUN message.</summary>
public enum StunParseError : byte
{
    None,

    /// <summary>Shorter than the 20-byte header, or than an attribute says.</summary>
    Truncated,

    /// <summary>The two leading bits or the magic cookie are wrong.</summary>
    NotStun,

    /// <summary>The length field is no multiple of four, or is not the datagram's.</summary>
    WrongLength,

    /// <summary>Longer than <see cref="StunMessage.MaxLength"/>.</summary>
    TooLong,

    /// <summary>A known attribute whose value has an impossible length or content.</summary>
    MalformedAttribute,

    /// <summary>Something follows FINGERPRINT, which must be last (RFC 8489 §14.7).</summary>
    AttributeAfterFingerprint,
}

/// <summary>Attribute numbers of RFC 8489 §18.3 and RFC 8445 §16.1.</summary>
public static class StunAttributeType
{
    public const ushort MappedAddress = 0x0001;
    public const ushort Username = 0x0006;
    public const ushort MessageIntegrity = 0x0008;
    public const ushort ErrorCode = 0x0009;
    public const ushort UnknownAttributes = 0x000A;
    public const ushort XorMappedAddress = 0x0020;
    public const ushort Priority = 0x0024;
    public const ushort UseCandidate = 0x0025;
    public const ushort Software = 0x8022;
    public const ushort Fingerprint = 0x8028;
    public const ushort IceControlled = 0x8029;
    public const ushort IceControlling = 0x802A;

    /// <summary>Attributes below 0x8000 must be understood, or the message is refused (RFC 8489 §14).</summary>
    public static bool IsComprehensionRequired(ushort type) => type < 0x8000;
}

/// <summary>Error codes that ICE uses (RFC 8489 §14.8, RFC 8445 §7.3.1.1).</summary>
public static class StunErrorCode
{
    public const int BadRequest = 400;
    public const int Unauthenticated = 401;
    public const int UnknownAttribute = 420;
    public const int RoleConflict = 487;
}

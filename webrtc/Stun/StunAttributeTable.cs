using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace AV1Relay.WebRtc.Stun;

/// <summary>Where an attribute's value lies in the datagram. Start is never 0 for one that is there.</summary>
internal readonly record struct StunAttributeRange(ushort Start, ushort Length)
{
    public bool IsPresent => Start != 0;
}

/// <summary>The places of the attributes that matter to ICE, found in one pass over the message (RFC 8489 §14).</summary>
internal struct StunAttributeTable
{
    public const int MaxUnknown = 8;

    public StunAttributeRange Username, MappedAddress, XorMappedAddress, Priority, UseCandidate, IceControlling, IceControlled,
        ErrorCode, Software, Integrity, Fingerprint;

    public int UnknownCount;
    public UnknownTypes Unknown;

    /// <param name="datagram">A whole message, whose header has been checked.</param>
    public StunParseError Read(ReadOnlySpan<byte> datagram)
    {
        var position = StunMessage.HeaderLength;
        while (position < datagram.Length)
        {
            if (Fingerprint.IsPresent) return StunParseError.AttributeAfterFingerprint;
            if (datagram.Length - position < 4) return StunParseError.Truncated;
            var type = BinaryPrimitives.ReadUInt16BigEndian(datagram[position..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(position + 2)..]);
            var padded = (length + 3) & ~3;
            if (datagram.Length - position - 4 < padded) return StunParseError.Truncated;
            var value = datagram.Slice(position + 4, length);
            if ((!Integrity.IsPresent || type == StunAttributeType.Fingerprint)
                && !Note(type, new StunAttributeRange((ushort)(position + 4), (ushort)length), value))
                return StunParseError.MalformedAttribute;
            position += 4 + padded;
        }

        return StunParseError.None;
    }

    /// <returns>False when the value cannot be what its type says.</returns>
    private bool Note(ushort type, StunAttributeRange range, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case StunAttributeType.Username: return value.Length is > 0 and <= 508 && First(ref Username, range);
            case StunAttributeType.MappedAddress: return value.Length is 8 or 20 && First(ref MappedAddress, range);
            case StunAttributeType.XorMappedAddress: return value.Length is 8 or 20 && First(ref XorMappedAddress, range);
            case StunAttributeType.Priority: return value.Length == 4 && First(ref Priority, range);
            case StunAttributeType.UseCandidate: return First(ref UseCandidate, range); // a flag: some senders fill it
            case StunAttributeType.IceControlling: return value.Length == 8 && First(ref IceControlling, range);
            case StunAttributeType.IceControlled: return value.Length == 8 && First(ref IceControlled, range);
            case StunAttributeType.ErrorCode:
                return value.Length >= 4 && value[2] is >= 3 and <= 6 && value[3] <= 99 && First(ref ErrorCode, range);
            case StunAttributeType.UnknownAttributes: return value.Length % 2 == 0;
            case StunAttributeType.Software: return First(ref Software, range);
            case StunAttributeType.MessageIntegrity: return value.Length == StunIntegrity.IntegrityLength && First(ref Integrity, range);
            case StunAttributeType.Fingerprint: return value.Length == 4 && First(ref Fingerprint, range);
            default:
                if (!StunAttributeType.IsComprehensionRequired(type)) return true;
                if (UnknownCount < MaxUnknown) Unknown[UnknownCount] = type;
                UnknownCount++;
                return true;
        }
    }

    private static bool First(ref StunAttributeRange slot, StunAttributeRange range)
    {
        if (!slot.IsPresent) slot = range;
        return true;
    }

    [InlineArray(MaxUnknown)]
    internal struct UnknownTypes
    {
        private ushort _first;
    }
}

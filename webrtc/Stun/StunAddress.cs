using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Stun;

/// <summary>The value of (XOR-)MAPPED-ADDRESS (RFC 8489 §14.1, §14.2).</summary>
internal static class StunAddress
{
    public const int MaxLength = 20; // family, port and 16 bytes of IPv6

    private const byte IPv4Family = 1;
    private const byte IPv6Family = 2;

    /// <param name="mask">The header from its magic cookie on (16 bytes), or 16 zeros for the plain attribute.</param>
    public static bool TryRead(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask, out TransportAddress address)
    {
        address = default;
        if (value.Length < 4) return false;
        var port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ BinaryPrimitives.ReadUInt16BigEndian(mask));
        switch (value[1])
        {
            case IPv4Family when value.Length == 8:
                address = TransportAddress.FromIPv4(
                    BinaryPrimitives.ReadUInt32BigEndian(value[4..]) ^ BinaryPrimitives.ReadUInt32BigEndian(mask), port);
                return true;
            case IPv6Family when value.Length == 20:
                address = new(BinaryPrimitives.ReadUInt128BigEndian(value[4..]) ^ BinaryPrimitives.ReadUInt128BigEndian(mask), port);
                return true;
            default:
                return false;
        }
    }

    /// <returns>Bytes written: 8 or 20.</returns>
    public static int Write(Span<byte> value, ReadOnlySpan<byte> mask, TransportAddress address)
    {
        value[0] = 0;
        value[1] = address.IsIPv4 ? IPv4Family : IPv6Family;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ BinaryPrimitives.ReadUInt16BigEndian(mask)));
        if (address.IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value[4..], address.IPv4 ^ BinaryPrimitives.ReadUInt32BigEndian(mask));
            return 8;
        }

        BinaryPrimitives.WriteUInt128BigEndian(value[4..], address.Address ^ BinaryPrimitives.ReadUInt128BigEndian(mask));
        return 20;
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Stun;

/// <summary>MESSAGE-INTEGRITY and FINGERPRINT, the two values that a STUN message carries about itself.</summary>
internal static class StunIntegrity
{
    public const int IntegrityLength = 20; // bytes of HMAC-SHA1
    private const uint FingerprintMask = 0x5354554E; // RFC 8489 §14.7

    private static readonly uint[] CrcTable = BuildCrcTable();

    /// <summary>HMAC-SHA1 over the message up to the attribute, with the length field saying that the message ends after it (RFC 8489 §14.5).</summary>
    /// <param name="upToAttribute">Header and attributes before MESSAGE-INTEGRITY; at most <see cref="StunMessage.MaxLength"/> bytes.</param>
    [SuppressMessage("Security", "CA5350", Justification = "ICE fixes HMAC-SHA1 (RFC 8445 §7.2.2, RFC 8489 §14.5).")]
    public static void ComputeIntegrity(ReadOnlySpan<byte> upToAttribute, ReadOnlySpan<byte> key, Span<byte> hash)
    {
        Span<byte> patched = stackalloc byte[StunMessage.MaxLength];
        patched = patched[..upToAttribute.Length];
        upToAttribute.CopyTo(patched);
        BinaryPrimitives.WriteUInt16BigEndian(patched[2..], (ushort)(upToAttribute.Length - StunMessage.HeaderLength + 4 + IntegrityLength));
        HMACSHA1.HashData(key, patched, hash);
    }

    /// <param name="upToAttribute">Header and attributes before FINGERPRINT, the length field already counting it.</param>
    public static uint ComputeFingerprint(ReadOnlySpan<byte> upToAttribute)
    {
        var crc = uint.MaxValue;
        foreach (var octet in upToAttribute) crc = CrcTable[(byte)(crc ^ octet)] ^ (crc >> 8);
        return ~crc ^ FingerprintMask;
    }

    // CRC-32 of ITU V.42: reflected polynomial 0xEDB88320.
    private static uint[] BuildCrcTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[i] = value;
        }

        return table;
    }
}

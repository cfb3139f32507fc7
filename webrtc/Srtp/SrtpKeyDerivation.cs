using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>Turns a master key and salt into session keys (RFC 3711 §4.3, with AES in counter mode; key derivation rate 0).</summary>
internal static class SrtpKeyDerivation
{
    public const byte RtpEncryption = 0;
    public const byte RtpAuthentication = 1;
    public const byte RtpSalt = 2;
    public const byte RtcpEncryption = 3;
    public const byte RtcpAuthentication = 4;
    public const byte RtcpSalt = 5;

    private const int BlockLength = 16;
    private const int LabelPosition = 7; // 48 bits of index lie below the label in the 112-bit value

    /// <param name="masterKey">16 bytes.</param>
    /// <param name="masterSalt">14 bytes, or the 12 of AEAD profiles, which count as followed by zeros (RFC 7714 §11).</param>
    /// <param name="label">One of the constants above.</param>
    /// <param name="derived">Filled.</param>
    public static void Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte label, Span<byte> derived)
    {
        Span<byte> counter = stackalloc byte[BlockLength];
        Span<byte> block = stackalloc byte[BlockLength];
        counter.Clear();
        masterSalt.CopyTo(counter);
        counter[LabelPosition] ^= label;

        using var aes = Aes.Create();
        aes.SetKey(masterKey);
        while (!derived.IsEmpty)
        {
            aes.EncryptEcb(counter, block, PaddingMode.None);
            var length = Math.Min(BlockLength, derived.Length);
            block[..length].CopyTo(derived);
            derived = derived[length..];
            counter[^1]++; // 60 bytes at most: the counter never leaves its last byte
        }

        CryptographicOperations.ZeroMemory(block);
    }
}

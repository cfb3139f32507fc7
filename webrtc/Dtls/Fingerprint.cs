using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AV1Relay.WebRtc.Dtls;

/// <summary>The hash of a certificate as SDP carries it in <c>a=fingerprint</c> (RFC 8122 §5).</summary>
/// <remarks>Only SHA-256, SHA-384 and SHA-512: a collision in an older hash would let a stranger's certificate pass.</remarks>
/// <param name="Algorithm">Lower case, as registered: "sha-256".</param>
/// <param name="Value">32, 48 or 64 bytes.</param>
public sealed record Fingerprint(string Algorithm, ImmutableArray<byte> Value)
{
    private const int LongestText = 8 + 64 * 3;

    /// <summary>Reads "sha-256 AB:CD:…", the text after <c>a=fingerprint:</c>. False for other hashes and wrong lengths.</summary>
    public static bool TryParse(string? sdpValue, [NotNullWhen(true)] out Fingerprint? fingerprint)
    {
        fingerprint = null;
        if (sdpValue is null || sdpValue.Length > LongestText) return false;

        var text = sdpValue.AsSpan();
        var space = text.IndexOf(' ');
        if (space <= 0 || HashOf(text[..space]) is not var (algorithm, length)) return false;

        var hex = text[(space + 1)..];
        if (hex.Length != length * 3 - 1) return false;

        var value = new byte[length];
        for (var i = 0; i < length; i++)
        {
            if (i > 0 && hex[i * 3 - 1] != ':') return false;
            var high = HexDigit(hex[i * 3]);
            var low = HexDigit(hex[i * 3 + 1]);
            if (high < 0 || low < 0) return false;
            value[i] = (byte)(high << 4 | low);
        }

        fingerprint = new Fingerprint(algorithm, ImmutableCollectionsMarshal.AsImmutableArray(value));
        return true;
    }

    /// <summary>SHA-256 of a certificate's DER form.</summary>
    public static Fingerprint OfCertificate(ReadOnlySpan<byte> der) => new("sha-256", ImmutableArray.Create(SHA256.HashData(der)));

    /// <summary>Whether this is the fingerprint of that certificate, by this fingerprint's own algorithm, in constant time.</summary>
    public bool IsOf(ReadOnlySpan<byte> der)
    {
        Span<byte> hash = stackalloc byte[64];
        var length = Algorithm switch
        {
            "sha-256" => SHA256.HashData(der, hash),
            "sha-384" => SHA384.HashData(der, hash),
            "sha-512" => SHA512.HashData(der, hash),
            _ => 0,
        };
        return length > 0 && CryptographicOperations.FixedTimeEquals(hash[..length], Value.AsSpan());
    }

    /// <summary>Same algorithm and same hash; the hashes are compared in constant time.</summary>
    public bool Equals(Fingerprint? other)
        => other is not null
        && string.Equals(Algorithm, other.Algorithm, StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(Value.AsSpan(), other.Value.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Algorithm, StringComparer.Ordinal);
        hash.AddBytes(Value.AsSpan());
        return hash.ToHashCode();
    }

    /// <summary>As SDP writes it: "sha-256 AB:CD:…".</summary>
    public override string ToString()
        => Algorithm + " " + string.Join(':', Value.Select(octet => octet.ToString("X2", CultureInfo.InvariantCulture)));

    private static (string Algorithm, int Length)? HashOf(ReadOnlySpan<char> name)
    {
        if (name.Equals("sha-256", StringComparison.OrdinalIgnoreCase)) return ("sha-256", 32);
        if (name.Equals("sha-384", StringComparison.OrdinalIgnoreCase)) return ("sha-384", 48);
        if (name.Equals("sha-512", StringComparison.OrdinalIgnoreCase)) return ("sha-512", 64);
        return null;
    }

    private static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace AV1Relay.Tests.Rig;

/// <summary>A phone's authenticator app: six digits every 30 s (RFC 6238, with the HMAC-SHA-1 of RFC 4226 that such apps use).</summary>
public static class Authenticator
{
    private const int StepSeconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, section 6

    /// <param name="secret">In base32; blanks don't count.</param>
    public static string CodeAt(string secret, DateTimeOffset now)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / StepSeconds);
#pragma warning disable CA5350 // what the apps compute
        var hash = HMACSHA1.HashData(Decode(secret), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string text)
    {
        var (bits, held, bytes) = (0, 0, new List<byte>());
        foreach (var value in text.Where(character => character != ' ').Select(character => Alphabet.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal)))
        {
            (bits, held) = ((bits << 5) | value, held + 5);
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
            bits &= (1 << held) - 1;
        }

        return [.. bytes];
    }
}

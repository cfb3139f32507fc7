using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AV1Relay.WebRtc.Ice;

/// <summary>The short-term credential of one side of a session (RFC 8445 §5.3, RFC 8839 §5.4).</summary>
/// <param name="UsernameFragment">4–256 ice-chars; public.</param>
/// <param name="Password">22–256 ice-chars; secret, so <see cref="ToString"/> leaves it out.</param>
public sealed record IceCredentials(string UsernameFragment, string Password)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly SearchValues<char> IceChars = SearchValues.Create(Alphabet);

    /// <summary>New random credentials: 48 bits of fragment (it also finds the peer in a table), 144 bits of password.</summary>
    public static IceCredentials Generate()
        => new(RandomNumberGenerator.GetString(Alphabet, 8), RandomNumberGenerator.GetString(Alphabet, 24));

    /// <summary>Whether both parts have the length and the characters of RFC 8839 §5.4.</summary>
    public bool IsWellFormed => IsFragment(UsernameFragment) && IsPassword(Password);

    public override string ToString() => $"{UsernameFragment}:(password)";

    internal byte[] PasswordBytes() => Encoding.ASCII.GetBytes(Password);

    internal static bool IsFragment(ReadOnlySpan<char> text) => text.Length is >= 4 and <= 256 && !text.ContainsAnyExcept(IceChars);

    internal static bool IsPassword(ReadOnlySpan<char> text) => text.Length is >= 22 and <= 256 && !text.ContainsAnyExcept(IceChars);
}

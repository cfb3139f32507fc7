using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using AV1Relay.Domain.Joining;

namespace AV1Relay.Api.Join;

/// <summary>A pupil's one-time code: two words and four digits, <c>amber-otter-1234</c>; 31 bits.</summary>
/// <remarks>Letters and digits count, nothing else: case, blanks and dashes are as the pupil likes.</remarks>
public static class JoinCode
{
    private const int Digits = 4;
    private const int MaxTyped = 60;
    private const int MaxLetters = 24;

    /// <summary>A new code as it is printed.</summary>
    public static string Generate()
    {
        var first = JoinWords.All[RandomNumberGenerator.GetInt32(JoinWords.All.Length)];
        var second = JoinWords.All[RandomNumberGenerator.GetInt32(JoinWords.All.Length)];
        return string.Create(CultureInfo.InvariantCulture, $"{first}-{second}-{RandomNumberGenerator.GetInt32(10_000):D4}");
    }

    /// <inheritdoc cref="DrawJoinCode"/>
    public static NewJoinCode Draw()
    {
        var printed = Generate();
        return TryCanonicalise(printed, out var canonical) ? new NewJoinCode(printed, canonical) : throw new InvalidOperationException("What is generated is a code.");
    }

    /// <summary>The one spelling that codes are stored and looked up by: letters in lower case, then digits.</summary>
    /// <returns>False when this can't be a code, whatever codes there are.</returns>
    public static bool TryCanonicalise(string? typed, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        if (typed is null || typed.Length > MaxTyped)
            return false;

        Span<char> kept = stackalloc char[MaxTyped];
        var (length, digits) = (0, 0);
        foreach (var character in typed)
        {
            if (character is ' ' or '-' or '_' or '.' or '+')
                continue;
            if (char.IsAsciiDigit(character))
                digits++;
            else if (!char.IsAsciiLetter(character) || digits > 0) // words come first
                return false;
            kept[length++] = char.ToLowerInvariant(character);
        }

        if (digits != Digits || length - digits is 0 or > MaxLetters)
            return false;
        canonical = new string(kept[..length]);
        return true;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AV1Relay.Protos;

/// <summary>The short-lived, single-use code with which a robot joins its relay: <c>ABCD-EFGHJ-KMNPQ-RSTVW-XYZ01</c>.</summary>
/// <remarks>
/// Crockford base 32: four characters name the code, twenty (100 bits) are its secret. The secret never travels; it keys
/// <see cref="EnrolmentAuthenticator"/> at both ends. See docs/decisions/0007-enrolment.md.
/// </remarks>
/// <param name="Id">Four characters in upper case; not secret.</param>
/// <param name="Secret">Twenty characters in upper case: keep it out of logs.</param>
public sealed record EnrolmentCode(string Id, string Secret)
{
    public const int IdLength = 4;
    public const int SecretLength = 20;
    private const int GroupLength = 5;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static EnrolmentCode Generate()
    {
        var characters = RandomNumberGenerator.GetString(Alphabet, IdLength + SecretLength);
        return new EnrolmentCode(characters[..IdLength], characters[IdLength..]);
    }

    /// <summary>Reads what a person typed: any case, dashes and blanks anywhere, O for 0, I or L for 1.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EnrolmentCode? code)
    {
        code = null;
        if (text is null)
            return false;

        Span<char> characters = stackalloc char[IdLength + SecretLength];
        var count = 0;
        foreach (var typed in text)
        {
            if (typed is '-' or ' ')
                continue;
            var character = char.ToUpperInvariant(typed) switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
            if (count == characters.Length || !Alphabet.Contains(character, StringComparison.Ordinal))
                return false;
            characters[count++] = character;
        }

        if (count != characters.Length)
            return false;
        code = new EnrolmentCode(new string(characters[..IdLength]), new string(characters[IdLength..]));
        return true;
    }

    /// <summary>The whole code as it is printed for a person; secret.</summary>
    public string ToPrinted() =>
        string.Join('-', Secret.Chunk(GroupLength).Select(group => new string(group)).Prepend(Id));

    /// <summary>The id alone, so that a code that lands in a log is no use to anybody.</summary>
    public override string ToString() => $"{Id}-…";
}

using System.Diagnostics.CodeAnalysis;

namespace AV1Relay.Domain.Sessions;

/// <summary>Names a session on the media and control plane; says nothing about who is in it.</summary>
/// <remarks>
/// A scheduled session is a UUID in its usual lower-case form; an ad-hoc one is a word of a technician's choice made of
/// a–z, 0–9 and '-'. The two can't be confused: an ad-hoc id is never a UUID.
/// </remarks>
public sealed record SessionId
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 64;

    private SessionId(string value, bool isAdHoc) => (Value, IsAdHoc) = (value, isAdHoc);

    public string Value { get; }

    public bool IsAdHoc { get; }

    /// <summary>Accepts either kind in its one canonical spelling.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionId? id)
    {
        id = null;
        if (!IsWellFormed(text))
            return false;
        id = new SessionId(text, isAdHoc: !LooksLikeUuid(text));
        return true;
    }

    /// <summary>Accepts only what may name an ad-hoc session; <paramref name="problem"/> says what to do otherwise.</summary>
    public static bool TryParseAdHoc(
        string? text, [NotNullWhen(true)] out SessionId? id, [NotNullWhen(false)] out string? problem)
    {
        id = null;
        problem = null;
        if (!IsWellFormed(text))
            problem = $"A session id has 1 to {MaxLength} characters of a–z, 0–9 and '-'.";
        else if (LooksLikeUuid(text))
            problem = "A UUID names a scheduled session, which is booked, not opened by hand: choose another id.";
        else
            id = new SessionId(text, isAdHoc: true);
        return id is not null;
    }

    public override string ToString() => Value;

    private static bool IsWellFormed([NotNullWhen(true)] string? text)
    {
        if (text is not { Length: >= 1 and <= MaxLength })
            return false;
        foreach (var character in text)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return false;
        }

        return true;
    }

    /// <summary>With or without dashes, since both are read as a UUID by many tools.</summary>
    private static bool LooksLikeUuid(string text) => Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _);
}

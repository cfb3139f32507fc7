namespace AV1Relay.Domain.Refusals;

/// <summary>How long the texts are that people write around a plan: enough for anybody, and little enough to be read as a whole.</summary>
public static class TextLimits
{
    /// <summary>Characters of what somebody said or wrote: two pages.</summary>
    public const int LongestWords = 4_000;

    /// <summary>Characters of a title, or of what is named.</summary>
    public const int LongestName = 200;

    /// <summary>Null where all of them fit.</summary>
    public static Refusal? WhyNot(params IEnumerable<string?> words) => words.Any(text => text?.Length > LongestWords)
        ? new Refusal("text.too-long", FormattableString.Invariant($"A text is longer than {LongestWords} characters."), "Say it in fewer words, or share it out.")
        : null;

    /// <summary>Of one text among several that a form has.</summary>
    /// <param name="code">The refusal's, so that it can stand beside that text.</param>
    /// <param name="what">What the text is, as a sentence begins with it: <c>What the parents say</c>.</param>
    public static Refusal? WhyNotThis(string code, string what, string? text, int longest = LongestWords) => text?.Length > longest
        ? new Refusal(code, FormattableString.Invariant($"{what} is longer than {longest} characters."), "Say it in fewer words, or share it out.")
        : null;

    /// <inheritdoc cref="WhyNot"/>
    public static Refusal? WhyNotName(params IEnumerable<string?> names) => names.Any(name => name?.Length > LongestName)
        ? new Refusal("text.name-too-long", FormattableString.Invariant($"A title or a name is longer than {LongestName} characters."), "Say it in fewer words.")
        : null;

    /// <summary>Null where the reason of a change fits: it stands in the audit, which nobody can shorten afterwards.</summary>
    public static Refusal? WhyNotReason(string? why) => why?.Length > LongestWords
        ? new Refusal(
            "text.reason-too-long", FormattableString.Invariant($"The reason has more than {LongestWords} characters."), "Say in fewer words why.")
        : null;
}

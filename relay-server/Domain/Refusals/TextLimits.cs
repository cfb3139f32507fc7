namespace AV1Relay.Domain.Refusals;

/// <summary>How long the texts are that people write around a plan: enough for anybody, and little enough to be read as a whole.</summary>
public static class TextLimits
{
    /// <summary>Characters of what somebody said or wrote: two pages.</summary>
    public const int LongestWords = 4_000;

    /// <summary>Characters of a title, or of what is named.</summary>
    public const int LongestName = 200;

    /// <summary>Null where all of them fit.</summary>
    public static Refusal? WhyNot(params IEnumerable<string?> words) => Check(LongestWords, words);

    /// <inheritdoc cref="WhyNot"/>
    public static Refusal? WhyNotName(params IEnumerable<string?> names) => Check(LongestName, names);

    private static Refusal? Check(int longest, IEnumerable<string?> texts) => texts.Any(text => text?.Length > longest)
        ? new Refusal("text.too-long", FormattableString.Invariant($"A text is longer than {longest} characters."), "Say it in fewer words, or share it out.")
        : null;
}

namespace AV1Relay.Domain.Referrals;

/// <summary>When the software prompts to think of Section 19.</summary>
/// <remarks>Always true: the number of days is positive.</remarks>
public sealed record PromptSettings
{
    /// <exception cref="ArgumentException">Not one day or more.</exception>
    public PromptSettings(int afterDays = 15)
    {
        if (afterDays < 1) throw new ArgumentException("It prompts after one day or more.", nameof(afterDays));
        AfterDays = afterDays;
    }

    /// <summary>School days missed for a health reason, consecutive or cumulative.</summary>
    public int AfterDays { get; }
}

/// <summary>A suggestion to people, with its reason. It starts nothing and decides nothing (Education Act 1996 s. 19 is for people to apply).</summary>
/// <param name="Consecutive">The days came one after another; otherwise they add up over the year.</param>
/// <param name="Words">What the key adult reads.</param>
public sealed record ReferralPrompt(bool Consecutive, string Words)
{
    /// <returns>Null when there is nothing to prompt about.</returns>
    public static ReferralPrompt? For(MissedDays missed, PromptSettings settings)
    {
        ArgumentNullException.ThrowIfNull(missed);
        ArgumentNullException.ThrowIfNull(settings);
        var consecutive = missed.LongestRunDays >= settings.AfterDays;
        if (!consecutive && missed.CumulativeDays < settings.AfterDays) return null;
        var counted = consecutive
            ? FormattableString.Invariant($"{missed.LongestRunDays:0.#} school days one after another")
            : FormattableString.Invariant($"{missed.CumulativeDays:0.#} school days this year");
        return new ReferralPrompt(
            consecutive,
            $"This pupil has been away for {counted} for a health reason. Talk with the family about what would help, a Section 19 referral among it. You decide.");
    }

    public override string ToString() => nameof(ReferralPrompt);
}

using System.Collections.Immutable;

namespace AV1Relay.Domain.Plans;

/// <summary>What the pupil says to a change of the plan, and which parts of the day they find manageable and motivating.</summary>
/// <remarks>Always true: there are the pupil's own words, or they were asked and chose not to say; never both, never neither.</remarks>
public sealed record PupilsSay
{
    /// <param name="words">The pupil's own, however they gave them; empty when they chose not to say.</param>
    /// <param name="manageable">Parts of the day in the pupil's words; none when they named none.</param>
    /// <param name="motivating">Likewise.</param>
    /// <param name="isConfidential">Left out of what people outside the school read.</param>
    /// <exception cref="ArgumentException">No words though the pupil spoke, words though they did not, or a part of the day without a name.</exception>
    public PupilsSay(string words, ImmutableArray<string> manageable, ImmutableArray<string> motivating, bool choseNotToSay = false, bool isConfidential = false)
    {
        if (string.IsNullOrWhiteSpace(words) != choseNotToSay) throw new ArgumentException("The pupil's words, or that they chose not to say.", nameof(words));
        (Words, ChoseNotToSay, IsConfidential) = (words, choseNotToSay, isConfidential);
        (Manageable, Motivating) = (manageable.IsDefault ? [] : manageable, motivating.IsDefault ? [] : motivating);
        if (Manageable.Concat(Motivating).Any(string.IsNullOrWhiteSpace)) throw new ArgumentException("A part of the day has a name.", nameof(manageable));
    }

    public string Words { get; }

    public ImmutableArray<string> Manageable { get; }

    public ImmutableArray<string> Motivating { get; }

    /// <summary>They were asked. Saying nothing is a choice too, and nobody decides it for them.</summary>
    public bool ChoseNotToSay { get; }

    public bool IsConfidential { get; init; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(PupilsSay);
}

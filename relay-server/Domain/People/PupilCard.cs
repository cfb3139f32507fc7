using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.People;

/// <summary>Who a pupil is: the one place where an id meets a name. Kept apart from everything else, with the plan's readers only.</summary>
/// <remarks>As little as the work needs: no full name, address, pupil number or photograph.</remarks>
/// <param name="Id">The pupil; all that this prints.</param>
/// <param name="PreferredName">What the pupil wants to be called.</param>
/// <param name="DateOfBirth">For compulsory school age and retention.</param>
/// <param name="KeyFacts">In the order in which they are to be read.</param>
public sealed record PupilCard(PupilId Id, PersonalText PreferredName, LocalDate DateOfBirth, ImmutableArray<KeyFact> KeyFacts)
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>Of one fact: a sentence or two.</summary>
    public const int LongestFact = 400;

    /// <summary>More of them nobody reads before a lesson.</summary>
    public const int MostFacts = 30;

    private const int OldestYears = 26; // an EHC plan may go on until 25 (Children and Families Act 2014, section 46)

    /// <summary>A card as somebody enters it, or changes it under the same id.</summary>
    /// <param name="today">The school's day.</param>
    public static Outcome<PupilCard> Enter(PupilId id, string? name, LocalDate dateOfBirth, ImmutableArray<KeyFact> facts, LocalDate today)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(name)) refusals.Add(new("pupil.name-missing", "The pupil has no name yet.", "Enter what the pupil wants to be called."));
        if (name?.Length > LongestName) refusals.Add(new("pupil.name-too-long", "The name is longer than it can be.", "Enter it shorter: the first name is enough."));
        if (dateOfBirth >= today || dateOfBirth < today.PlusYears(-OldestYears))
            refusals.Add(new("pupil.born-when", "That is not the date of birth of a pupil.", "Look at day, month and year again."));
        if (facts.Length > MostFacts || facts.Any(fact => fact.Words.Text.Length > LongestFact))
            refusals.Add(new("pupil.facts-too-long", $"There are more than {MostFacts} facts, or one is too long.", "Keep what everybody needs to know; the rest belongs into the plan."));
        return refusals.Count > 0 ? Outcome.Refused<PupilCard>(refusals) : new PupilCard(id, new PersonalText(name!), dateOfBirth, facts); // it was asked for
    }

    public ImmutableArray<KeyFact> KeyFacts { get; init; } = KeyFacts.IsDefault ? [] : KeyFacts;

    /// <summary>The card as those see it who are not shown confidential parts.</summary>
    public PupilCard WithoutConfidentialParts() => this with { KeyFacts = [.. KeyFacts.Where(fact => !fact.IsConfidential)] };

    public override string ToString() => $"pupil {Id}";
}

using System.Collections.Immutable;
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
    public ImmutableArray<KeyFact> KeyFacts { get; init; } = KeyFacts.IsDefault ? [] : KeyFacts;

    /// <summary>The card as those see it who are not shown confidential parts.</summary>
    public PupilCard WithoutConfidentialParts() => this with { KeyFacts = [.. KeyFacts.Where(fact => !fact.IsConfidential)] };

    public override string ToString() => $"pupil {Id}";
}

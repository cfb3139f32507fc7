using System.Collections.Frozen;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;

namespace AV1Relay.Application.People;

/// <summary>What the adults are called who are named in something that somebody may read.</summary>
/// <param name="Of">By person; those without a card are not in it.</param>
public sealed record PeopleNamed(FrozenDictionary<PersonId, PersonalText> Of)
{
    public string this[PersonId who] => Of.TryGetValue(who, out var name) ? name.Text : "Somebody";

    internal static async Task<PeopleNamed> FindAsync(IWork work, IEnumerable<PersonId> people, CancellationToken cancellationToken) =>
        new((await work.PersonCards.FindAllAsync([.. people.Distinct()], cancellationToken))
            .ToFrozenDictionary(kept => kept.Value.Id, kept => kept.Value.PreferredName));

    public override string ToString() => nameof(PeopleNamed);
}

using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.People;

/// <summary>Looks up who belongs to a school, and enters who is new.</summary>
internal static class PeopleOfSchool
{
    /// <summary>The same whether they are at another school or nowhere.</summary>
    public static Refusal UnknownHere { get; } = new(
        "people.unknown-here", "This person is not entered at this school.", "Choose somebody from the list, or enter somebody new.");

    /// <param name="ofInterest">Which roles; people without any are left out.</param>
    public static async Task<ImmutableArray<KnownPerson>> KnownAsync(
        this IWork work, SchoolId school, Func<HeldRole, bool> ofInterest, Instant now, CancellationToken cancellationToken)
    {
        var roles = (await work.Assignments.OfSchoolAsync(school, cancellationToken))
            .Where(kept => kept.Value.Scope is not AccessScope.RoomOnDay).Select(kept => Held(kept, now)).Where(ofInterest)
            .ToLookup(held => held.Role.Who);
        var names = (await work.PersonCards.FindAllAsync([.. roles.Select(ofPerson => ofPerson.Key)], cancellationToken))
            .ToDictionary(kept => kept.Value.Id, kept => kept.Value.PreferredName);
        return
        [
            .. roles.Select(ofPerson => new KnownPerson(ofPerson.Key, names.GetValueOrDefault(ofPerson.Key), [.. ofPerson]))
                .OrderBy(person => person.Name is null).ThenBy(person => person.Name?.Text, StringComparer.OrdinalIgnoreCase).ThenBy(person => person.Who.Value),
        ];
    }

    public static HeldRole Held(Kept<Assignment> kept, Instant now) => new(kept.Value, kept.Version, kept.Value.StandingAt(now));

    /// <summary>By a role at the school or at a plan of it, or as a parent of somebody who is there today.</summary>
    public static async Task<bool> IsKnownAtAsync(this IWork work, PersonId who, SchoolId school, LocalDate today, CancellationToken cancellationToken)
    {
        if ((await work.Assignments.OfPersonAsync(who, cancellationToken)).Any(role => SchoolOf(role.Scope) == school)) return true;
        foreach (var (parenthood, _, _, _) in await work.Parenthoods.OfParentAsync(who, cancellationToken))
        {
            if (parenthood.HoldsOn(today) && await work.IsAtAsync(parenthood.Pupil, school, today, cancellationToken)) return true;
        }

        return false;
    }

    /// <summary>Enters somebody new, or makes sure that they are known here.</summary>
    /// <returns>Empty: they are there.</returns>
    public static async Task<IReadOnlyList<Refusal>> EnterOrFindAsync(
        this IWork work, PersonId who, NewPerson? typed, SchoolId school, LocalDate today, CancellationToken cancellationToken)
    {
        if (typed is null) return await work.IsKnownAtAsync(who, school, today, cancellationToken) ? [] : [UnknownHere];
        if (await work.PersonCards.FindAsync(who, cancellationToken) is not null) return [RecordRefusals.ChangedMeanwhile];
        if (!PersonCard.Enter(who, typed.Name, typed.Phone, typed.Email).TryGet(out var card, out var refusals)) return refusals;
        work.PersonCards.Add(card);
        return [];
    }

    public static SchoolId? SchoolOf(AccessScope scope) => scope switch
    {
        AccessScope.OneSchool(var school) => school,
        AccessScope.OnePlan(var school, _) => school,
        AccessScope.RoomOnDay(var school, _, _) => school,
        _ => null,
    };
}

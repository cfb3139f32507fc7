using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>Who works at a school, and what they are called.</summary>
internal static class SchoolStaff
{
    public static Refusal NotHere { get; } = new(
        "plan.person-not-at-school", "The key adult or the lead does not work at this school.", "Choose somebody of the list, or ask for them to be given a role first.");

    /// <summary>Adults who look after pupils there today: not parents, people from outside, or technicians.</summary>
    public static async Task<FrozenSet<PersonId>> StaffOfAsync(this IWork work, SchoolId school, Instant now, CancellationToken cancellationToken) =>
        (await work.Assignments.OfSchoolAsync(school, cancellationToken)).Select(kept => kept.Value)
            .Where(assignment => assignment.StandingAt(now) == AssignmentStanding.InForce && assignment.Scope is not AccessScope.RoomOnDay)
            .Where(assignment => assignment.Role is Role.Sendco or Role.KeyAdult or Role.Teacher or Role.EducationalPsychologist)
            .Select(assignment => assignment.Who).ToFrozenSet();

    /// <summary>Those who have a card, by name.</summary>
    public static async Task<ImmutableArray<PersonChoice>> PeopleAsync(
        this IWork work, IReadOnlyCollection<PersonId> who, CancellationToken cancellationToken) =>
    [
        .. (await work.PersonCards.FindAllAsync([.. who.Distinct()], cancellationToken))
            .Select(card => new PersonChoice(card.Value.Id, card.Value.PreferredName))
            .OrderBy(person => person.Name.Text, StringComparer.OrdinalIgnoreCase),
    ];
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.People;

/// <summary>Who somebody is, where they work, and the names behind the ids that they may see.</summary>
public sealed class StaffPeople
{
    /// <summary>So many schools are listed at once, at most.</summary>
    public const int MostSchools = 500;

    private readonly Desk _desk;

    internal StaffPeople(Desk desk) => _desk = desk;

    /// <summary>What every signed-in person may know: their own roles, and the schools in which they hold today.</summary>
    public async Task<MyPlaces> MineAsync(Caller caller, CancellationToken cancellationToken) =>
        await _desk.PeekAsync<MyPlaces>(
            caller,
            async work =>
            {
                var all = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                var mine = all.Where(assignment => assignment.StandingAt(_desk.Now) == AssignmentStanding.InForce).ToList();
                var roles = mine.ToLookup(assignment => PeopleOfSchool.SchoolOf(assignment.Scope), assignment => assignment.Role);
                var children = mine.Where(assignment => assignment.Role == Role.Parent).Select(assignment => assignment.Scope).OfType<AccessScope.OnePlan>()
                    .ToLookup(scope => scope.School, scope => scope.Plan);
                var schools = (await work.Schools.AllAsync(cancellationToken)).Select(kept => kept.Value)
                    .Where(school => roles.Contains(school.Id) || roles.Contains(null)).Take(MostSchools)
                    .Select(school => new MyPlace(school.Id, school.Name, [.. roles[school.Id].Concat(roles[null]).Distinct()], [.. children[school.Id]]));
                var card = await work.PersonCards.FindAsync(caller.Who, cancellationToken);
                return new MyPlaces(card?.Value.PreferredName, [.. schools], AccessPolicy.WhyNoneNow(all, _desk.Now));
            },
            cancellationToken) ?? new MyPlaces(null, [], null);

    /// <summary>What the pupils of some plans are called; those that this person may not see are not in it.</summary>
    public async Task<Outcome<PupilNames>> NamesAsync(
        Caller caller, SchoolId school, IReadOnlyCollection<(PlanId Plan, PupilId Pupil)> of, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookThroughAsync<PupilCard>(
            caller, Operation.ReadPupilCard, AccessSubject.OfPlan(school, default), $"pupils of school {school}",
            async work =>
            {
                List<Asked<PupilCard>> cards = [];
                foreach (var (plan, pupil) in of.Distinct())
                {
                    if (await work.Plans.FindAsync(plan, cancellationToken) is { Value: var kept } && kept.School == school && kept.Pupil == pupil
                        && await work.PupilCards.FindAsync(pupil, cancellationToken) is { } card)
                        cards.Add(new Asked<PupilCard>(card.Value, AccessSubject.OfPlan(school, plan), $"pupil {pupil}"));
                }

                return cards;
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? new PupilNames(shown.Select(card => card.Value).DistinctBy(card => card.Id).ToFrozenDictionary(card => card.Id, card => card.PreferredName))
            : Outcome.Refused<PupilNames>(refusals);
    }

    /// <summary>Who looks after a plan's pupil, and their number.</summary>
    public async Task<Outcome<PersonCard>> KeyAdultAsync(Caller caller, PlanId plan, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadKeyAdultCard,
            async work => await work.Plans.FindAsync(plan, cancellationToken) is { Value: var kept }
                && await work.PersonCards.FindAsync(kept.KeyAdult, cancellationToken) is { } card
                    ? new Asked<PersonCard>(card.Value, AccessSubject.OfPlan(kept.School, plan), $"plan {plan}")
                    : null,
            cancellationToken);
        // The number is for calling them; the address is what they sign in with, and nobody else's business.
        return looked.TryGet(out var shown, out var refusals) ? shown.Value with { Email = null } : Outcome.Refused<PersonCard>(refusals);
    }
}

/// <param name="Name">What the person wants to be called; null where no card says.</param>
/// <param name="Schools">By name.</param>
/// <param name="WhyNone">Of somebody whose roles have all ended or not begun; null of everybody else.</param>
public sealed record MyPlaces(PersonalText? Name, ImmutableArray<MyPlace> Schools, Refusal? WhyNone)
{
    public override string ToString() => nameof(MyPlaces);
}

/// <param name="Roles">This person's, with those for the whole authority.</param>
/// <param name="AsParent">Plans of their own children.</param>
public sealed record MyPlace(SchoolId School, string Name, ImmutableArray<Role> Roles, ImmutableArray<PlanId> AsParent)
{
    /// <summary>Whether some role of theirs here is meant for it: what is not is not offered. Whether they may is asked each time.</summary>
    public bool IsFor(Operation operation) => AccessTable.Find(operation)?.Rights.Any(right => Roles.Contains(right.Role)) is true;
}

/// <param name="Of">By pupil.</param>
public sealed record PupilNames(FrozenDictionary<PupilId, PersonalText> Of)
{
    public static PupilNames Nobody { get; } = new(FrozenDictionary<PupilId, PersonalText>.Empty);

    public override string ToString() => nameof(PupilNames);
}

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
                var mine = (await work.Assignments.OfPersonAsync(caller.Who, cancellationToken))
                    .Where(assignment => assignment.StandingAt(_desk.Now) == AssignmentStanding.InForce).ToList();
                var roles = mine.ToLookup(assignment => SchoolOf(assignment.Scope), assignment => assignment.Role);
                var schools = (await work.Schools.AllAsync(cancellationToken)).Select(kept => kept.Value)
                    .Where(school => roles.Contains(school.Id) || roles.Contains(null)).Take(MostSchools)
                    .Select(school => new MyPlace(school.Id, school.Name, [.. roles[school.Id].Concat(roles[null]).Distinct()]));
                var card = await work.PersonCards.FindAsync(caller.Who, cancellationToken);
                return new MyPlaces(card?.Value.PreferredName, [.. schools]);
            },
            cancellationToken) ?? new MyPlaces(null, []);

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

    private static SchoolId? SchoolOf(AccessScope scope) => scope switch
    {
        AccessScope.OneSchool(var school) => school,
        AccessScope.OnePlan(var school, _) => school,
        AccessScope.RoomOnDay(var school, _, _) => school,
        _ => null,
    };
}

/// <param name="Name">What the person wants to be called; null where no card says.</param>
/// <param name="Schools">By name.</param>
public sealed record MyPlaces(PersonalText? Name, ImmutableArray<MyPlace> Schools)
{
    public override string ToString() => nameof(MyPlaces);
}

/// <param name="Roles">This person's, with those for the whole authority.</param>
public sealed record MyPlace(SchoolId School, string Name, ImmutableArray<Role> Roles);

/// <param name="Of">By pupil.</param>
public sealed record PupilNames(FrozenDictionary<PupilId, PersonalText> Of)
{
    public static PupilNames Nobody { get; } = new(FrozenDictionary<PupilId, PersonalText>.Empty);

    public override string ToString() => nameof(PupilNames);
}

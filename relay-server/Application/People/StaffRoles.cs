using AV1Relay.Application.Asking;
using AV1Relay.Application.Audit;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Application.People;

/// <summary>Who has which role at a school or at a pupil's plan: to look at, to give and to end.</summary>
public sealed class StaffRoles
{
    private readonly Desk _desk;

    internal StaffRoles(Desk desk) => _desk = desk;

    /// <summary>Everybody who has a role at the school or at a plan of it, today or from a later day on.</summary>
    public async Task<Outcome<SchoolPeople>> ListAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadPeople,
            async work => await work.Schools.FindAsync(school, cancellationToken) is { } kept
                ? new Asked<SchoolPeople>(
                    new SchoolPeople(kept.Value.Zone(), await work.KnownAsync(school, IsStanding, _desk.Now, cancellationToken)),
                    AccessSubject.OfSchool(school), $"school {school}")
                {
                    AlsoNeeds = Operation.ReadRoles,
                }
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<SchoolPeople>(refusals);
    }

    /// <summary>Who may see this plan, and until when.</summary>
    public async Task<Outcome<PlanPeopleList>> OfPlanAsync(Caller caller, PlanId plan, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadRoles,
            async work =>
            {
                if (await work.Plans.FindAsync(plan, cancellationToken) is not { Value: var there }) return null;
                var people = await work.KnownAsync(there.School, role => IsStanding(role) && Sees(role, plan), _desk.Now, cancellationToken);
                var zone = await work.ZoneAsync(there.School, cancellationToken);
                return new Asked<PlanPeopleList>(
                    new PlanPeopleList(there.School, there.Pupil, zone, people), AccessSubject.OfPlan(there.School, plan), $"plan {plan}")
                {
                    AlsoNeeds = Operation.ReadPeople,
                };
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<PlanPeopleList>(refusals);
    }

    /// <summary>One person who belongs to the school, with what is entered on them and all of their roles there.</summary>
    public async Task<Outcome<ReadPerson>> ReadPersonAsync(Caller caller, SchoolId school, PersonId who, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadPeople, work => FindPersonAsync(work, school, who, cancellationToken), cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadPerson>(refusals);
    }

    /// <summary>Changes what somebody is called and how they are reached. It changes nothing of how they sign in.</summary>
    /// <param name="seen">The version of their card; 0 where there was none.</param>
    public Task<Outcome<ReadPerson>> ChangePersonAsync(
        Caller caller, SchoolId school, PersonId who, long seen, NewPerson typed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return _desk.ChangeAsync<ReadPerson, ReadPerson>(
            caller, Operation.ChangePeople, "", [Claim.On(who)],
            work => FindPersonAsync(work, school, who, cancellationToken),
            async (work, person, _) =>
            {
                if (person.CardVersion != seen) return RecordRefusals.ChangedMeanwhile;
                if (!PersonCard.Enter(who, typed.Name, typed.Phone, typed.Email).TryGet(out var card, out var refusals))
                    return Outcome.Refused<Done<ReadPerson>>(refusals);
                if (await work.PersonCards.FindAsync(who, cancellationToken) is { } kept) work.PersonCards.Replace(kept, card);
                else work.PersonCards.Add(card);
                return new Done<ReadPerson>(
                    person with { Card = card, CardVersion = seen + 1 }, AuditedValue.KeptWithRecord("card", seen == 0 ? null : (int)seen, (int)seen + 1));
            },
            cancellationToken);
    }

    /// <summary>Gives a role, to somebody who is known at the school or who is entered with it.</summary>
    public async Task<Outcome<HeldRole>> GiveAsync(Caller caller, RoleGift gift, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gift);
        return await _desk.ChangeAsync<GivenAt, HeldRole>(
            caller, gift.Plan is null ? Operation.AssignSchoolRole : Operation.AssignPlanRole, why, [Claim.On(gift.Who)],
            work => FindPlaceAsync(work, gift, cancellationToken),
            async (work, place, act) =>
            {
                List<Refusal> refusals = [.. await work.EnterOrFindAsync(gift.Who, gift.New, place.School, act.At.InZone(place.Zone).Date, cancellationToken)];
                Instant? until = gift.LastDay is { } last ? place.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant() : null;
                var wanted = new WantedRole(gift.Id, gift.Who, gift.Role, place.Scope, until, gift.Mandate);
                if (!wanted.From(act).TryGet(out var proposed, out var others)) return Outcome.Refused<Done<HeldRole>>([.. refusals, .. others]);
                var mine = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                var longest = (await work.SettingsAsync(cancellationToken)).LongestExternalAccess;
                refusals.AddRange(RoleChanges.Give(mine, proposed, longest).Refusals);
                if (RoleChanges.WhyNotAgain(await work.Assignments.OfPersonAsync(gift.Who, cancellationToken), proposed) is { } again) refusals.Add(again);
                if (refusals.Count > 0) return Outcome.Refused<Done<HeldRole>>(refusals);
                work.Assignments.Add(proposed);
                return new Done<HeldRole>(
                    new HeldRole(proposed, 1, AssignmentStanding.InForce), AuditedValue.Written("role", null, gift.Role.ToString()),
                    AuditedValue.Written("mandate", null, gift.Mandate.ToString()),
                    AuditedValue.Written("place", null, place.Name), AuditedValue.Written("until", null, Text(until)));
            },
            cancellationToken);
    }

    public async Task<Outcome<ReadRole>> ReadRoleAsync(Caller caller, AssignmentId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadRoles,
            async work =>
            {
                if (await FindRoleAsync(work, id, cancellationToken) is not { Value: var kept } asked || PeopleOfSchool.SchoolOf(kept.Value.Scope) is not { } school)
                    return null;
                var name = (await work.PersonCards.FindAsync(kept.Value.Who, cancellationToken))?.Value.PreferredName;
                var read = new ReadRole(PeopleOfSchool.Held(kept, _desk.Now), school, await work.ZoneAsync(school, cancellationToken), name);
                return new Asked<ReadRole>(read, asked.About, asked.Subject);
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadRole>(refusals);
    }

    /// <summary>Ends a role at once: with the next click its holder sees that it has ended.</summary>
    public async Task<Outcome<HeldRole>> EndAsync(Caller caller, AssignmentId id, long seen, string why, CancellationToken cancellationToken)
    {
        var there = (await _desk.PeekAsync(caller, work => work.Assignments.FindAsync(id, cancellationToken), cancellationToken))?.Value;
        return await _desk.ChangeAsync<Kept<Assignment>, HeldRole>(
            caller, there?.Scope is AccessScope.OneSchool ? Operation.RevokeSchoolRole : Operation.RevokePlanRole, why, there is null ? [] : [Claim.On(there.Who)],
            work => FindRoleAsync(work, id, cancellationToken),
            async (work, kept, act) =>
            {
                if (kept.WhyNot(seen) is { } changed) return changed;
                var mine = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                if (!RoleChanges.End(mine, kept.Value, act).TryGet(out var ended, out var refusals)) return Outcome.Refused<Done<HeldRole>>(refusals);
                work.Assignments.Replace(kept, ended);
                return new Done<HeldRole>(
                    new HeldRole(ended, kept.Version + 1, AssignmentStanding.Ended), AuditedValue.Written("role", ended.Role.ToString(), null),
                    AuditedValue.Written("until", Text(ended.Until), Text(act.At)));
            },
            cancellationToken);
    }

    private static bool IsStanding(HeldRole role) => role.Standing is not AssignmentStanding.Ended;

    private static bool Sees(HeldRole role, PlanId plan) =>
        role.Plan is { } one ? one == plan : AccessTable.Find(Operation.ReadPlan)?.Rights.Any(right => right.Role == role.Role.Role) is true;

    private static string? Text(Instant? instant) => instant is { } at ? InstantPattern.ExtendedIso.Format(at) : null;

    /// <summary>Null for who is of another school, as for an id that names nobody.</summary>
    private async Task<Asked<ReadPerson>?> FindPersonAsync(IWork work, SchoolId school, PersonId who, CancellationToken cancellationToken)
    {
        if (await work.Schools.FindAsync(school, cancellationToken) is not { Value: var there }) return null;
        if (!await work.IsKnownAtAsync(who, school, _desk.Now.InZone(there.Zone()).Date, cancellationToken)) return null;
        var card = await work.PersonCards.FindAsync(who, cancellationToken);
        var roles = (await work.Assignments.OfSchoolAsync(school, cancellationToken))
            .Where(kept => kept.Value.Who == who && kept.Value.Scope is not AccessScope.RoomOnDay).Select(kept => PeopleOfSchool.Held(kept, _desk.Now));
        return new Asked<ReadPerson>(
            new ReadPerson(who, school, there.Zone(), card?.Value, card?.Version ?? 0, [.. roles]), AccessSubject.OfSchool(school), AuditSubjects.OfPersonAt(who, school))
        {
            AlsoNeeds = Operation.ReadRoles,
        };
    }

    private static async Task<Asked<GivenAt>?> FindPlaceAsync(IWork work, RoleGift gift, CancellationToken cancellationToken)
    {
        Operation? alsoNeeds = gift.New is null ? null : Operation.ChangePeople;
        if (gift.Plan is { } plan)
        {
            if (await work.Plans.FindAsync(plan, cancellationToken) is not { Value.School: var its }) return null;
            var at = new GivenAt(its, await work.ZoneAsync(its, cancellationToken), new AccessScope.OnePlan(its, plan), $"plan {plan}");
            return new Asked<GivenAt>(at, AccessSubject.OfPlan(its, plan), AuditSubjects.OfRole(gift.Who, at.Scope)) { AlsoNeeds = alsoNeeds };
        }

        return await work.Schools.FindAsync(gift.School, cancellationToken) is { Value: var school }
            ? new Asked<GivenAt>(
                new GivenAt(school.Id, school.Zone(), new AccessScope.OneSchool(school.Id), $"school {school.Id}"), AccessSubject.OfSchool(school.Id),
                AuditSubjects.OfPersonAt(gift.Who, school.Id))
            {
                AlsoNeeds = alsoNeeds,
            }
            : null;
    }

    /// <summary>Of a school or a plan; those of the whole authority are given and ended from the command line.</summary>
    private static async Task<Asked<Kept<Assignment>>?> FindRoleAsync(IWork work, AssignmentId id, CancellationToken cancellationToken) =>
        await work.Assignments.FindAsync(id, cancellationToken) is { } kept
            ? kept.Value.Scope switch
            {
                AccessScope.OneSchool(var school) => new Asked<Kept<Assignment>>(kept, AccessSubject.OfSchool(school), AuditSubjects.OfRole(kept.Value.Who, kept.Value.Scope)),
                AccessScope.OnePlan(var school, var plan) => new Asked<Kept<Assignment>>(kept, AccessSubject.OfPlan(school, plan), AuditSubjects.OfRole(kept.Value.Who, kept.Value.Scope)),
                _ => null,
            }
            : null;

    private sealed record GivenAt(SchoolId School, DateTimeZone Zone, AccessScope Scope, string Name);
}

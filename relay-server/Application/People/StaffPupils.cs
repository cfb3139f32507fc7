using System.Collections.Immutable;
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

/// <summary>The pupils of a school: who they are, their parents, and the devices by which they come in.</summary>
/// <remarks>A pupil without a plan belongs to the school alone: who has a role at a plan, sees the pupil of that plan and no other.</remarks>
public sealed class StaffPupils
{
    private readonly Desk _desk;

    internal StaffPupils(Desk desk) => _desk = desk;

    /// <summary>Those who are at the school today and whom this person may know.</summary>
    public async Task<Outcome<PupilList>> ListAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookThroughAsync(
            caller, Operation.ReadPupilCard, AccessSubject.OfPlan(school, default), $"pupils of school {school}",
            async work => await work.Schools.FindAsync(school, cancellationToken) is { Value: var there }
                ? await ListAsync(work, there, cancellationToken)
                : [],
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? new PupilList([.. shown.Select(pupil => pupil.Value).OrderBy(pupil => pupil.Name.Text, StringComparer.OrdinalIgnoreCase).ThenBy(pupil => pupil.Id.Value)])
            : Outcome.Refused<PupilList>(refusals);
    }

    public async Task<Outcome<ReadPupil>> ReadAsync(Caller caller, PupilId pupil, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(caller, Operation.ReadPupilCard, work => FindAsync(work, pupil, cancellationToken), cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<ReadPupil>(refusals);
        var read = shown.Value;
        // Who is shown less than everything is told nothing of other adults either: numbers of parents are for the staff who call them.
        return shown.Permission.LeavesOut(LeftOut.ConfidentialParts)
            ? read with { Card = read.Card.WithoutConfidentialParts(), Parents = [], Devices = [] }
            : read;
    }

    /// <summary>Enters a pupil at the school, from today on.</summary>
    public Task<Outcome<ReadPupil>> AddAsync(
        Caller caller, SchoolId school, PupilId pupil, string? name, LocalDate dateOfBirth, CancellationToken cancellationToken) =>
        _desk.ChangeAsync<SchoolCard, ReadPupil>(
            caller, Operation.AddPupil, "", [Claim.On(pupil)],
            async work => await work.Schools.FindAsync(school, cancellationToken) is { Value: var there }
                ? new Asked<SchoolCard>(there, AccessSubject.OfSchool(school), $"pupil {pupil}")
                : null,
            async (work, there, act) =>
            {
                if (await work.PupilCards.FindAsync(pupil, cancellationToken) is not null || await work.SchoolingAsync(pupil, cancellationToken) is not null)
                    return RecordRefusals.ChangedMeanwhile;
                var today = act.At.InZone(there.Zone()).Date;
                if (!PupilCard.Enter(pupil, name, dateOfBirth, [], today).TryGet(out var card, out var refusals)) return Outcome.Refused<Done<ReadPupil>>(refusals);
                if (!new Schooling(pupil, []).Begin(school, today, act).TryGet(out var schooling, out refusals)) return Outcome.Refused<Done<ReadPupil>>(refusals);
                work.PupilCards.Add(card);
                work.Schoolings.Add(schooling);
                return new Done<ReadPupil>(
                    new ReadPupil(card, 1, school, there.Zone(), null, [], []), AuditedValue.Written("school", null, school.ToString()),
                    AuditedValue.KeptWithRecord("card", null, 1));
            },
            cancellationToken);

    /// <param name="seen">The version of the card.</param>
    /// <param name="facts">All of them, in the order in which they are to be read.</param>
    public Task<Outcome<ReadPupil>> ChangeCardAsync(
        Caller caller, PupilId pupil, long seen, string? name, LocalDate dateOfBirth, ImmutableArray<KeyFact> facts, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ChangePupilCard, pupil, "", null, [],
            async (work, read, act) =>
            {
                if (await work.PupilCards.FindAsync(pupil, cancellationToken) is not { } kept || kept.Version != seen) return RecordRefusals.ChangedMeanwhile;
                if (!PupilCard.Enter(pupil, name, dateOfBirth, facts, act.At.InZone(read.Zone).Date).TryGet(out var card, out var refusals))
                    return Outcome.Refused<Done<ReadPupil>>(refusals);
                work.PupilCards.Replace(kept, card);
                return new Done<ReadPupil>(read with { Card = card, Version = seen + 1 }, AuditedValue.KeptWithRecord("card", (int)seen, (int)seen + 1));
            },
            cancellationToken);

    /// <summary>Enters a parent or carer, who may be new. It opens nothing to them: that is a role at the plan.</summary>
    /// <param name="typed">Null: somebody who is entered at the school already.</param>
    /// <param name="livesWith">Whether the pupil normally lives with them.</param>
    public Task<Outcome<ReadPupil>> AddParentAsync(
        Caller caller, PupilId pupil, PersonId parent, NewPerson? typed, bool livesWith, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ChangePupilCard, pupil, "", Operation.ChangePeople, [Claim.On(parent)],
            async (work, read, act) =>
            {
                var today = act.At.InZone(read.Zone).Date;
                if (await work.EnterOrFindAsync(parent, typed, read.School, today, cancellationToken) is { Count: > 0 } refusals)
                    return Outcome.Refused<Done<ReadPupil>>(refusals);
                var entered = (await work.Parenthoods.OfPupilAsync(pupil, cancellationToken)).Select(kept => kept.Value);
                if (!Parenthood.Enter(entered, parent, pupil, livesWith, today, act).TryGet(out var parenthood, out var others))
                    return Outcome.Refused<Done<ReadPupil>>(others);
                work.Parenthoods.Add(parenthood);
                return new Done<ReadPupil>(
                    read, AuditedValue.Written("parent", null, parent.ToString()), AuditedValue.Written("lives with", null, livesWith ? "yes" : "no"));
            },
            cancellationToken);

    /// <summary>Today is the last day on which they are entered.</summary>
    /// <param name="endsAccess">Their role as a parent at the pupil's plans ends with it, at once. Else it goes on until somebody ends it.</param>
    public Task<Outcome<ReadPupil>> EndParentAsync(
        Caller caller, PupilId pupil, PersonId parent, long seen, string why, bool endsAccess, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ChangePupilCard, pupil, why, null, [Claim.On(parent)],
            async (work, read, act) =>
            {
                var today = act.At.InZone(read.Zone).Date;
                var kept = (await work.Parenthoods.OfPupilAsync(pupil, cancellationToken))
                    .FirstOrDefault(entry => entry.Value.Parent == parent && entry.Value.Until is null && entry.Version == seen);
                if (kept is null) return RecordRefusals.ChangedMeanwhile;
                if (!kept.Value.End(today, act).TryGet(out var ended, out var refusals)) return Outcome.Refused<Done<ReadPupil>>(refusals);
                work.Parenthoods.Replace(kept, ended);
                if (endsAccess && await EndAccessAsync(work, read, parent, act, cancellationToken) is { Count: > 0 } others)
                    return Outcome.Refused<Done<ReadPupil>>(others);
                return new Done<ReadPupil>(
                    read, AuditedValue.Written("parent", parent.ToString(), null), AuditedValue.Written("last day", null, LocalDatePattern.Iso.Format(today)));
            },
            cancellationToken);

    /// <summary>Of the plans at the pupil's school: those of another are that school's to close to somebody.</summary>
    private static async Task<IReadOnlyList<Refusal>> EndAccessAsync(IWork work, ReadPupil read, PersonId parent, Act act, CancellationToken cancellationToken)
    {
        var mine = await work.Assignments.OfPersonAsync(act.Who, cancellationToken);
        foreach (var plan in (await work.Plans.OfPupilAsync(read.Card.Id, cancellationToken)).Select(kept => kept.Value).Where(plan => plan.School == read.School))
        {
            foreach (var role in await ParentsRolesAsync(work, plan.Id, act.At, cancellationToken))
            {
                if (role.Value.Who != parent) continue;
                if (!RoleChanges.End(mine, role.Value, act).TryGet(out var ended, out var refusals)) return refusals;
                work.Assignments.Replace(role, ended);
                if (AuditedOperations.Find(Operation.RevokePlanRole) is { } slug)
                    work.Record(new AuditChange(slug, AuditSubjects.OfRole(parent, ended.Scope), act, [AuditedValue.Written("role", ended.Role.ToString(), null)]).ToEntry());
            }
        }

        return [];
    }

    /// <summary>Those that give a parent a look at the plan, and are not over.</summary>
    private static async Task<IEnumerable<Kept<Assignment>>> ParentsRolesAsync(IWork work, PlanId plan, Instant now, CancellationToken cancellationToken) =>
        (await work.Assignments.OfPlanAsync(plan, cancellationToken)).Where(kept =>
            kept.Value.Role is Role.Parent && kept.Value.Scope is AccessScope.OnePlan && kept.Value.StandingAt(now) is not AssignmentStanding.Ended);

    /// <summary>Takes a device away from the pupil: with it nobody comes in any more, until it is bound anew.</summary>
    public Task<Outcome<ReadPupil>> UnbindAsync(Caller caller, PupilId pupil, string device, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.UnbindPupilsDevice, pupil, "", null, [],
            async (work, read, act) =>
            {
                if (await work.Devices.FindAsync(device, cancellationToken) is not { Value: { IsBound: true } bound } kept || bound.Pupil != pupil)
                    return RecordRefusals.ChangedMeanwhile;
                work.Devices.Replace(kept, bound.Unbind(act));
                return new Done<ReadPupil>(read with { Devices = read.Devices.RemoveAll(other => other.Id == device) });
            },
            cancellationToken);

    private Task<Outcome<ReadPupil>> ChangeAsync(
        Caller caller, Operation operation, PupilId pupil, string why, Operation? alsoNeeds, ImmutableArray<Claim> claims,
        Func<IWork, ReadPupil, Act, Task<Outcome<Done<ReadPupil>>>> change, CancellationToken cancellationToken) =>
        _desk.ChangeAsync(
            caller, operation, why, [Claim.On(pupil), .. claims],
            async work => await FindAsync(work, pupil, cancellationToken) is { } asked ? asked with { AlsoNeeds = alsoNeeds } : null,
            change, cancellationToken);

    private async Task<IEnumerable<Asked<ListedPupil>>> ListAsync(IWork work, SchoolCard school, CancellationToken cancellationToken)
    {
        var pupils = await work.Schoolings.PupilsOfAsync(school.Id, _desk.Now.InZone(school.Zone()).Date, cancellationToken);
        var plans = (await work.Plans.OutlinesOfSchoolAsync(school.Id, Plans.StaffPlans.MostListed, cancellationToken)).ToLookup(plan => plan.Pupil);
        return (await work.PupilCards.FindAllAsync(pupils, cancellationToken)).Select(kept =>
        {
            var plan = Chosen(plans[kept.Value.Id].Select(outline => (outline.People.Plan, outline.Status)));
            return new Asked<ListedPupil>(
                new ListedPupil(kept.Value.Id, kept.Value.PreferredName, kept.Value.DateOfBirth, plan),
                AccessSubject.OfPlan(school.Id, plan ?? default), $"pupil {kept.Value.Id}");
        });
    }

    /// <summary>Null for a pupil who is at no school today, or whom nobody has entered.</summary>
    private async Task<Asked<ReadPupil>?> FindAsync(IWork work, PupilId pupil, CancellationToken cancellationToken)
    {
        if (await work.SchoolingAsync(pupil, cancellationToken) is not { } schooling || await work.PupilCards.FindAsync(pupil, cancellationToken) is not { } card)
            return null;
        if (schooling.SchoolOn(await TodayAsync(work, schooling, cancellationToken)) is not { } school) return null;
        var zone = await work.ZoneAsync(school, cancellationToken);
        var today = _desk.Now.InZone(zone).Date;
        var plan = Chosen((await work.Plans.OfPupilAsync(pupil, cancellationToken)).Select(kept => kept.Value).Where(plan => plan.School == school)
            .Reverse().Select(plan => (plan.Id, plan.Status)));
        var parents = (await work.Parenthoods.OfPupilAsync(pupil, cancellationToken)).Where(kept => kept.Value.HoldsOn(today) && kept.Value.Ended is null).ToList();
        var cards = (await work.PersonCards.FindAllAsync([.. parents.Select(kept => kept.Value.Parent).Distinct()], cancellationToken))
            .ToDictionary(kept => kept.Value.Id, kept => kept.Value);
        var seeing = plan is { } theirs ? (await ParentsRolesAsync(work, theirs, _desk.Now, cancellationToken)).Select(kept => kept.Value.Who).ToHashSet() : [];
        var devices = (await work.Devices.OfPupilAsync(pupil, cancellationToken)).Select(kept => kept.Value).Where(device => device.IsBound);
        var read = new ReadPupil(
            card.Value, card.Version, school, zone, plan,
            [.. parents.Select(kept => new ReadParent(kept.Value, kept.Version, cards.GetValueOrDefault(kept.Value.Parent), seeing.Contains(kept.Value.Parent)))], [.. devices]);
        return new Asked<ReadPupil>(read, AccessSubject.OfPlan(school, plan ?? default), $"pupil {pupil}");
    }

    /// <summary>The day at the school that the pupil is or was last at: whichever that is, it says what day it is there.</summary>
    private async Task<LocalDate> TodayAsync(IWork work, Schooling schooling, CancellationToken cancellationToken) =>
        schooling.Placements is [.., var last] ? await work.TodayAsync(last.School, _desk.Now, cancellationToken) : _desk.Now.InUtc().Date;

    /// <param name="plans">The newest first.</param>
    private static PlanId? Chosen(IEnumerable<(PlanId Id, PlanStatus Status)> plans) =>
        plans.OrderByDescending(plan => plan.Status == PlanStatus.Active).Select(plan => (PlanId?)plan.Id).FirstOrDefault();
}

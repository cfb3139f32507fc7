using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>Support plans, as staff read, write and move along them.</summary>
public sealed partial class StaffPlans
{
    /// <summary>So many plans are listed at once, at most.</summary>
    public const int MostListed = 500;

    private readonly Desk _desk;

    internal StaffPlans(Desk desk) => _desk = desk;

    /// <summary>The plan as this person may read it.</summary>
    /// <param name="withConfidentialParts">Asks for a right of its own.</param>
    public async Task<Outcome<ReadPlan>> ReadAsync(
        Caller caller, PlanId id, bool withConfidentialParts, CancellationToken cancellationToken)
    {
        var operation = withConfidentialParts ? Operation.ReadConfidentialParts : Operation.ReadPlan;
        var looked = await _desk.LookAsync(caller, operation, work => FindAsync(work, id, cancellationToken), cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? ReadPlan.Of(shown.Value, withConfidentialParts)
            : Outcome.Refused<ReadPlan>(refusals);
    }

    /// <summary>The same, with what this person may do with it and who looks after it: what a page about one plan begins with.</summary>
    public async Task<Outcome<OpenPlan>> OpenAsync(Caller caller, PlanId id, bool withConfidentialParts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var operation = withConfidentialParts ? Operation.ReadConfidentialParts : Operation.ReadPlan;
        var looked = await _desk.LookAsync(
            caller, operation,
            async work =>
            {
                if (await FindAsync(work, id, cancellationToken) is not { Value: var kept } asked) return null;
                var may = await work.MayAsync(caller, kept.Value, _desk.Now, cancellationToken);
                var people = await work.PeopleAsync(may.Contains(Operation.ReadKeyAdultCard) ? [kept.Value.KeyAdult, kept.Value.Lead] : [], cancellationToken);
                return new Asked<OpenPlan>(
                    new OpenPlan(
                        ReadPlan.Of(kept, withConfidentialParts), may, people.FirstOrDefault(person => person.Who == kept.Value.KeyAdult),
                        people.FirstOrDefault(person => person.Who == kept.Value.Lead), await work.TodayAsync(kept.Value.School, _desk.Now, cancellationToken)),
                    asked.About, asked.Subject);
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<OpenPlan>(refusals);
    }

    /// <summary>Those plans of a school that this person may read.</summary>
    public async Task<Outcome<PlanList>> ListAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        // Of no plan in particular: whoever's role reaches all of the school's sees an empty list where there is none.
        var whole = AccessSubject.OfPlan(school, default);
        var looked = await _desk.LookThroughAsync(
            caller, Operation.ReadPlan, whole, $"plans of school {school}",
            async work => (await work.Plans.OutlinesOfSchoolAsync(school, MostListed, cancellationToken)).Select(plan =>
                new Asked<PlanOutline>(plan, AccessSubject.OfPlan(school, plan.People.Plan), $"plan {plan.People.Plan}")),
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? new PlanList([.. shown.Select(plan => Listed(plan.Value))])
            : Outcome.Refused<PlanList>(refusals);
    }

    /// <summary>A new plan of a pupil, as a draft. Key adult and lead are of the people who work at the school.</summary>
    public Task<Outcome<ReadPlan>> DraftAsync(Caller caller, NewPlan plan, string why, PupilsSay? say, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return _desk.ChangeAsync(
            caller, Operation.DraftPlan, why, [Claim.On(plan.Pupil)],
            work => FindPupilAsync(work, plan, cancellationToken),
            async (work, _, act) =>
            {
                var staff = await work.StaffOfAsync(plan.School, act.At, cancellationToken);
                if (!staff.Contains(plan.KeyAdult) || !staff.Contains(plan.Lead)) return SchoolStaff.NotHere;
                var ladder = StepLadder.FromListed(plan.Steps);
                var outcome = SupportPlan.Draft(plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, ladder, act, say);
                if (!outcome.TryGet(out var drafted, out var refusals)) return Outcome.Refused<Done<ReadPlan>>(refusals);
                work.Plans.Add(drafted);
                return new Done<ReadPlan>(ReadPlan.Of(drafted, 1), PlanAudit.OfLastChange(drafted).Values);
            },
            cancellationToken);
    }

    public Task<Outcome<ReadPlan>> ChangeGoalAsync(
        Caller caller, PlanChangeRequest change, InPersonGoal goal, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ChangePlan, change, (plan, act) => plan.ChangeGoal(goal, act, change.Say), cancellationToken);

    /// <summary>Another key adult or lead, of the people who work at the plan's school.</summary>
    public Task<Outcome<ReadPlan>> ChangePeopleAsync(
        Caller caller, PlanChangeRequest change, PersonId keyAdult, PersonId lead, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ChangePlansPeople, change,
            async (work, plan, act) =>
            {
                var staff = await work.StaffOfAsync(plan.School, act.At, cancellationToken);
                return staff.Contains(keyAdult) && staff.Contains(lead) ? plan.ChangePeople(keyAdult, lead, act, change.Say) : SchoolStaff.NotHere;
            },
            cancellationToken);

    public Task<Outcome<ReadPlan>> CloseAsync(Caller caller, PlanChangeRequest change, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ClosePlan, change, (plan, act) => plan.Close(act, change.Say), cancellationToken);

    public Task<Outcome<ReadPlan>> BringReviewForwardAsync(
        Caller caller, PlanChangeRequest change, LocalDate reviewOn, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.BringReviewForward, change,
            async (work, plan, act) =>
                plan.BringReviewForward(reviewOn, await work.TodayAsync(plan.School, act.At, cancellationToken), act, change.Say),
            cancellationToken);

    /// <summary>Puts the plan to use; refused while another one of the pupil is.</summary>
    public Task<Outcome<ReadPlan>> ActivateAsync(
        Caller caller, PlanChangeRequest change, LocalDate? nextReviewOn, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.ActivatePlan, change,
            async (work, plan, act) =>
            {
                var today = await work.TodayAsync(plan.School, act.At, cancellationToken);
                if (!await work.IsAtAsync(plan.Pupil, plan.School, today, cancellationToken)) return Schoolings.PupilElsewhere;
                var others = await work.Plans.OfPupilAsync(plan.Pupil, cancellationToken);
                var settings = await work.SettingsAsync(cancellationToken);
                return plan.Activate(nextReviewOn, today, settings.Reviews, others.Select(kept => kept.Value), act, change.Say);
            },
            cancellationToken);

    /// <summary>Keeps a review that was held, or says everything that is still missing of it. One that ends the plan closes it: that takes the right to.</summary>
    public Task<Outcome<ReadPlan>> HoldReviewAsync(
        Caller caller, PlanChangeRequest change, HeldReview held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        return ChangeAsync(
            caller, Operation.HoldReview, change,
            async (work, plan, act) =>
            {
                var settings = await work.SettingsAsync(cancellationToken);
                var robotUse = await work.RobotUseAsync(plan.Pupil, held.HeldOn, settings.Fading, cancellationToken);
                var written = Review.Write(
                    held.Id, held.HeldOn, NamedStep.Of(plan.Ladder.Current), held.Participants, held.WhatWasTried, held.Outcome,
                    held.Decision, held.NextReviewOn, change.Say, robotUse, act, held.IsConfidential);
                if (!written.TryGet(out var review, out var refusals)) return Outcome.Refused<SupportPlan>(refusals);
                return plan.HoldReview(review, await work.TodayAsync(plan.School, act.At, cancellationToken), settings.Reviews);
            },
            cancellationToken,
            alsoNeeds: held.Decision is ReviewDecision.End ? Operation.ClosePlan : null);
    }

    private Task<Outcome<ReadPlan>> ChangeAsync(
        Caller caller, Operation operation, PlanChangeRequest change, Func<SupportPlan, Act, Outcome<SupportPlan>> ask,
        CancellationToken cancellationToken) =>
        ChangeAsync(caller, operation, change, (_, plan, act) => Task.FromResult(ask(plan, act)), cancellationToken);

    private async Task<Outcome<ReadPlan>> ChangeAsync(
        Caller caller,
        Operation operation,
        PlanChangeRequest change,
        Func<IWork, SupportPlan, Act, Task<Outcome<SupportPlan>>> ask,
        CancellationToken cancellationToken,
        Operation? alsoNeeds = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        var pupil = await _desk.PeekAsync(caller, work => work.Plans.FindAsync(change.Plan, cancellationToken), cancellationToken);
        return await _desk.ChangeAsync(
            caller, operation, change.Why, pupil is null ? [] : [Claim.On(pupil.Value.Pupil)],
            async work => await FindAsync(work, change.Plan, cancellationToken) is { } asked ? asked with { AlsoNeeds = alsoNeeds } : null,
            async (work, kept, act) =>
            {
                if (kept.WhyNot(change.Seen) is { } changed) return changed;
                var outcome = await ask(work, kept.Value, act);
                if (!outcome.TryGet(out var next, out var refusals)) return Outcome.Refused<Done<ReadPlan>>(refusals);
                work.Plans.Replace(kept, next);
                return new Done<ReadPlan>(ReadPlan.Of(next, kept.Version + 1), PlanAudit.OfLastChange(next).Values);
            },
            cancellationToken);
    }

    private static ListedPlan Listed(PlanOutline plan) => new(plan.People.Plan, plan.Pupil, plan.Status, plan.NextReviewOn);

    /// <summary>Null for a pupil who is at another school, or whom nobody has entered: as for an id that names nothing.</summary>
    private async Task<Asked<NewPlan>?> FindPupilAsync(IWork work, NewPlan plan, CancellationToken cancellationToken)
    {
        if (await work.Schools.FindAsync(plan.School, cancellationToken) is not { } school) return null;
        var today = _desk.Now.InZone(school.Value.Zone()).Date;
        return await work.IsAtAsync(plan.Pupil, plan.School, today, cancellationToken)
            ? new Asked<NewPlan>(plan, AccessSubject.OfSchool(plan.School), $"plan {plan.Id}")
            : null;
    }

    private static async Task<Asked<Kept<SupportPlan>>?> FindAsync(IWork work, PlanId id, CancellationToken cancellationToken) =>
        await work.Plans.FindAsync(id, cancellationToken) is { } kept
            ? new Asked<Kept<SupportPlan>>(kept, AccessSubject.OfPlan(kept.Value.School, kept.Value.Id), $"plan {id}")
            : null;
}

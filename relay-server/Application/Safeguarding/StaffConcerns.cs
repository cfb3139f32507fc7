using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Safeguarding;

namespace AV1Relay.Application.Safeguarding;

/// <summary>Hands a concern over to the school's own system, and keeps only that it was raised (domain rule 10). Everybody may.</summary>
public sealed class StaffConcerns
{
    private readonly Desk _desk;

    internal StaffConcerns(Desk desk) => _desk = desk;

    /// <param name="school">Where it is handed to, unless the plan says: a concern goes to the school at which that pupil is looked after.</param>
    /// <param name="plan">Kept with it where the person may read that plan; null: about none in particular.</param>
    public async Task<Outcome<HandOver>> RaiseAsync(Caller caller, ConcernId id, SchoolId school, PlanId? plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var about = plan is { } named ? await _desk.PeekAsync(caller, work => OfPlanAsync(work, caller, named, cancellationToken), cancellationToken) : null;
        school = about?.School ?? school;
        return await _desk.ChangeAsync<SchoolCard, HandOver>(
            caller, Operation.RaiseConcern, "", [about is null ? Claim.On(school) : Claim.On(about.Pupil)],
            async work => await work.Schools.FindAsync(school, cancellationToken) is { Value: var card }
                ? new Asked<SchoolCard>(
                    card, about is null ? AccessSubject.OfSchool(school) : AccessSubject.OfPlan(school, about.Id), about is null ? $"school {school}" : $"plan {about.Id}")
                : null,
            async (work, card, act) =>
            {
                var raised = new ConcernRaised(id, act.At, caller.Who, byPupil: null, session: null, about?.Id);
                var handOver = HandOver.Of(raised, card.ConcernsTo);
                if (await work.Concerns.FindAsync(id, cancellationToken) is not null) return new Done<HandOver>(handOver) { ChangedSomething = false }; // sent twice
                work.Concerns.Add(raised, about?.Pupil);
                return new Done<HandOver>(handOver);
            },
            cancellationToken);
    }

    /// <summary>Null where there is no such plan, or it is none of theirs: nobody learns by this which plans there are.</summary>
    private async Task<SupportPlan?> OfPlanAsync(IWork work, Caller caller, PlanId id, CancellationToken cancellationToken) =>
        await work.Plans.FindAsync(id, cancellationToken) is { Value: var plan }
        && (await work.MayAsync(caller, plan, _desk.Now, cancellationToken, Operation.ReadPlan)).Count > 0
            ? plan
            : null;
}

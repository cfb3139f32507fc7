using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Plans;

/// <summary>What there is to choose from when a plan is written: pupils who have none, and people to look after it.</summary>
public sealed class StaffPlanChoices
{
    /// <summary>So many pupils are listed at once, at most.</summary>
    public const int MostPupils = 500;

    private readonly Desk _desk;

    internal StaffPlanChoices(Desk desk) => _desk = desk;

    /// <summary>For those who may draft a plan at that school.</summary>
    public async Task<Outcome<NewPlanChoices>> ForNewAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadPupilCard,
            async work => await work.Schools.FindAsync(school, cancellationToken) is not null
                // Of no plan in particular: only whoever's role reaches all of the school's.
                ? new Asked<NewPlanChoices>(
                    await ReadAsync(work, school, cancellationToken), AccessSubject.OfPlan(school, default), $"pupils without a plan of school {school}")
                {
                    AlsoNeeds = Operation.DraftPlan,
                }
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<NewPlanChoices>(refusals);
    }

    /// <summary>For those who may say who looks after that plan.</summary>
    public async Task<Outcome<StaffChoice>> ForPeopleAsync(Caller caller, PlanId plan, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadKeyAdultCard,
            async work => await work.Plans.FindAsync(plan, cancellationToken) is { Value: var kept }
                ? new Asked<StaffChoice>(
                    new StaffChoice(await StaffAsync(work, kept.School, cancellationToken)), AccessSubject.OfPlan(kept.School, kept.Id), $"plan {plan}")
                {
                    AlsoNeeds = Operation.ChangePlansPeople,
                }
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<StaffChoice>(refusals);
    }

    private async Task<NewPlanChoices> ReadAsync(IWork work, SchoolId school, CancellationToken cancellationToken)
    {
        var today = await work.TodayAsync(school, _desk.Now, cancellationToken);
        var pupils = await work.Schoolings.PupilsOfAsync(school, today, cancellationToken);
        var withPlan = (await work.Plans.OfPupilsAsync(pupils, cancellationToken)).Select(kept => kept.Value)
            .Where(plan => plan.Status != PlanStatus.Closed).Select(plan => plan.Pupil).ToHashSet();
        var cards = await work.PupilCards.FindAllAsync([.. pupils.Where(pupil => !withPlan.Contains(pupil))], cancellationToken);
        return new NewPlanChoices(
            [
                .. cards.Select(card => new PupilChoice(card.Value.Id, card.Value.PreferredName))
                    .OrderBy(pupil => pupil.Name.Text, StringComparer.OrdinalIgnoreCase).Take(MostPupils),
            ],
            await StaffAsync(work, school, cancellationToken));
    }

    private async Task<ImmutableArray<PersonChoice>> StaffAsync(IWork work, SchoolId school, CancellationToken cancellationToken) =>
        await work.PeopleAsync(await work.StaffOfAsync(school, _desk.Now, cancellationToken), cancellationToken);
}

/// <param name="Pupils">At the school today, without a plan that is a draft or active.</param>
/// <param name="People">Who could be the key adult or the lead.</param>
public sealed record NewPlanChoices(ImmutableArray<PupilChoice> Pupils, ImmutableArray<PersonChoice> People)
{
    public override string ToString() => nameof(NewPlanChoices);
}

public sealed record StaffChoice(ImmutableArray<PersonChoice> People)
{
    public override string ToString() => nameof(StaffChoice);
}

/// <summary>A pupil to be chosen, with what they are called.</summary>
public sealed record PupilChoice(PupilId Pupil, PersonalText Name)
{
    public override string ToString() => $"pupil {Pupil}";
}

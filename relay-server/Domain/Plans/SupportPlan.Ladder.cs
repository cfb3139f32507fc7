using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Plans;

/// <content>The ladder: how it is changed, and how people move the pupil along it.</content>
public sealed partial record SupportPlan
{
    /// <summary>Pupil and key adult step up together, one step at a time.</summary>
    /// <remarks>
    /// An agreement counts for this one step up, to the ladder as it was seen: it was given to this move, after the plan was drafted and
    /// activated, after the last move and the last change of the ladder, by the pupil and by the key adult of this plan.
    /// </remarks>
    /// <param name="pupil">Null: not agreed.</param>
    /// <param name="keyAdult">Null: not agreed.</param>
    public Outcome<SupportPlan> StepUp(Agreement? pupil, Agreement? keyAdult, Act act, PupilsSay? say = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        var refusals = new List<Refusal>();
        if (Status != PlanStatus.Active) refusals.Add(Status == PlanStatus.Closed ? PlanRefusals.Closed : PlanRefusals.NotActive);
        if (Ladder.Above is null) refusals.Add(LadderRefusals.AtTop);
        if (!Counts(pupil, AgreementCapacity.Pupil, Pupil.ToString(), act)) refusals.Add(LadderRefusals.PupilHasNotAgreed);
        if (!Counts(keyAdult, AgreementCapacity.KeyAdult, KeyAdult.ToString(), act)) refusals.Add(LadderRefusals.KeyAdultHasNotAgreed);
        if (pupil is not null && WrittenDownForOthers.WhyNot(pupil.Manner, pupil.Recorded) is { } notTheirs) refusals.Add(notTheirs);
        return refusals.Count > 0
            ? Outcome.Refused<SupportPlan>(refusals)
            : Fitting(Moved(StepDirection.Up, Ladder.Above!, act, [pupil!, keyAdult!], say)); // each was checked above
    }

    /// <summary>Going back is always allowed, needs no reason and no agreement, and is never a failure.</summary>
    /// <param name="say">As with every change; that they chose not to say is one.</param>
    /// <param name="agreements">
    /// Of those who were asked, where somebody was. One to something else is left out: going back never waits for it.
    /// </param>
    public Outcome<SupportPlan> StepDown(Act act, PupilsSay? say, ImmutableArray<Agreement> agreements = default)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Status == PlanStatus.Closed) return PlanRefusals.Closed;
        var refusals = new List<Refusal>();
        if (Ladder.Below is null) refusals.Add(LadderRefusals.AtFirst);
        if (say is null) refusals.Add(PlanRefusals.PupilNotHeard);
        refusals.AddRange(PlanLimits.WhyNot(say)); // and never the plan's size
        return refusals.Count > 0
            ? Outcome.Refused<SupportPlan>(refusals)
            : Moved(StepDirection.Down, Ladder.Below!, act, ToMove(agreements, Ladder.Below!), say); // checked above
    }

    public Outcome<SupportPlan> AddStep(Step step, Act act, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(step);
        return LadderChanged(Ladder.Add(step), $"Added the step “{step.Situation}”.", act, say);
    }

    /// <summary>
    /// The step of the same id becomes this one; with another rating it goes where that belongs. Of the pupil who is at it, it asks no more
    /// than before.
    /// </summary>
    public Outcome<SupportPlan> ChangeStep(Step step, Act act, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(step);
        var changed = AsksMore(step.Id, [step]) ? LadderRefusals.AsksMore : Ladder.Change(step);
        return LadderChanged(changed, $"Changed the step “{NameOf(step.Id)}”, now “{step.Situation}”.", act, say);
    }

    /// <summary>
    /// Makes two or more smaller steps of one, none of them rated higher, or asking more of a pupil who is at it. That pupil is then at the
    /// smallest.
    /// </summary>
    public Outcome<SupportPlan> SplitStep(StepId id, IReadOnlyList<Step> parts, Act act, PupilsSay? say)
    {
        var split = AsksMore(id, parts) ? LadderRefusals.AsksMore : Ladder.Split(id, parts);
        var names = string.Join(", ", parts.Select(part => $"“{part.Situation}”"));
        return LadderChanged(split, $"Split the step “{NameOf(id)}” into {names}.", act, say);
    }

    /// <summary>Takes a step out where the pupil is not. In a draft nobody is at a step yet.</summary>
    public Outcome<SupportPlan> RemoveStep(StepId id, Act act, PupilsSay? say)
    {
        var pupilIsHere = Status == PlanStatus.Active && Ladder.Current.Id == id;
        return LadderChanged(pupilIsHere ? LadderRefusals.PupilIsHere : Ladder.Remove(id), $"Removed the step “{NameOf(id)}”.", act, say);
    }

    /// <summary>
    /// The same steps in another order, each with the rating that the pupil gives it there. The pupil stays at the same step.
    /// </summary>
    /// <exception cref="ArgumentException">A rating outside 0–10.</exception>
    public Outcome<SupportPlan> ReorderSteps(IReadOnlyList<RatedStep> order, Act act, PupilsSay? say)
        => LadderChanged(Ladder.Reorder(order), "Put the steps in another order.", act, say);

    /// <summary>What the tries since the pupil came to this step suggest. Never a step up.</summary>
    /// <param name="experiences">
    /// As the one who looks may see them: an adult's suggestions come from <see cref="StepRating.ForAdults"/>.
    /// </param>
    public IReadOnlyList<StepSuggestion> Suggest(IEnumerable<StepExperience> experiences, SuggestionSettings settings)
    {
        var since = Moves.IsEmpty ? Instant.MinValue : Moves[^1].Act.At;
        return StepSuggestions.For(Ladder.Current.Id, Ladder.Below is not null, experiences.Where(tried => tried.At >= since), settings);
    }

    private Outcome<SupportPlan> LadderChanged(Outcome<StepLadder> outcome, string what, Act act, PupilsSay? say)
    {
        var ladder = outcome.TryGet(out var changed, out var refusals) ? changed : Ladder;
        var next = this with { Ladder = Status == PlanStatus.Draft ? ladder.FromStart() : ladder };
        return Changed(next, PlanChangeKind.Ladder, what, act, say, refusals);
    }

    private SupportPlan Moved(StepDirection direction, Step to, Act act, ImmutableArray<Agreement> agreements, PupilsSay? say) => this with
    {
        Ladder = Ladder.MoveTo(to),
        Moves = Moves.Add(new StepMove(Version + 1, direction, NamedStep.Of(Ladder.Current), NamedStep.Of(to), act, agreements, say)),
    };

    private ImmutableArray<Agreement> ToMove(ImmutableArray<Agreement> agreements, Step to)
        => agreements.IsDefault ? [] : [.. agreements.Where(agreement => agreement.To == MoveTo(to))];

    private AgreedTo.Move MoveTo(Step to) => new(Id, Ladder.CurrentId, to.Id);

    private bool Counts(Agreement? agreement, AgreementCapacity capacity, string who, Act act)
        => agreement is not null
            && agreement.Capacity == capacity
            && string.Equals(agreement.Who, who, StringComparison.OrdinalIgnoreCase)
            && Ladder.Above is { } above
            && agreement.To == MoveTo(above)
            && agreement.At <= act.At
            && !Moves.Any(move => agreement.At <= move.Act.At)
            && !Changes.Any(change => IsAskedAgainAfter(change.Kind) && agreement.At <= change.Act.At);

    private static bool IsAskedAgainAfter(PlanChangeKind kind) =>
        kind is PlanChangeKind.Drafted or PlanChangeKind.Activated or PlanChangeKind.Ladder;

    /// <summary>Whether the pupil, who agreed to the step where they are, would be asked for more without agreeing to it.</summary>
    private bool AsksMore(StepId id, IEnumerable<Step> instead)
        => Status == PlanStatus.Active && Ladder.Current.Id == id && instead.Any(step => step.AsksMoreThan(Ladder.Current));

    private string NameOf(StepId id) => Ladder.Find(id)?.Situation ?? "";
}

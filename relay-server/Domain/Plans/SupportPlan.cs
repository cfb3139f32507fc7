using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Plans;

/// <summary>A pupil's stepped support plan: goal, ladder, text, reviews, and everything that was changed.</summary>
/// <remarks>
/// Always true: a plan is active only with a next review date; only people move the pupil along the ladder; the pupil's say goes with
/// every change; a closed plan changes no more, except to mark parts confidential; the id of a part that was removed is not used again; the
/// versions of changes and moves together count 1, 2, 3, … At most one plan of a pupil is active: see <see cref="Activate"/>.
/// </remarks>
public sealed partial record SupportPlan
{
    /// <summary>Rebuilds a plan from what was kept; <see cref="Draft"/> makes a new one.</summary>
    /// <exception cref="ArgumentException">
    /// Active without a next review date, another status with one, a section or review twice, a removed section that is there, or versions that don't count up.
    /// </exception>
    public SupportPlan(
        PlanId id, PupilId pupil, SchoolId school, InPersonGoal goal, PersonId keyAdult, PersonId lead, StepLadder ladder,
        PlanStatus status, LocalDate? nextReviewOn, ImmutableArray<PlanSection> sections, ImmutableArray<SectionId> removedSections,
        ImmutableArray<StepMove> moves, ImmutableArray<Review> reviews, ImmutableArray<PlanChange> changes)
    {
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(ladder);
        if (status == PlanStatus.Active != nextReviewOn is not null) throw new ArgumentException("An active plan has a next review date, and no other has.", nameof(nextReviewOn));
        (Id, Pupil, School, Goal, KeyAdult, Lead, Ladder) = (id, pupil, school, goal, keyAdult, lead, ladder);
        (Status, NextReviewOn) = (status, nextReviewOn);
        (Sections, RemovedSections) = (sections.IsDefault ? [] : sections, removedSections.IsDefault ? [] : removedSections);
        (Moves, Reviews, Changes) = (moves.IsDefault ? [] : moves, reviews.IsDefault ? [] : reviews, changes.IsDefault ? [] : changes);
        if (Sections.DistinctBy(section => section.Id).Count() != Sections.Length) throw new ArgumentException("A section is in its plan once.", nameof(sections));
        if (Reviews.DistinctBy(review => review.Id).Count() != Reviews.Length) throw new ArgumentException("A review is in its plan once.", nameof(reviews));
        if (Sections.Any(section => RemovedSections.Contains(section.Id))) throw new ArgumentException("A section that was removed is not there.", nameof(removedSections));
        var versions = Changes.Select(change => change.Version).Concat(Moves.Select(move => move.Version)).Order();
        if (Version == 0 || !versions.SequenceEqual(Enumerable.Range(1, Version))) throw new ArgumentException("Versions count from 1, which is the draft.", nameof(changes));
    }

    public PlanId Id { get; }

    public PupilId Pupil { get; }

    public SchoolId School { get; }

    public InPersonGoal Goal { get; private init; }

    public PersonId KeyAdult { get; private init; }

    /// <summary>Told after the key adult of what is overdue: the one meaning of "lead". May be the same person where a school is small.</summary>
    public PersonId Lead { get; private init; }

    public StepLadder Ladder { get; private init; }

    public PlanStatus Status { get; private init; }

    public LocalDate? NextReviewOn { get; private init; }

    public ImmutableArray<PlanSection> Sections { get; private init; }

    /// <summary>Parts that were taken out: an id that was confidential once must not come back as an open part.</summary>
    public ImmutableArray<SectionId> RemovedSections { get; private init; }

    /// <summary>Every move along the ladder, the earliest first.</summary>
    public ImmutableArray<StepMove> Moves { get; private init; }

    /// <summary>The earliest first.</summary>
    public ImmutableArray<Review> Reviews { get; private init; }

    /// <summary>Every change but the moves, in the order they were made; it only grows.</summary>
    public ImmutableArray<PlanChange> Changes { get; private init; }

    /// <summary>1 when drafted; rises by one with each change and each move.</summary>
    public int Version => Changes.Length + Moves.Length;

    /// <summary>Everything that the pupil said to this plan, the earliest first.</summary>
    public IEnumerable<PupilsSay> PupilsSays => SaysBut();

    public static Outcome<SupportPlan> Draft(
        PlanId id, PupilId pupil, SchoolId school, InPersonGoal goal, PersonId keyAdult, PersonId lead, StepLadder ladder, Act act, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        if (say is null) return PlanRefusals.PupilNotHeard;
        var plan = new SupportPlan(
            id, pupil, school, goal, keyAdult, lead, ladder.FromStart(), PlanStatus.Draft, null, [], [], [], [],
            [new PlanChange(1, PlanChangeKind.Drafted, "Drafted the plan.", [], act, say)]);
        if (PlanLimits.WhyNot(null, plan).ToList() is { Count: > 0 } refusals) return Outcome.Refused<SupportPlan>(refusals);
        return plan with
        {
            Changes = [new PlanChange(1, PlanChangeKind.Drafted, "Drafted the plan.", PlanDifferences.Between(null, plan), act, say)],
        };
    }

    /// <summary>Puts the plan to use, unless another plan of the pupil is.</summary>
    /// <param name="plans">All plans of the pupil, this one or not; those of others don't count.</param>
    public Outcome<SupportPlan> Activate(
        LocalDate? nextReviewOn, LocalDate today, ReviewSettings settings, IEnumerable<SupportPlan> plans, Act act, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var refusals = new List<Refusal>();
        if (Status == PlanStatus.Active) refusals.Add(PlanRefusals.ActiveAlready);
        if (plans.Any(plan => plan.Pupil == Pupil && plan.Id != Id && plan.Status == PlanStatus.Active)) refusals.Add(PlanRefusals.AnotherActive);
        if (nextReviewOn is null) refusals.Add(PlanRefusals.NoReviewDate);
        if (nextReviewOn <= today) refusals.Add(PlanRefusals.ReviewDatePast);
        if (nextReviewOn > settings.LatestAfter(today)) refusals.Add(PlanRefusals.ReviewTooFar(settings.LongestGapWeeks));
        var next = this with { Status = PlanStatus.Active, NextReviewOn = nextReviewOn };
        return Changed(next, PlanChangeKind.Activated, "Activated the plan.", act, say, refusals);
    }

    public Outcome<SupportPlan> ChangeGoal(InPersonGoal goal, Act act, PupilsSay? say)
    {
        ArgumentNullException.ThrowIfNull(goal);
        return Changed(this with { Goal = goal }, PlanChangeKind.Goal, $"Changed the goal from “{Goal.Name}” to “{goal.Name}”.", act, say);
    }

    public Outcome<SupportPlan> ChangePeople(PersonId keyAdult, PersonId lead, Act act, PupilsSay? say)
        => Changed(this with { KeyAdult = keyAdult, Lead = lead }, PlanChangeKind.People, "Changed who looks after the plan.", act, say);

    /// <summary>Ends the plan. It stays readable, and is not opened again.</summary>
    public Outcome<SupportPlan> Close(Act act, PupilsSay? say)
        => Changed(this with { Status = PlanStatus.Closed, NextReviewOn = null }, PlanChangeKind.Closed, "Closed the plan.", act, say);

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(SupportPlan);

    private IEnumerable<PupilsSay> SaysBut(params PlanChangeKind[] kinds) => Changes.Where(change => !kinds.Contains(change.Kind))
        .Select(change => (change.Version, change.Say))
        .Concat(Moves.Select(move => (move.Version, move.Say)))
        .OrderBy(entry => entry.Version)
        .Select(entry => entry.Say)
        .OfType<PupilsSay>();

    private Outcome<SupportPlan> Changed(
        SupportPlan next, PlanChangeKind kind, string what, Act act, PupilsSay? say, IEnumerable<Refusal>? because = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Status == PlanStatus.Closed) return PlanRefusals.Closed;
        var refusals = (because ?? []).ToList();
        if (say is null) refusals.Add(PlanRefusals.PupilNotHeard);
        if (refusals.Count > 0) return Outcome.Refused<SupportPlan>(refusals);
        return Fitting(Recorded(next, kind, what, act, say));
    }

    /// <summary>As it has become, unless it has become more than a plan holds.</summary>
    private Outcome<SupportPlan> Fitting(SupportPlan next)
        => PlanLimits.WhyNot(this, next).ToList() is { Count: > 0 } refusals ? Outcome.Refused<SupportPlan>(refusals) : next;

    private SupportPlan Recorded(SupportPlan next, PlanChangeKind kind, string what, Act act, PupilsSay? say)
        => next with { Changes = Changes.Add(new PlanChange(Version + 1, kind, what, PlanDifferences.Between(this, next), act, say)) };
}

public enum PlanStatus
{
    Draft,
    Active,
    Closed,
}

using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Plans;

/// <summary>A pupil's steps from least to most feared, and the one where the pupil is.</summary>
/// <remarks>
/// Always true: there are one or more steps, each once; expected ratings never fall; <see cref="Current"/> is on the ladder.
/// It changes only through its <see cref="SupportPlan"/>, which asks for the pupil's say and, to climb, for agreements.
/// </remarks>
public sealed class StepLadder
{
    private readonly int _index;

    /// <exception cref="ArgumentException">No steps, a step twice, ratings that fall, or a current step that is not on the ladder.</exception>
    public StepLadder(ImmutableArray<Step> steps, StepId currentId)
    {
        Steps = steps;
        if (Steps.IsDefaultOrEmpty) throw new ArgumentException("A ladder has one or more steps.", nameof(steps));
        if (Steps.DistinctBy(step => step.Id).Count() != Steps.Length) throw new ArgumentException("A step is on its ladder once.", nameof(steps));
        if (RatingsFall(Steps)) throw new ArgumentException("Expected ratings never fall on the way up.", nameof(steps));
        _index = IndexOf(currentId);
        if (_index < 0) throw new ArgumentException("The current step is on the ladder.", nameof(currentId));
    }

    /// <summary>Least feared first.</summary>
    public ImmutableArray<Step> Steps { get; }

    public StepId CurrentId => Current.Id;

    public Step Current => Steps[_index];

    /// <summary>Counted from 1, the least feared.</summary>
    public int CurrentNumber => _index + 1;

    public Step? Below => _index == 0 ? null : Steps[_index - 1];

    public Step? Above => _index == Steps.Length - 1 ? null : Steps[_index + 1];

    /// <summary>Situations as the pupil listed and rated them, put in order; equal ones stay as listed. Starts at the least feared.</summary>
    /// <exception cref="ArgumentException">No steps, or a step twice.</exception>
    public static StepLadder FromListed(IEnumerable<Step> listed)
    {
        var steps = InOrder(listed);
        return new StepLadder(steps, steps.Length == 0 ? default : steps[0].Id);
    }

    public Step? Find(StepId id) => Steps.FirstOrDefault(step => step.Id == id);

    /// <summary>As a plan stands before anybody has started on it.</summary>
    internal StepLadder FromStart() => new(Steps, Steps[0].Id);

    internal StepLadder MoveTo(Step step) => new(Steps, step.Id);

    /// <summary>Put where its rating belongs, above steps that feel the same.</summary>
    internal Outcome<StepLadder> Add(Step step)
        => Find(step.Id) is not null ? LadderRefusals.StepIsThere : new StepLadder(InOrder(Steps.Add(step)), Current.Id);

    /// <summary>The step of the same id gives way to this one; with another rating it goes where that belongs.</summary>
    internal Outcome<StepLadder> Change(Step step)
        => IndexOf(step.Id) is var index and >= 0
            ? new StepLadder(InOrder(Steps.SetItem(index, step)), Current.Id)
            : LadderRefusals.NoSuchStep;

    /// <summary>Two or more smaller steps instead of one. Who is at that step is then at the smallest of them: a split moves nobody up.</summary>
    internal Outcome<StepLadder> Split(StepId id, IReadOnlyList<Step> parts)
    {
        var index = IndexOf(id);
        if (index < 0) return LadderRefusals.NoSuchStep;
        if (parts.Count < 2) return LadderRefusals.SplitIntoOne;
        if (parts.Any(part => part.ExpectedRating > Steps[index].ExpectedRating)) return LadderRefusals.SplitIsBigger;
        var others = Steps.RemoveAt(index);
        if (parts.Concat(others).DistinctBy(step => step.Id).Count() != parts.Count + others.Length || parts.Any(part => part.Id == id))
            return LadderRefusals.StepIsThere;
        var smallest = InOrder(parts)[0];
        return new StepLadder(InOrder(others.InsertRange(index, parts)), Current.Id == id ? smallest.Id : Current.Id);
    }

    /// <summary>Who is at that step is then at the one below: a removal moves nobody up, unless nothing is below.</summary>
    internal Outcome<StepLadder> Remove(StepId id)
    {
        if (Find(id) is null) return LadderRefusals.NoSuchStep;
        if (Steps.Length == 1) return LadderRefusals.LastStep;
        var stays = Current.Id == id ? Below ?? Steps[1] : Current;
        return new StepLadder([.. Steps.Where(step => step.Id != id)], stays.Id);
    }

    /// <summary>The same steps in another order, each with the rating that it has there. The pupil stays at the same step.</summary>
    internal Outcome<StepLadder> Reorder(IReadOnlyList<RatedStep> order)
    {
        if (!order.Select(rated => rated.Id).ToHashSet().SetEquals(Steps.Select(step => step.Id)) || order.Count != Steps.Length)
            return LadderRefusals.OtherSteps;
        var steps = order.Select(rated => WithRating(Find(rated.Id)!, rated.ExpectedRating)).ToImmutableArray(); // found: the sets are equal
        return RatingsFall(steps) ? LadderRefusals.RatingsFall : new StepLadder(steps, Current.Id);
    }

    private static Step WithRating(Step step, int rating)
        => new(step.Id, step.Situation, rating, step.Duration, step.SessionsPerWeek, step.Place, step.WhoIsThere, step.Robot);

    private static ImmutableArray<Step> InOrder(IEnumerable<Step> steps) => [.. steps.OrderBy(step => step.ExpectedRating)]; // stable

    private static bool RatingsFall(ImmutableArray<Step> steps)
        => steps.Zip(steps.Skip(1)).Any(pair => pair.Second.ExpectedRating < pair.First.ExpectedRating);

    private int IndexOf(StepId id)
    {
        for (var index = 0; index < Steps.Length; index++)
        {
            if (Steps[index].Id == id) return index;
        }

        return -1;
    }
}

/// <summary>A step's place in a new order, with the rating that the pupil gives it there.</summary>
/// <param name="ExpectedRating">0–10.</param>
public readonly record struct RatedStep(StepId Id, int ExpectedRating)
{
    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(RatedStep);
}

using System.Collections.Immutable;
using AV1Relay.Domain.Audit;
using NodaTime.Text;

namespace AV1Relay.Domain.Plans;

/// <summary>What differs between two states of a plan, as its history keeps it: old and new value (domain rule 11).</summary>
internal static class PlanDifferences
{
    private static readonly ImmutableArray<(string Name, Func<SupportPlan, string?> Read, bool IsPersonal)> Single =
    [
        ("status", plan => plan.Status.ToString(), false),
        ("next review", plan => plan.NextReviewOn is { } date ? LocalDatePattern.Iso.Format(date) : null, false),
        ("key adult", plan => plan.KeyAdult.ToString(), false),
        ("lead", plan => plan.Lead.ToString(), false),
        ("current step", plan => plan.Ladder.CurrentId.ToString(), false),
        ("confidential parts", plan => Listed(plan.Sections.Where(section => section.IsConfidential).Select(section => section.Id)), false),
        ("confidential reviews", plan => Listed(plan.Reviews.Where(review => review.IsConfidential).Select(review => review.Id)), false),
        ("goal", plan => $"{plan.Goal.Name}; {plan.Goal.Place}", true),
        ("ladder", plan => Listed(plan.Ladder.Steps.Select(step => step.Situation)), true),
    ];

    private static readonly ImmutableArray<(string Name, Func<SupportPlan, Dictionary<Guid, string>> Read, bool IsPersonal)> Several =
    [
        ("step", plan => plan.Ladder.Steps.ToDictionary(step => step.Id.Value, InWords), true),
        ("part", plan => plan.Sections.ToDictionary(section => section.Id.Value, section => $"{section.Heading}\n{section.Text}"), true),
        ("review", plan => plan.Reviews.ToDictionary(review => review.Id.Value, review => review.Id.ToString()), false),
    ];

    /// <param name="before">Null: there was no plan yet.</param>
    public static ImmutableArray<ValueChange> Between(SupportPlan? before, SupportPlan after) =>
    [
        .. Single.SelectMany(value => Change(value.Name, before is null ? null : value.Read(before), value.Read(after), value.IsPersonal)),
        .. Several.SelectMany(value => Changes(value.Name, before is null ? [] : value.Read(before), value.Read(after), value.IsPersonal)),
    ];

    private static IEnumerable<ValueChange> Changes(string name, Dictionary<Guid, string> before, Dictionary<Guid, string> after, bool isPersonal)
        => before.Keys.Union(after.Keys).SelectMany(id => Change(name, before.GetValueOrDefault(id), after.GetValueOrDefault(id), isPersonal));

    private static IEnumerable<ValueChange> Change(string name, string? before, string? after, bool isPersonal)
        => before == after ? [] : [new ValueChange(name, before, after, isPersonal)];

    private static string? Listed<T>(IEnumerable<T> things) => string.Join(", ", things) is { Length: > 0 } text ? text : null;

    private static string InWords(Step step) => FormattableString.Invariant(
        $"{step.Situation}; feels {step.ExpectedRating}; {step.Duration.TotalMinutes} minutes, {step.SessionsPerWeek} a week; {step.Place}; {step.WhoIsThere}; ")
        + (step.Robot is { } robot ? $"the robot may: {robot.Capabilities}{(robot.AsksParent ? "; a parent agrees to each session" : "")}" : "without the robot");
}

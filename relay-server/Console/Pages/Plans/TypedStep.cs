using System.Globalization;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using AV1Relay.StaffConsole.Forms;
using NodaTime;

namespace AV1Relay.StaffConsole.Pages.Plans;

/// <summary>A step as it was typed.</summary>
public sealed class TypedStep
{
    internal const string WithRobot = "robot";
    internal const string InPerson = "in-person";

    public string? Situation { get; set; }

    public string? Rating { get; set; }

    public string? Minutes { get; set; }

    public string? PerWeek { get; set; }

    public string? Place { get; set; }

    public string? Who { get; set; }

    public string? With { get; set; }

    public List<string>? Capabilities { get; set; }

    public bool AsksParent { get; set; }

    internal static TypedStep Of(Step step) => new()
    {
        Situation = step.Situation,
        Rating = Text(step.ExpectedRating),
        Minutes = Text((int)step.Duration.TotalMinutes),
        PerWeek = Text(step.SessionsPerWeek),
        Place = step.Place,
        Who = step.WhoIsThere,
        With = step.Robot is null ? InPerson : WithRobot,
        Capabilities = [.. (step.Robot?.Capabilities ?? CapabilitySet.Nothing).Each().Select(capability => capability.ToString())],
        AsksParent = step.Robot?.AsksParent is true,
    };

    /// <returns>Null: something is missing, and the errors say what.</returns>
    internal Step? Read(StepId id, string name, FormErrors errors)
    {
        var isNamed = errors.Require($"{name}.Situation", Situation, "Say what the pupil will do.");
        var rating = errors.Number($"{name}.Rating", Rating, Step.LowestRating, Step.HighestRating, "Enter how it is expected to feel: a number from 0 to 10.");
        var minutes = errors.Number($"{name}.Minutes", Minutes, 1, PlanLimits.MostMinutes, $"Enter a number of minutes, {PlanLimits.MostMinutes} at most.");
        var perWeek = errors.Number($"{name}.PerWeek", PerWeek, 1, PlanLimits.MostAWeek, $"Enter how often in a week: 1 to {PlanLimits.MostAWeek}.");
        var hasWay = With is WithRobot or InPerson;
        if (!hasWay) errors.Add($"{name}.With", "Say whether it is in person or with the robot.");
        if (!isNamed || rating is null || minutes is null || perWeek is null || !hasWay) return null;
        var robot = With == WithRobot ? new RobotUse(new CapabilitySet(Flags()), AsksParent) : null;
        return new Step(id, Situation!.Trim(), rating.Value, Duration.FromMinutes(minutes.Value), perWeek.Value, Place?.Trim() ?? "", Who?.Trim() ?? "", robot); // named
    }

    private Capability Flags() => (Capabilities ?? []).Aggregate(
        Capability.None, (flags, name) => CapabilitySet.Everything.Each().FirstOrDefault(capability => capability.ToString() == name) | flags);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

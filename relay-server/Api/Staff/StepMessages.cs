using AV1Relay.Api.RobotLinks;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Wire = AV1Relay.Protos.V1;

namespace AV1Relay.Api.Staff;

/// <summary>Steps of a ladder.</summary>
internal static class StepMessages
{
    /// <param name="id">Given by the relay for a new one; as it was sent for one that is changed.</param>
    public static Step Read(Wire.Step step, StepId id, string field) => new(
        id,
        Fields.Needed(step.Situation, $"{field}.situation", StaffLimits.MaxWords),
        Fields.Number(step.ExpectedRating, $"{field}.expected_rating", Step.LowestRating, Step.HighestRating),
        Duration.FromMinutes(Fields.Number(step.Minutes, $"{field}.minutes", 1, StaffLimits.MaxMinutes)),
        Fields.Number(step.SessionsPerWeek, $"{field}.sessions_per_week", 1, StaffLimits.MaxSessionsPerWeek),
        Fields.Words(step.Place, $"{field}.place", StaffLimits.MaxName),
        Fields.Words(step.WhoIsThere, $"{field}.who_is_there", StaffLimits.MaxName),
        step.Robot is { } robot ? ReadRobot(robot, $"{field}.robot") : null);

    /// <summary>The relay names a new step; a name that came with it, of the step it was copied from say, is not looked at.</summary>
    public static Step ReadNew(Wire.Step step, string field) => Read(step, new StepId(Guid.NewGuid()), field);

    public static Wire.Step Write(Step step) => new()
    {
        StepId = step.Id.ToString(),
        Situation = step.Situation,
        ExpectedRating = step.ExpectedRating,
        Minutes = (int)step.Duration.TotalMinutes,
        SessionsPerWeek = step.SessionsPerWeek,
        Place = step.Place,
        WhoIsThere = step.WhoIsThere,
        Robot = step.Robot is { } robot ? new Wire.RobotUse { Capabilities = { ProtoCapabilities.From(robot.Capabilities) }, AsksParent = robot.AsksParent } : null,
    };

    private static RobotUse ReadRobot(Wire.RobotUse robot, string field)
    {
        // Read by trying all that there are: one list of them is enough.
        var all = CapabilitySet.Everything.Each().ToDictionary(capability => ProtoCapabilities.From(new CapabilitySet(capability)).Single());
        var flags = Fields.List(
            robot.Capabilities, $"{field}.capabilities", all.Count,
            (capability, name) => all.TryGetValue(capability, out var known) ? known : throw Fields.NotChosen(name));
        return new RobotUse(new CapabilitySet(flags.Aggregate(Capability.None, (some, flag) => some | flag)), robot.AsksParent);
    }
}

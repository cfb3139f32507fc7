namespace AV1Relay.Domain.Robots;

/// <summary>What is to be done about a robot, in words for who looks after it.</summary>
public sealed record RobotAdvice(RobotStanding Standing, string Reason, string NextStep)
{
    /// <summary>The first thing that keeps it from being counted on.</summary>
    public static RobotAdvice For(RobotCondition robot)
    {
        ArgumentNullException.ThrowIfNull(robot);
        return robot switch
        {
            { OutOfServiceBecause: { } why, HasNextSession: true } => new(
                RobotStanding.OutOfService, $"Out of service: {why}", "It is booked all the same: mend it and return it to service, or ask the SENDCo to book another one."),
            { OutOfServiceBecause: { } why } => new(RobotStanding.OutOfService, $"Out of service: {why}", "When it is mended, return it to service."),
            { IsOnline: false } => new(
                RobotStanding.NotWell, "It is not connected.", "Switch it on where the wifi is good. If it stays away, run robot-agent doctor on it: it says what to do."),
            { Fault: { } fault } => new(RobotStanding.NotWell, fault, "Run robot-agent doctor on it, or take it out of service until it is mended."),
            { IsPrivacySwitchOff: true } => new(
                RobotStanding.NotWell, "Its privacy switch is set: camera and speakerphone have no power.", "Set the switch back before its next lesson."),
            { IsBatteryLow: true } => new(
                RobotStanding.NotWell, FormattableString.Invariant($"Its battery is down to {robot.BatteryPercent:0} %."), "Plug it in now."),
            { BatteryPercent: null } => new(RobotStanding.Well, "It is connected, and says nothing of its battery.", "Look at its charge before a lesson."),
            _ => new(RobotStanding.Well, "It is connected and well.", "Nothing to do."),
        };
    }
}

public enum RobotStanding
{
    Well,
    NotWell,
    OutOfService,
}

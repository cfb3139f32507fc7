using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Live;

/// <summary>Why a robot was not asked for something, or did not do it.</summary>
public static class LiveRefusals
{
    public static Refusal RobotAway { get; } = new(
        "live.robot-away", "The robot can't be reached at this moment.", "Use the button on the robot. If its lights are off, switch it on.");

    public static Refusal NotOn { get; } = new(
        "live.not-on", "The robot is not in this session at this moment.", "Wait until the session begins, or use the button on the robot.");

    public static Refusal CurtainAtRobot { get; } = new(
        "live.curtain-at-robot", "The curtain was drawn with the button on the robot.", "Press that button to lift it: no page can.");

    public static Refusal NoAnswer { get; } = new(
        "live.no-answer", "The robot has not done it yet.", "Look at its lights, and press again or use the button on the robot.");
}

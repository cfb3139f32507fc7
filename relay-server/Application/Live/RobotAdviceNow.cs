using AV1Relay.Domain.Robots;

namespace AV1Relay.Application.Live;

/// <summary>What is to be done about a robot, by what it says of itself at this moment.</summary>
internal static class RobotAdviceNow
{
    /// <param name="station">Null: it belongs to no school.</param>
    public static RobotAdvice Of(RobotNow? now, StationedRobot? station, bool isBooked) => RobotAdvice.For(new RobotCondition(
        station?.OutOfServiceBecause, now is not null, now?.Faults.FirstOrDefault(), now?.IsPrivacySwitchOff is true, now?.BatteryPercent, isBooked));
}

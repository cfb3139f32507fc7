namespace AV1Relay.Domain.Booking;

/// <summary>What the person who places the robot sees before saying "placed and ready".</summary>
/// <param name="RobotName">The robot that stands there, as its code says.</param>
public sealed record RobotCheck(string RobotName, bool BatteryLasts, bool WifiHolds, bool SoundIsHeard);

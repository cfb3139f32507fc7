using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Robots;

/// <summary>At which school a robot is, and whether it can be counted on.</summary>
/// <param name="RobotName">As it was enrolled.</param>
/// <param name="OutOfServiceBecause">Null while it works; otherwise in words: "the head does not turn".</param>
/// <param name="Battery">Null while it is not known.</param>
public sealed record StationedRobot(string RobotName, SchoolId School, string? OutOfServiceBecause = null, BatteryFacts? Battery = null);

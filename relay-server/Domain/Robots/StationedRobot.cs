using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Robots;

/// <summary>Which school an enrolled robot belongs to, and whether it can be counted on.</summary>
/// <remarks>Always true: it has a name; where it is out of service, it says why.</remarks>
public sealed record StationedRobot
{
    /// <param name="outOfServiceBecause">Null while it works; otherwise in words: "the head does not turn".</param>
    /// <param name="battery">Null while it is not known.</param>
    /// <exception cref="ArgumentException">No name, or out of service without a reason.</exception>
    public StationedRobot(string robotName, SchoolId school, string? outOfServiceBecause = null, BatteryFacts? battery = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(robotName);
        if (outOfServiceBecause is not null && string.IsNullOrWhiteSpace(outOfServiceBecause))
            throw new ArgumentException("Out of service has a reason.", nameof(outOfServiceBecause));
        (RobotName, School, OutOfServiceBecause, Battery) = (robotName, school, outOfServiceBecause, battery);
    }

    public string RobotName { get; }

    public SchoolId School { get; init; }

    public string? OutOfServiceBecause { get; init; }

    public BatteryFacts? Battery { get; init; }

    public RobotFacts ToFacts() => new(RobotName, School, OutOfServiceBecause) { Battery = Battery };
}

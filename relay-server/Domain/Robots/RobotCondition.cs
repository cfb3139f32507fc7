namespace AV1Relay.Domain.Robots;

/// <summary>How a robot is, as far as anybody knows.</summary>
/// <param name="OutOfServiceBecause">Null while it is in service.</param>
/// <param name="IsOnline">Its link to the relay is up; what it says of itself is known only then.</param>
/// <param name="Fault">What it says is wrong, in words; null: nothing.</param>
/// <param name="IsPrivacySwitchOff">Its switch has cut the power of camera and speakerphone.</param>
/// <param name="BatteryPercent">Null: not known.</param>
/// <param name="HasNextSession">It is booked.</param>
public sealed record RobotCondition(
    string? OutOfServiceBecause, bool IsOnline, string? Fault, bool IsPrivacySwitchOff, double? BatteryPercent, bool HasNextSession)
{
    /// <summary>Below this a robot is to be charged before it is needed.</summary>
    public const double LowBatteryPercent = 25;

    public bool IsBatteryLow => BatteryPercent < LowBatteryPercent;
}

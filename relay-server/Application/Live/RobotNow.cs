using System.Collections.Immutable;
using AV1Relay.Domain.Robots;

namespace AV1Relay.Application.Live;

/// <summary>What one robot has told of itself last, over a link that is up.</summary>
/// <param name="Session">Which session it serves; null: none.</param>
/// <param name="BatteryPercent">Null: not known.</param>
/// <param name="IsLive">Its camera or its microphone is open.</param>
/// <param name="IsCurtainAtRobot">Drawn with its own button, which alone lifts it.</param>
/// <param name="IsPrivacySwitchOff">The power of camera and speakerphone is cut by its switch.</param>
/// <param name="Faults">In words; empty while it is well.</param>
public sealed record RobotNow(
    string AgentVersion, string? Session, double? BatteryPercent, bool IsLive, bool IsCurtainDrawn, bool IsCurtainAtRobot, bool IsPrivacySwitchOff,
    bool IsHandRaised, PupilsMood Mood, bool IsPassive, bool NeedsAMinute, ImmutableArray<string> Faults)
{
    /// <summary>Of its board, in degrees Celsius; null: not known.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>As its buttons set it: 1 (softest) to 7; null: it has none.</summary>
    public int? Volume { get; init; }

    /// <summary>How well the class can hear the pupil, as the robot measures it.</summary>
    public PupilsVoice Voice { get; init; }

    public bool IsBatteryLow => BatteryPercent < RobotCondition.LowBatteryPercent;
}

/// <summary>How well the class hears the pupil.</summary>
public enum PupilsVoice
{
    /// <summary>They have not spoken for long enough to tell.</summary>
    Unknown,
    Clear,
    Quiet,

    /// <summary>The room drowns it, or the speaker does not sound.</summary>
    Lost,
}

/// <summary>As the pupil shows it by the robot's lights.</summary>
public enum PupilsMood
{
    Neutral,
    Happy,
    Unsure,
    Sad,
}

namespace AV1Relay.Hardware.Audio;

/// <summary>How well the class can hear who speaks through the robot.</summary>
public enum VoiceReach
{
    /// <summary>Nobody has spoken for long enough to tell.</summary>
    Unknown,

    /// <summary>Every word can be understood at the back of the room.</summary>
    Clear,

    /// <summary>Heard, and not always understood.</summary>
    Quiet,

    /// <summary>Drowned by the room, or the speaker does not sound.</summary>
    Lost,
}

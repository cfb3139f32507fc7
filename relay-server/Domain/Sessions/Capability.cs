namespace AV1Relay.Domain.Sessions;

/// <summary>One thing that a step lets the robot do for the pupil; what is not set is off.</summary>
/// <remarks>The values are stored and signed into tokens by name, never by number.</remarks>
[Flags]
public enum Capability
{
    None = 0,

    /// <summary>Video from the robot to the pupil.</summary>
    See = 1 << 0,

    Zoom = 1 << 1,

    /// <summary>Sound from the robot to the pupil.</summary>
    Hear = 1 << 2,

    LookAround = 1 << 3,

    /// <summary>Raise a hand, be passive, need a minute.</summary>
    LightsAndHand = 1 << 4,

    /// <summary>Moods.</summary>
    Expressions = 1 << 5,

    /// <summary>Speak softly to a named buddy.</summary>
    Whisper = 1 << 6,

    /// <summary>The pupil's voice to the class.</summary>
    Speak = 1 << 7,

    /// <summary>A drawn avatar only: there is no camera at the pupil's side.</summary>
    BeSeen = 1 << 8,
}

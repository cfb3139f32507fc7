namespace AV1Relay.Hardware.Lights;

/// <summary>What the lights can say; the light language gives each its look.</summary>
public enum LightSign
{
    /// <summary>Nothing is live.</summary>
    Dark,

    /// <summary>Something is broken; staff should look.</summary>
    Fault,

    /// <summary>The privacy switch is off or the curtain is drawn.</summary>
    Privacy,

    /// <summary>Linked, nothing live yet.</summary>
    Connecting,

    /// <summary>The pupil may see or hear.</summary>
    Live,

    /// <summary>Live, and the hand is up.</summary>
    HandRaised,

    /// <summary>Live; the pupil needs a calm minute.</summary>
    NeedsAMinute,

    /// <summary>Live; listening, please don't ask.</summary>
    Passive,
}

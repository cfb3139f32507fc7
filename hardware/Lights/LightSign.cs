namespace AV1Relay.Hardware.Lights;

/// <summary>What the lights can say; the light language gives each its look.</summary>
public enum LightSign
{
    /// <summary>Nothing is live.</summary>
    Dark,

    /// <summary>Something is broken; staff should look.</summary>
    Fault,

    /// <summary>This robot's certificate has ended: it must be enrolled again before anything goes live.</summary>
    CertificateEnded,

    /// <summary>There is no time that can be trusted: nothing goes live.</summary>
    TimeUnknown,

    /// <summary>The session that was offered is forged, old, another robot's or not for now.</summary>
    SessionRefused,

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

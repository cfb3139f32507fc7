namespace AV1Relay.Hardware;

/// <summary>What kind of trouble a device is in; the words are in <see cref="HardwareException"/>'s message.</summary>
public enum HardwareFault
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>The system does not know the device: not plugged in, not switched on, or by another name.</summary>
    Missing,

    /// <summary>It is there for the system, and does not answer.</summary>
    Silent,

    /// <summary>It answers, and what it says can't be true.</summary>
    Noisy,

    /// <summary>It may not be used: rights, or another program that has it.</summary>
    Refused,

    /// <summary>Something stops its movement.</summary>
    Blocked,

    /// <summary>Too hot to go on.</summary>
    TooHot,
}

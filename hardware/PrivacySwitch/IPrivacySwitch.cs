namespace AV1Relay.Hardware.PrivacySwitch;

/// <summary>The latching switch. One pole cuts the power of camera and speakerphone; the other tells us. Software can only read it.</summary>
public interface IPrivacySwitch
{
    /// <summary>True while camera and speakerphone have no power. Thread-safe.</summary>
    bool IsPrivate { get; }

    /// <summary>Raised after <see cref="IsPrivate"/> has changed, on a thread of the driver's; handlers only take note.</summary>
    event Action? Changed;
}

namespace AV1Relay.Hardware.PrivacySwitch;

/// <summary>The teacher's momentary button: one press draws the curtain, another lifts it. It closes capture only.</summary>
public interface ICurtainButton
{
    /// <summary>Raised once a press (debounced), on a thread of the driver's; handlers only take note.</summary>
    event Action? Pressed;
}

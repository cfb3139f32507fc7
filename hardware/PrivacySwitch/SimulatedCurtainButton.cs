namespace AV1Relay.Hardware.PrivacySwitch;

/// <summary>The curtain button, pressed by a test or from the robot's page.</summary>
public sealed class SimulatedCurtainButton : ICurtainButton
{
    public event Action? Pressed;

    public void Press() => Pressed?.Invoke();
}

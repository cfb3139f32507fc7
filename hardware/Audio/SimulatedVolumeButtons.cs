namespace AV1Relay.Hardware.Audio;

/// <summary>The volume buttons, pressed by a test.</summary>
public sealed class SimulatedVolumeButtons : IVolumeButtons
{
    public event Action<int>? Pressed;

    /// <param name="step">+1 for louder, −1 for softer.</param>
    public void Press(int step) => Pressed?.Invoke(step);
}

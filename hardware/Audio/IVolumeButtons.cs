namespace AV1Relay.Hardware.Audio;

/// <summary>The buttons with which the class makes the pupil louder or softer.</summary>
public interface IVolumeButtons
{
    /// <summary>Raised once a press (debounced) with +1 for louder and −1 for softer, on a thread of the driver's; handlers only take note.</summary>
    event Action<int>? Pressed;
}

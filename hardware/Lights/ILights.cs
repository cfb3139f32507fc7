namespace AV1Relay.Hardware.Lights;

/// <summary>The 12-LED ring. Not thread-safe: one light loop owns it.</summary>
public interface ILights : IAsyncDisposable
{
    /// <summary>Shows a frame. Returns once the LEDs have it: "lights before media" relies on that.</summary>
    /// <exception cref="HardwareException">The ring did not take it; what it shows is then unknown.</exception>
    ValueTask ShowAsync(LightFrame frame, CancellationToken cancellationToken);

    /// <summary>The last frame that the ring took; null before the first and after a failure.</summary>
    LightFrame? Shown { get; }
}

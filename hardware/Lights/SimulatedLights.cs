namespace AV1Relay.Hardware.Lights;

/// <summary>A ring in memory that can break, so that "lights before media" can be tried.</summary>
/// <remarks><see cref="Shown"/> may be read from any thread.</remarks>
public sealed class SimulatedLights : ILights
{
    private volatile LightFrame? _shown;

    public LightFrame? Shown => _shown;

    /// <summary>True: the ring takes nothing, as with a loose cable.</summary>
    public bool IsBroken { get; set; }

    public ValueTask ShowAsync(LightFrame frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsBroken)
        {
            _shown = null;
            throw new HardwareException("The light ring does not take frames: check its ribbon cable and that SPI is enabled.");
        }

        _shown = frame;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

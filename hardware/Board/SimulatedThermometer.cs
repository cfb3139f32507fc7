namespace AV1Relay.Hardware.Board;

/// <summary>A board that is as warm as it is told to be.</summary>
public sealed class SimulatedThermometer : IBoardThermometer
{
    public double Celsius { get; set; } = 45;

    /// <summary>True: the sensor can't be read.</summary>
    public bool IsBroken { get; set; }

    public double ReadCelsius() => IsBroken
        ? throw new HardwareException(HardwareFault.Missing, "This board tells no temperature: nothing has to be done, but nobody is warned when it is too hot.")
        : Celsius;
}

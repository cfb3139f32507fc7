namespace AV1Relay.Hardware.Board;

/// <summary>The robot's computer's own temperature.</summary>
public interface IBoardThermometer
{
    /// <summary>Degrees Celsius, of its hottest place that is known. Thread-safe, and quick.</summary>
    /// <exception cref="HardwareException">There is no sensor, or it says what can't be.</exception>
    double ReadCelsius();
}

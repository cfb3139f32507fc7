namespace AV1Relay.Hardware.Power;

/// <summary>The battery's gauge.</summary>
public interface IBattery
{
    /// <exception cref="HardwareException">The gauge did not answer.</exception>
    ValueTask<BatteryReading> ReadAsync(CancellationToken cancellationToken);
}

/// <param name="Percent">0…100.</param>
/// <param name="Volts">Of the pack.</param>
/// <param name="IsCharging">On the charger, and taking current.</param>
public readonly record struct BatteryReading(double Percent, double Volts, bool IsCharging);

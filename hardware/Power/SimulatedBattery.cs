namespace AV1Relay.Hardware.Power;

/// <summary>A two-cell pack that empties and fills at a constant rate.</summary>
/// <param name="time">Its clock.</param>
/// <param name="percent">Charge at the start, 0…100.</param>
public sealed class SimulatedBattery(TimeProvider time, double percent = 100) : IBattery
{
    private const double EmptyVolts = 6.4;
    private const double FullVolts = 8.4;

    private readonly Lock _gate = new();
    private double _percent = Math.Clamp(percent, 0, 100);
    private long _readAt = time.GetTimestamp();
    private bool _isCharging;

    /// <summary>Percent an hour while in use, and while on the charger.</summary>
    public double DrainPerHour { get; init; } = 20;

    public double ChargePerHour { get; init; } = 40;

    public bool IsCharging
    {
        get => _isCharging;
        set
        {
            lock (_gate)
            {
                Advance();
                _isCharging = value;
            }
        }
    }

    /// <summary>True: the gauge does not answer.</summary>
    public bool IsBroken { get; set; }

    public ValueTask<BatteryReading> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsBroken)
        {
            throw new HardwareException("The battery gauge does not answer: check its I2C cable.");
        }

        lock (_gate)
        {
            Advance();
            return ValueTask.FromResult(new BatteryReading(
                _percent, EmptyVolts + ((FullVolts - EmptyVolts) * _percent / 100), _isCharging && _percent < 100));
        }
    }

    private void Advance()
    {
        var now = time.GetTimestamp();
        var hours = time.GetElapsedTime(_readAt, now).TotalHours;
        _readAt = now;
        _percent = Math.Clamp(_percent + (hours * (_isCharging ? ChargePerHour : -DrainPerHour)), 0, 100);
    }
}

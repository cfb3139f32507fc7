using System.Globalization;
using AV1Relay.Hardware.Linux.ServoBus;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>One of the head's bus servos with how it sits, and what is known of it. The head owns it; what it tells is thread-safe.</summary>
internal sealed class ServoAxis
{
    private readonly StsServo _servo;
    private readonly int _minSteps;
    private readonly int _maxSteps;
    private Box? _reading;
    private bool _isStarted; // its motor is on, as far as we know

    /// <exception cref="ArgumentException">The servo can't reach from <paramref name="min"/> to <paramref name="max"/> degrees.</exception>
    public ServoAxis(StsBus bus, string name, ServoAxisCalibration calibration, double min, double max)
    {
        calibration.CheckReach(name, min, max);
        _servo = new(bus, calibration.Id, name);
        Calibration = calibration;
        (_minSteps, _maxSteps) = (calibration.ToSteps(min), calibration.ToSteps(max));
        if (_minSteps > _maxSteps) (_minSteps, _maxSteps) = (_maxSteps, _minSteps);
    }

    public ServoAxisCalibration Calibration { get; }

    public ServoWatch Watch { get; } = new();

    /// <summary>Where it was sent, in steps; null while nobody has sent it anywhere since its motor was switched on.</summary>
    public int? Goal { get; set; }

    /// <summary>What is wrong with it though it answers, in words.</summary>
    public string? Fault
    {
        get
        {
            switch (Watch.Verdict)
            {
                case ServoVerdict.Blocked:
                    return $"The {_servo.Name} does not go where it is sent: look for what blocks the head.";
                case ServoVerdict.TooHot:
                    return $"The {_servo.Name} is too hot and has let go: it moves again below {ServoWatch.CoolCelsius} °C. Look for what makes it work so hard.";
            }

            if (Volatile.Read(ref _reading)?.Value is not { } reading) return null;
            if (reading.Errors.HasFlag(StsErrors.Voltage)) return string.Create(CultureInfo.InvariantCulture, $"The {_servo.Name} complains of its voltage ({reading.Volts:0.0} V): check the servos' supply.");
            if (reading.Errors.HasFlag(StsErrors.Sensor)) return $"The {_servo.Name} complains of its position sensor: switch its power off and on, and replace it if that does not help.";
            return reading.Errors.HasFlag(StsErrors.Current) ? $"The {_servo.Name} draws too much current: look for what blocks the head." : null;
        }
    }

    public string? Description => Volatile.Read(ref _reading)?.Value is { } reading
        ? string.Create(CultureInfo.InvariantCulture, $"{reading.Celsius} °C, {reading.Volts:0.0} V, load {reading.LoadPercent:0} %")
        : null;

    public void OnReading(in ServoReading reading, TimeSpan now)
    {
        Watch.OnReading(reading, now);
        Volatile.Write(ref _reading, new(reading));
    }

    /// <summary>The nearest step inside the soft limits.</summary>
    public int Clamp(int steps) => Math.Clamp(steps, _minSteps, _maxSteps);

    /// <summary>Its motor may be off.</summary>
    public void OnLost() => _isStarted = false;

    /// <summary>Switches the motor on unless it is, or has to rest.</summary>
    /// <exception cref="HardwareException">It does not answer.</exception>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_isStarted) return;
        var isNew = await _servo.StartAsync(withTorque: Watch.Verdict != ServoVerdict.TooHot, cancellationToken).ConfigureAwait(false);
        if (isNew)
        {
            Goal = null;
            Watch.OnHold();
        }

        _isStarted = true;
    }

    /// <summary>Switches the servo on first where that is needed.</summary>
    /// <exception cref="HardwareException">It does not answer.</exception>
    public async ValueTask<T> AskAsync<T>(Func<StsServo, CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            return await ask(_servo, cancellationToken).ConfigureAwait(false);
        }
        catch (HardwareException)
        {
            _isStarted = false; // it may have lost power, and its settings with it
            throw;
        }
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    public async ValueTask AskAsync(Func<StsServo, CancellationToken, ValueTask> ask, CancellationToken cancellationToken) =>
        await AskAsync(
            async (servo, token) =>
            {
                await ask(servo, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    private sealed record Box(ServoReading Value);
}

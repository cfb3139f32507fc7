using System.Globalization;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Lights;
using AV1Relay.RobotAgent.Body;

namespace AV1Relay.RobotAgent.Doctor;

/// <summary>Tries each part of the body: is it there, does it answer, does it do what it is told.</summary>
internal sealed class BodyCheckup(IRobotBody body, TimeProvider time)
{
    private const double NodDegrees = 5;
    private static readonly TimeSpan NodTime = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan SignTime = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan ContactsTime = TimeSpan.FromMilliseconds(300); // until they have been read, and settled
    private readonly bool _isSimulated = body is SimulatedBody;

    /// <exception cref="HardwareException">It does not answer.</exception>
    public async Task<Finding> NodAsync(CancellationToken cancellationToken)
    {
        var head = body.Head;
        if (head is FixedHead) return new("head", Grade.Note, "It does not move: the body's file names no driver for it.");

        var before = await head.ReadPoseAsync(cancellationToken);
        var target = head.Range.Clamp(before with { Tilt = before.Tilt < 0 ? before.Tilt + NodDegrees : before.Tilt - NodDegrees });
        await head.MoveToAsync(target, cancellationToken);
        await Task.Delay(NodTime, time, cancellationToken);
        var after = await head.ReadPoseAsync(cancellationToken);
        await head.MoveToAsync(before, cancellationToken);

        var health = head as IHeadHealth;
        if (health?.Fault is { } fault) return new("head", Grade.Bad, fault);
        if (Math.Abs(after.Tilt - target.Tilt) >= 1) return new("head", Grade.Bad, "It answers and does not go where it is sent: look for what blocks it.");
        var reach = $"It reaches {head.Range.MinPan:0}° to {head.Range.MaxPan:0}° and {head.Range.MinTilt:0}° to {head.Range.MaxTilt:0}°.";
        if (_isSimulated) return new("head", Grade.Good, $"Simulated; nods. {reach}");
        return health is { IsPoseMeasured: false }
            ? new("head", Grade.Note, $"Its board answers; its servos can't: was it seen to nod? {reach}")
            : new("head", Grade.Good, $"Answers and nods ({health?.Describe()}). {reach}");
    }

    /// <exception cref="HardwareException">It does not take a frame.</exception>
    public async Task<Finding> LightUpAsync(CancellationToken cancellationToken)
    {
        foreach (var sign in Enum.GetValues<LightSign>())
        {
            await body.Lights.ShowAsync(LightLanguage.Default.FrameFor(sign, TimeSpan.Zero), cancellationToken);
            if (!_isSimulated) await Task.Delay(SignTime, time, cancellationToken);
        }

        await body.Lights.ShowAsync(LightFrame.Dark, cancellationToken);
        return _isSimulated
            ? new("lights", Grade.Good, "Simulated; showed every sign.")
            : new("lights", Grade.Note, "Took every sign, and can't tell whether it shines: did all twelve LEDs shine?");
    }

    public async Task<Finding> ReadContactsAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(ContactsTime, time, cancellationToken);
        if (body.ContactsFault is { } fault) return new("switch and buttons", Grade.Bad, fault);
        return body.PrivacySwitch.IsPrivate
            ? new("switch and buttons", Grade.Note, "The privacy switch is set to private, or its wire is off: camera and speakerphone have no power.")
            : new("switch and buttons", Grade.Good, _isSimulated ? "Simulated." : "Can be read; the privacy switch gives camera and speakerphone their power. Flip it once and ask again.");
    }

    /// <exception cref="HardwareException">The gauge does not answer.</exception>
    public async Task<Finding> ReadBatteryAsync(CancellationToken cancellationToken)
    {
        if (body.Battery is not { } battery) return new("battery", Grade.Note, "The body's file names no gauge.");
        var reading = await battery.ReadAsync(cancellationToken);
        return new(
            "battery", Grade.Good, string.Create(CultureInfo.InvariantCulture, $"{(_isSimulated ? "Simulated; " : "")}{reading.Percent:0} %, {reading.Volts:0.00} V, {(reading.IsCharging ? "charging" : "not charging")}."));
    }

    public Finding ReadBoard()
    {
        try
        {
            return new("board", Grade.Good, string.Create(CultureInfo.InvariantCulture, $"{body.Thermometer.ReadCelsius():0} °C."));
        }
        catch (HardwareException problem)
        {
            return new("board", Grade.Note, problem.Message);
        }
    }
}

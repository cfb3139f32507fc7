using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Board;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Lights;
using AV1Relay.Hardware.Linux;
using AV1Relay.Hardware.Linux.Board;
using AV1Relay.Hardware.Linux.Gpio;
using AV1Relay.Hardware.Linux.Head;
using AV1Relay.Hardware.Linux.Lights;
using AV1Relay.Hardware.Linux.Power;
using AV1Relay.Hardware.Power;
using AV1Relay.Hardware.PrivacySwitch;

namespace AV1Relay.RobotAgent.Body;

/// <summary>A real body. No part has to be there when it is made: each opens with its first use and again after it was away, and says by a
/// named fault what is wrong with it; the others go on.</summary>
internal sealed class LinuxBody : IRobotBody
{
    private readonly GpioContacts _contacts;

    /// <exception cref="ArgumentException">The parts can't be meant so; the message says what to change.</exception>
    public LinuxBody(LinuxBodyParts parts, TimeProvider time)
    {
        Head = CreateHead(parts.Head, time);
        Lights = Apa102Lights.OnSpi(parts.Lights.Bus, parts.Lights.ChipSelect);
        Battery = CreateBattery(parts.Battery);
        _contacts = new(parts.Contacts.Lines, parts.Contacts.Chips ?? ReferenceWiring.HeaderChips, time);
    }

    public IHead Head { get; }

    public ILights Lights { get; }

    public ICurtainButton Curtain => _contacts.Curtain;

    public IPrivacySwitch PrivacySwitch => _contacts.PrivacySwitch;

    public IVolumeButtons Volume => _contacts.Volume;

    public IBattery? Battery { get; }

    public IBoardThermometer Thermometer { get; } = new ThermalZones();

    public string? ContactsFault => _contacts.Fault;

    public async ValueTask DisposeAsync()
    {
        await _contacts.DisposeAsync();
        await Head.DisposeAsync();
        await Lights.DisposeAsync();
        (Battery as IDisposable)?.Dispose();
    }

    private static IHead CreateHead(HeadPart part, TimeProvider time)
    {
        switch (part)
        {
            case Sts3215Part servos:
                var calibration = new ServoHeadCalibration(servos.Pan ?? new(ReferenceWiring.PanServo), servos.Tilt ?? new(ReferenceWiring.TiltServo));
                if (servos.Range is { } reach) calibration = calibration with { Range = reach.ToRange() };
                return ServoBusHead.OnSerialPort(servos.Port, calibration, time);
            case Pca9685Part board:
                var pulses = new PwmHeadCalibration(board.Pan ?? new(0), board.Tilt ?? new(1));
                if (board.Range is { } range) pulses = pulses with { Range = range.ToRange() };
                return PwmHead.OnI2c(board.Bus, board.Address, pulses, time);
            default:
                return new FixedHead();
        }
    }

    private static IBattery? CreateBattery(BatteryPart part) => part switch
    {
        Max17048Part cell => Max17048.OnI2c(cell.Bus, cell.Address),
        Ina219Part pack => Ina219.OnI2c(pack.Bus, pack.Pack ?? new(), pack.Address),
        _ => null,
    };
}

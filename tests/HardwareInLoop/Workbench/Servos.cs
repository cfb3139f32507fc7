using AV1Relay.Tests.Unit.Hardware.Linux.Serial;
using AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

namespace AV1Relay.Tests.Workbench;

/// <summary>Where a servo is and what it was told.</summary>
/// <param name="Position">Steps, 4,096 a turn.</param>
/// <param name="Goal">Likewise.</param>
public sealed record ServoState(double Position, int Goal, bool HasTorque);

/// <summary>The reference robot's head: two emulated STS3215 at the far end of a serial line of the kernel's, under the name that udev would
/// give their USB adapter.</summary>
internal sealed class Servos : IDisposable
{
    private const string Adapters = "/dev/serial/by-id";

    private readonly EmulatedServo[] _servos = [new(1, TimeProvider.System), new(2, TimeProvider.System)];
    private readonly EmulatedServoWire _wire;
    private readonly PseudoTerminal _terminal;
    private readonly Lock _gate = new();

    public Servos()
    {
        _wire = new(_servos);
        _terminal = new(Take, lookEveryMilliseconds: 200);
        Directory.CreateDirectory(Adapters);
        PlugIn();
    }

    public ServoState Read(int id)
    {
        lock (_gate)
        {
            var servo = _servos[id - 1];
            return new(servo.Position, servo.Goal, servo.HasTorque);
        }
    }

    public void Silence(int id, bool isSilent)
    {
        lock (_gate) _servos[id - 1].IsSilent = isSilent;
    }

    public void Dispose() => _terminal.Dispose();

    private void PlugIn() => File.CreateSymbolicLink(Path.Combine(Adapters, "usb-Servo_Adapter_0001-if00"), _terminal.Path);

    private byte[] Take(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            _wire.Requests.Clear(); // kept for unit tests; here a lesson's worth would pile up
            return _wire.Take(bytes.Span);
        }
    }
}

using System.Buffers.Binary;

namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>One STS3215. Not thread-safe: the head owns it.</summary>
/// <param name="bus">The wire that it hangs on.</param>
/// <param name="id">Its number, 0…253; new ones have 1.</param>
/// <param name="name">For people: "pan servo".</param>
internal sealed class StsServo(StsBus bus, byte id, string name)
{
    public const int StepsPerTurn = 4096;

    private const double AccelerationUnit = 100; // steps/s²
    private const byte MaxAccelerationUnits = 254;
    private const int MaxSpeed = 4095; // steps/s; the motor reaches some 3,000

    /// <summary>Of the servo's greatest torque (some 19 kg·cm): a head needs less, and a finger that gets in its way is to be pushed and not pinched.</summary>
    private const double MaxTorquePercent = 50;

    private readonly byte[] _bytes = new byte[StsRegister.StateLength];

    /// <summary>The hardest that can be asked for, steps a second².</summary>
    public const double MaxAcceleration = MaxAccelerationUnits * AccelerationUnit;

    public byte Id => id;

    public string Name { get; } = $"{name} (number {id})";

    /// <summary>Switches the motor on without a jerk: its goal becomes where it is, its torque is limited. One that is on keeps its goal, in a move or at rest.</summary>
    /// <param name="withTorque">False: it is only looked for.</param>
    /// <param name="cancellationToken">Between attempts.</param>
    /// <returns>True: it was off, and has a new goal.</returns>
    /// <exception cref="HardwareException">It does not answer.</exception>
    public async ValueTask<bool> StartAsync(bool withTorque, CancellationToken cancellationToken)
    {
        var identity = _bytes.AsMemory(0, 3);
        Check(await bus.ReadAsync(id, StsRegister.Model, identity, cancellationToken).ConfigureAwait(false));
        if (identity.Span[2] != id) throw new HardwareException(HardwareFault.Noisy, $"The {Name} gives {identity.Span[2]} as its number: read the servos' numbers again, one at a time.");
        if (!withTorque) return false;
        var reading = await ReadAsync(cancellationToken).ConfigureAwait(false);
        await LimitTorqueAsync(cancellationToken).ConfigureAwait(false);
        if (reading.HasTorque) return false;
        await WriteGoalAsync(reading.Position, MaxSpeed, 0, cancellationToken).ConfigureAwait(false);
        await SetTorqueAsync(true, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <exception cref="HardwareException">It does not answer.</exception>
    public async ValueTask<ServoReading> ReadAsync(CancellationToken cancellationToken)
    {
        Check(await bus.ReadAsync(id, StsRegister.TorqueEnable, _bytes, cancellationToken).ConfigureAwait(false));
        return ServoReading.Read(_bytes);
    }

    /// <param name="position">Steps, 0…4095.</param>
    /// <param name="speed">Greatest, steps a second.</param>
    /// <param name="acceleration">Steps a second²; 0 is as hard as it can.</param>
    /// <param name="cancellationToken">Between attempts.</param>
    /// <exception cref="HardwareException">It does not answer.</exception>
    public async ValueTask WriteGoalAsync(int position, double speed, double acceleration, CancellationToken cancellationToken)
    {
        var goal = _bytes.AsMemory(0, StsRegister.GoalLength);
        EncodeGoal(goal.Span, position, speed, acceleration);
        Check(await bus.WriteAsync(id, StsRegister.Acceleration, goal, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The values of the registers from <see cref="StsRegister.Acceleration"/> on.</summary>
    /// <inheritdoc cref="WriteGoalAsync"/>
    public static void EncodeGoal(Span<byte> into, int position, double speed, double acceleration)
    {
        into[0] = acceleration <= 0 ? (byte)0 : (byte)Math.Clamp(Math.Round(acceleration / AccelerationUnit), 1, MaxAccelerationUnits);
        BinaryPrimitives.WriteUInt16LittleEndian(into[1..], (ushort)Math.Clamp(position, 0, StepsPerTurn - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(into[3..], 0); // no running time: the speed decides
        BinaryPrimitives.WriteUInt16LittleEndian(into[5..], (ushort)Math.Clamp(Math.Round(speed), 1, MaxSpeed));
    }

    /// <summary>Holds its place, or lets go.</summary>
    /// <exception cref="HardwareException">It does not answer.</exception>
    public async ValueTask SetTorqueAsync(bool isOn, CancellationToken cancellationToken)
    {
        var torque = _bytes.AsMemory(0, 1);
        torque.Span[0] = isOn ? (byte)1 : (byte)0;
        Check(await bus.WriteAsync(id, StsRegister.TorqueEnable, torque, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask LimitTorqueAsync(CancellationToken cancellationToken)
    {
        var limit = _bytes.AsMemory(0, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(limit.Span, (ushort)(MaxTorquePercent * 10));
        Check(await bus.WriteAsync(id, StsRegister.TorqueLimit, limit, cancellationToken).ConfigureAwait(false));
    }

    private void Check(StsAnswer answer)
    {
        switch (answer.Outcome)
        {
            case StsOutcome.Silent:
                throw new HardwareException(HardwareFault.Silent, $"The {Name} does not answer on {bus.LineName}: check the servo cable, its power and its number.");
            case StsOutcome.Noisy:
                throw new HardwareException(HardwareFault.Noisy, $"The {Name} can't be understood on {bus.LineName}: check the servo cable's plugs and ground, and that no two servos have the same number.");
        }
    }
}

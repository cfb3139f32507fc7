using System.Buffers.Binary;

namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>What a servo tells of itself.</summary>
/// <param name="HasTorque">Its motor is on.</param>
/// <param name="Goal">Where it was told to go, steps.</param>
/// <param name="Position">Steps, 4,096 a turn.</param>
/// <param name="Speed">Steps a second, signed.</param>
/// <param name="LoadPercent">Of the motor's drive, signed.</param>
/// <param name="Volts">At the servo.</param>
/// <param name="Celsius">Inside it.</param>
/// <param name="Amperes">Through the motor, signed.</param>
/// <param name="IsMoving">On its way to its goal.</param>
/// <param name="Errors">What it complains of.</param>
internal readonly record struct ServoReading(
    bool HasTorque, int Goal, int Position, int Speed, double LoadPercent, double Volts, int Celsius, double Amperes, bool IsMoving, StsErrors Errors)
{
    private const double LoadUnitPercent = 0.1;
    private const double VoltUnit = 0.1;
    private const double AmpereUnit = 0.0065;
    private const int LoadSign = 1 << 10;
    private const int Sign = 1 << 15;

    /// <param name="registers"><see cref="StsRegister.StateLength"/> bytes from <see cref="StsRegister.TorqueEnable"/> on.</param>
    public static ServoReading Read(ReadOnlySpan<byte> registers) => new(
        registers[0] != 0, SignedAt(registers, 2, Sign), SignedAt(registers, 16, Sign), SignedAt(registers, 18, Sign),
        SignedAt(registers, 20, LoadSign) * LoadUnitPercent, registers[22] * VoltUnit, registers[23], SignedAt(registers, 29, Sign) * AmpereUnit,
        registers[26] != 0, (StsErrors)registers[25]);

    private static int SignedAt(ReadOnlySpan<byte> registers, int at, int sign)
    {
        var value = BinaryPrimitives.ReadUInt16LittleEndian(registers[at..]);
        var magnitude = value & (sign - 1);
        return (value & sign) == 0 ? magnitude : -magnitude;
    }
}

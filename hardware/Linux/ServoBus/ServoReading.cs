using System.Buffers.Binary;

namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>What a servo tells of itself.</summary>
/// <param name="Position">Steps, 4,096 a turn.</param>
/// <param name="Speed">Steps a second, signed.</param>
/// <param name="LoadPercent">Of the motor's drive, signed.</param>
/// <param name="Volts">At the servo.</param>
/// <param name="Celsius">Inside it.</param>
/// <param name="Amperes">Through the motor, signed.</param>
/// <param name="IsMoving">On its way to its goal.</param>
/// <param name="Errors">What it complains of.</param>
internal readonly record struct ServoReading(
    int Position, int Speed, double LoadPercent, double Volts, int Celsius, double Amperes, bool IsMoving, StsErrors Errors)
{
    private const double LoadUnitPercent = 0.1;
    private const double VoltUnit = 0.1;
    private const double AmpereUnit = 0.0065;
    private const int LoadSign = 1 << 10;
    private const int Sign = 1 << 15;

    /// <param name="registers"><see cref="StsRegister.PresentLength"/> bytes from <see cref="StsRegister.PresentPosition"/> on.</param>
    public static ServoReading Read(ReadOnlySpan<byte> registers) => new(
        SignedAt(registers, 0, Sign), SignedAt(registers, 2, Sign), SignedAt(registers, 4, LoadSign) * LoadUnitPercent,
        registers[6] * VoltUnit, registers[7], SignedAt(registers, 13, Sign) * AmpereUnit, registers[10] != 0, (StsErrors)registers[9]);

    private static int SignedAt(ReadOnlySpan<byte> registers, int at, int sign)
    {
        var value = BinaryPrimitives.ReadUInt16LittleEndian(registers[at..]);
        var magnitude = value & (sign - 1);
        return (value & sign) == 0 ? magnitude : -magnitude;
    }
}

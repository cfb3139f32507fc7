using AV1Relay.Hardware.Linux.ServoBus;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;

/// <summary>Frames byte for byte; the two of reading and writing a position are the protocol manual's own kind.</summary>
public sealed class StsFrameTests
{
    [Fact]
    public void Reading_two_bytes_of_position_from_servo_1()
    {
        var frame = new byte[StsFrame.MaxLength];
        var length = StsFrame.WriteRead(frame, id: 1, register: 0x38, count: 2);
        Assert.Equal("FFFF0104023802BE", Convert.ToHexString(frame.AsSpan(0, length)));
    }

    [Fact]
    public void Sending_servo_1_to_step_2048_at_1000_steps_a_second()
    {
        var frame = new byte[StsFrame.MaxLength];
        var length = StsFrame.WriteWrite(frame, id: 1, register: 0x2A, [0x00, 0x08, 0x00, 0x00, 0xE8, 0x03]);
        Assert.Equal("FFFF0109032A00080000E803D5", Convert.ToHexString(frame.AsSpan(0, length)));
    }

    [Fact]
    public void Sending_two_servos_somewhere_with_one_frame()
    {
        var frame = new byte[StsFrame.MaxLength];
        var length = StsFrame.WriteSyncWrite(frame, register: 0x2A, count: 2, [1, 0x00, 0x08, 2, 0x00, 0x04]);
        Assert.Equal("FFFFFE0A832A0201000802000439", Convert.ToHexString(frame.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(33)]
    public void Blocks_that_do_not_fit_are_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StsFrame.WriteSyncWrite(new byte[100], 0x2A, 2, new byte[length]));

    [Fact]
    public void The_checksum_is_the_complement_of_the_sum() => Assert.Equal(0xFB, StsFrame.Checksum([1, 2, 1])); // a ping to servo 1

    [Fact]
    public void More_than_a_frame_holds_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StsFrame.WriteWrite(new byte[100], 1, 0, new byte[StsFrame.MaxParameters]));

    [Fact]
    public void A_servos_state_is_read_as_its_memory_table_says()
    {
        byte[] told = [0x01, 0x44, 0xE8, 0x03, 0, 0, 0x55, 0x05, 0xE8, 0x03, 0, 0, 0, 0, 0, 0]; // registers 40 to 55
        byte[] registers = [.. told, 0x34, 0x88, 0x64, 0x80, 0x2C, 0x05, 0x4A, 0x1C, 0x00, 0x24, 0x01, 0x00, 0x00, 0x14, 0x80];
        var reading = ServoReading.Read(registers);

        Assert.True(reading.HasTorque);
        Assert.Equal(1000, reading.Goal);
        Assert.Equal(-0x834, reading.Position); // bit 15 is the sign
        Assert.Equal(-100, reading.Speed);
        Assert.Equal(-30, reading.LoadPercent, tolerance: 1e-9); // bit 10 is the sign
        Assert.Equal(7.4, reading.Volts, tolerance: 1e-9);
        Assert.Equal(28, reading.Celsius);
        Assert.Equal(-0.13, reading.Amperes, tolerance: 1e-9);
        Assert.True(reading.IsMoving);
        Assert.Equal(StsErrors.TooHot | StsErrors.Overload, reading.Errors);
    }
}

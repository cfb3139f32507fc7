using System.Runtime.InteropServices;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.I2c;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.I2c;

public sealed class I2cTransportTests
{
    [Theory]
    [InlineData(0x0EFF_0009, "Messages")] // a Raspberry Pi's adapter
    [InlineData(0x07FF_0000, "Smbus")] // the kernel's stub
    public void The_adapters_functions_choose_the_transport(uint functions, string transport) =>
        Assert.Equal(transport, I2cTransports.Choose((I2cFunctions)functions, "/dev/i2c-1").ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(0x0018_0000)] // bytes only
    public void An_adapter_that_can_do_neither_is_refused_in_words(uint functions)
    {
        var problem = Assert.Throws<HardwareException>(() => I2cTransports.Choose((I2cFunctions)functions, "/dev/i2c-7"));
        Assert.Contains("/dev/i2c-7", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_request_lies_in_memory_as_the_kernel_reads_it()
    {
        Assert.Equal(16, Marshal.SizeOf<SmbusRequest>());
        Assert.Equal(1, (int)Marshal.OffsetOf<SmbusRequest>(nameof(SmbusRequest.Command)));
        Assert.Equal(4, (int)Marshal.OffsetOf<SmbusRequest>(nameof(SmbusRequest.Size)));
        Assert.Equal(8, (int)Marshal.OffsetOf<SmbusRequest>(nameof(SmbusRequest.Data)));
    }

    [Fact]
    public unsafe void A_word_is_read_in_the_order_of_the_wire()
    {
        var registers = new SmbusRegisters((int address, ref SmbusRequest request) =>
        {
            Assert.Equal((0x36, 1, 2, 3u), (address, request.ReadWrite, request.Command, request.Size));
            (request.Data[0], request.Data[1]) = (0xC8, 0x10); // first on the wire, first in memory
            return 0;
        });
        var word = new byte[2];
        Assert.Equal(0, registers.Read(0x36, 2, word));
        Assert.Equal([0xC8, 0x10], word);
    }

    [Fact]
    public unsafe void A_byte_is_written_as_a_byte_and_a_word_as_a_word()
    {
        List<string> seen = [];
        var registers = new SmbusRegisters((int address, ref SmbusRequest request) =>
        {
            seen.Add($"{address:X2} {request.ReadWrite} {request.Command:X2} {request.Size} {request.Data[0]:X2}{request.Data[1]:X2}");
            return 0;
        });
        registers.Write(0x40, 0xFE, [0x79]);
        registers.Write(0x40, 0x08, [0x34, 0x01]);
        Assert.Equal(["40 0 FE 2 7900", "40 0 08 3 3401"], seen);
    }

    [Fact]
    public void An_error_of_the_kernels_is_handed_on_and_nothing_is_read()
    {
        var registers = new SmbusRegisters((int _, ref SmbusRequest _) => 121);
        var word = new byte[] { 7, 7 };
        Assert.Equal(121, registers.Read(0x36, 2, word));
        Assert.Equal([7, 7], word);
    }

    [Fact]
    public void Longer_registers_are_nobodys() =>
        Assert.Throws<ArgumentException>(() => new SmbusRegisters((int _, ref SmbusRequest _) => 0).Read(0x36, 2, new byte[3]));

    [Fact]
    public void A_board_without_I2C_says_how_to_switch_it_on()
    {
        using var bus = new LinuxI2cBus(973);
        var problem = Assert.Throws<HardwareException>(() => bus.Read(0x36, 2, new byte[2]));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        Assert.Contains("dtparam=i2c_arm=on", problem.Message, StringComparison.Ordinal);
    }
}

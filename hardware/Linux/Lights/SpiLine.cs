using System.Device.Spi;

namespace AV1Relay.Hardware.Linux.Lights;

/// <summary>One of the system's SPI devices, mode 0. It opens with its first use, and again after a failure.</summary>
/// <param name="bus">The first number of <c>/dev/spidev0.0</c>.</param>
/// <param name="chipSelect">The second.</param>
/// <param name="hertz">Of the clock.</param>
internal sealed class SpiLine(int bus, int chipSelect, int hertz) : ISpiLine
{
    private SpiDevice? _open;

    public string Name { get; } = $"/dev/spidev{bus}.{chipSelect}";

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            (_open ??= Open()).Write(bytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            Dispose();
            throw new HardwareException(
                $"{Name} does not take what is sent ({problem.Message}): the robot's user must be in the group spi, and no other program may use it.", problem);
        }
    }

    public void Dispose()
    {
        _open?.Dispose();
        _open = null;
    }

    private SpiDevice Open() => File.Exists(Name)
        ? SpiDevice.Create(new SpiConnectionSettings(bus, chipSelect) { ClockFrequency = hertz, Mode = SpiMode.Mode0, DataBitLength = 8 })
        : throw new HardwareException(HardwareFault.Missing, $"There is no {Name}: switch SPI on (dtparam=spi=on in /boot/firmware/config.txt) and restart.");
}

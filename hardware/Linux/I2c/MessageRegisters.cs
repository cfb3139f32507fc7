using System.Device.I2c;

namespace AV1Relay.Hardware.Linux.I2c;

/// <summary>Registers by plain I2C messages: the register's number, then its bytes, or a repeated start and its bytes back.</summary>
internal sealed class MessageRegisters(int bus) : IRegisterTransfer
{
    private const int NoAnswer = 121; // EREMOTEIO: the library tells no number

    private readonly Dictionary<int, I2cDevice> _devices = [];

    public int Read(int address, byte register, Span<byte> into)
    {
        try
        {
            DeviceAt(address).WriteRead([register], into);
            return 0;
        }
        catch (IOException)
        {
            return NoAnswer;
        }
    }

    public int Write(int address, byte register, ReadOnlySpan<byte> bytes)
    {
        Span<byte> message = stackalloc byte[1 + bytes.Length];
        message[0] = register;
        bytes.CopyTo(message[1..]);
        try
        {
            DeviceAt(address).Write(message);
            return 0;
        }
        catch (IOException)
        {
            return NoAnswer;
        }
    }

    public void Dispose()
    {
        foreach (var device in _devices.Values) device.Dispose();
        _devices.Clear();
    }

    private I2cDevice DeviceAt(int address)
    {
        if (_devices.TryGetValue(address, out var device)) return device;
        return _devices[address] = I2cDevice.Create(new(bus, address));
    }
}

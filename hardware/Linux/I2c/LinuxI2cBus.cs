using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.Hardware.Linux.I2c;

/// <summary>One of the system's I2C buses. It opens with its first use, asks the adapter what it can do, and reads registers that way.</summary>
/// <param name="number">Of <c>/dev/i2c-1</c>.</param>
internal sealed partial class LinuxI2cBus(int number) : II2cBus
{
    private const nuint SetAddress = 0x0703; // I2C_SLAVE
    private const nuint AskFunctions = 0x0705; // I2C_FUNCS
    private const nuint SmbusCall = 0x0720; // I2C_SMBUS

    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private IRegisterTransfer? _transfer;
    private bool _isDisposed;

    public string Name { get; } = $"/dev/i2c-{number}";

    public void Read(int address, byte register, Span<byte> into)
    {
        lock (_gate)
        {
            Check(Open().Read(address, register, into), address);
        }
    }

    public void Write(int address, byte register, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Check(Open().Write(address, register, bytes), address);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Close();
        }
    }

    private IRegisterTransfer Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_transfer is { } open) return open;
        if (!File.Exists(Name)) throw new HardwareException(HardwareFault.Missing, $"There is no {Name}: switch I2C on (dtparam=i2c_arm=on in /boot/firmware/config.txt) and restart.");
        try
        {
            _file = File.OpenHandle(Name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HardwareException(HardwareFault.Refused, $"{Name} does not open ({problem.Message}): the robot's user must be in the group i2c.", problem);
        }

        if (ioctl(_file, AskFunctions, out nuint functions) < 0)
        {
            Close();
            throw new HardwareException($"{Name} is no I2C bus: choose another in the body's file.");
        }

        try
        {
            return _transfer = I2cTransports.Choose((I2cFunctions)(uint)functions, Name) == I2cTransport.Messages ? new MessageRegisters(number) : new SmbusRegisters(CallKernel);
        }
        catch (HardwareException)
        {
            Close();
            throw;
        }
    }

    private int CallKernel(int address, ref SmbusRequest request)
    {
        // Both are called under the lock, by nobody before the bus is open.
        if (ioctl(_file!, SetAddress, (nint)address) < 0 || ioctl(_file!, SmbusCall, ref request) < 0) return Marshal.GetLastPInvokeError();
        return 0;
    }

    private void Check(int error, int address)
    {
        if (error == 0) return;
        Close(); // a bus that was reset may need to be opened anew
        throw new HardwareException(HardwareFault.Silent, $"Nothing answers at address 0x{address:X2} of {Name} ({Marshal.GetPInvokeErrorMessage(error)}): check the cable and the device's power.");
    }

    private void Close()
    {
        _transfer?.Dispose();
        _file?.Dispose();
        (_transfer, _file) = (null, null);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, out nuint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, ref SmbusRequest argument);
}

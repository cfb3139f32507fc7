using System.Runtime.InteropServices;

namespace AV1Relay.Hardware.Linux.I2c;

/// <summary>The kernel's <c>i2c_smbus_ioctl_data</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SmbusRequest
{
    public const byte Write = 0;
    public const byte Read = 1;
    public const uint ByteData = 2; // I2C_SMBUS_BYTE_DATA
    public const uint WordData = 3; // I2C_SMBUS_WORD_DATA

    public byte ReadWrite;
    public byte Command;
    public uint Size;

    /// <summary>The union <c>i2c_smbus_data</c>: 34 bytes. Its word is in the host's order, which on what we run on is the wire's.</summary>
    public byte* Data;
}

using System.Runtime.InteropServices;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>The kernel's error numbers, in words that help.</summary>
internal static class V4l2Errors
{
    public const int Missing = 2; // ENOENT
    public const int InputOutput = 5; // EIO
    public const int NoSuchAddress = 6; // ENXIO
    public const int Again = 11; // EAGAIN
    public const int NoAccess = 13; // EACCES
    public const int Busy = 16; // EBUSY
    public const int NoDevice = 19; // ENODEV
    public const int Invalid = 22; // EINVAL: also the end of a list
    public const int NoSuchCall = 25; // ENOTTY
    public const int NoSpace = 28; // ENOSPC: the USB bus has no room left

    /// <param name="name">Of the node.</param>
    /// <param name="what">What did not happen: "does not open".</param>
    /// <param name="error">The kernel's number.</param>
    public static HardwareException Explain(string name, string what, int error)
    {
        var (fault, advice) = error switch
        {
            Missing or NoDevice or NoSuchAddress or InputOutput
                => (HardwareFault.Missing, "it is not plugged in any more, or the privacy switch has cut its power"),
            NoAccess => (HardwareFault.Refused, "the robot's user must be in the group video"),
            Busy => (HardwareFault.Refused, "another program uses it; close that first"),
            NoSpace => (HardwareFault.Refused, "the USB bus has no room for it; plug it into a port of its own, without a hub"),
            NoSuchCall => (HardwareFault.Refused, "it is no camera; choose another with --camera"),
            _ => (HardwareFault.Other, "unplug it and plug it in again"),
        };
        return new(fault, $"Camera {name} {what} ({Marshal.GetPInvokeErrorMessage(error)}): {advice}.");
    }
}

namespace AV1Relay.Hardware;

/// <summary>A device did not do what it was asked to. The message names the device and says what to check; staff read it.</summary>
public sealed class HardwareException : Exception
{
    public HardwareException(string message)
        : base(message)
    {
    }

    public HardwareException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

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

    public HardwareException(HardwareFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>The kind of trouble, for programs; people read the message.</summary>
    public HardwareFault Fault { get; }
}

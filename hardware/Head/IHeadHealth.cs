namespace AV1Relay.Hardware.Head;

/// <summary>What some heads tell beside their pose. Thread-safe.</summary>
public interface IHeadHealth
{
    /// <summary>False: the pose is where the head was sent, worked out by time; nothing has measured it.</summary>
    bool IsPoseMeasured { get; }

    /// <summary>What is wrong though the servos answer, and what to do about it; null: nothing. It goes away by itself once mended.</summary>
    string? Fault { get; }

    /// <summary>How the head is, as of the last reading, for a technician: temperatures, voltage, load. Null before the first.</summary>
    string? Describe();
}

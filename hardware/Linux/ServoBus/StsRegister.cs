namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>Addresses in an STS servo's memory; words are little-endian, signed ones sign and magnitude.</summary>
internal static class StsRegister
{
    /// <summary>Model number (two bytes) and, behind it, the id: three bytes that every servo has.</summary>
    public const byte Model = 3;

    public const byte Id = 5;
    public const byte TorqueEnable = 40;

    /// <summary>100 steps/s² a unit. Behind it: goal position (42), running time (44), speed (46) in steps a second.</summary>
    public const byte Acceleration = 41;

    public const byte GoalPosition = 42;

    /// <summary>0.1 % of the stall torque.</summary>
    public const byte TorqueLimit = 48;

    /// <summary>The first of fifteen that say how it is: position (56), speed (58), load (60), voltage (62), temperature (63), state (65),
    /// moving (66), current (69).</summary>
    public const byte PresentPosition = 56;

    public const int PresentLength = 15;
}

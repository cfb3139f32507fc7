namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>Addresses in an STS servo's memory; words are little-endian, signed ones sign and magnitude.</summary>
internal static class StsRegister
{
    /// <summary>Model number (two bytes) and, behind it, the id: three bytes that every servo has.</summary>
    public const byte Model = 3;

    public const byte Id = 5;

    /// <summary>0: what outlasts the power may be written; 1: it is kept as it is.</summary>
    public const byte Lock = 55;

    /// <summary>The first of 31 that say what it was told and how it is: torque (40), acceleration (41), goal (42), position (56), speed (58),
    /// load (60), voltage (62), temperature (63), complaints (65), moving (66), current (69).</summary>
    public const byte TorqueEnable = 40;

    public const int StateLength = 31;

    /// <summary>100 steps/s² a unit. Behind it: goal position (42), running time (44), speed (46) in steps a second.</summary>
    public const byte Acceleration = 41;

    public const int GoalLength = 7;

    /// <summary>A word: the most that the motor may give, 0.1 % of its greatest torque a unit. Forgotten without power.</summary>
    public const byte TorqueLimit = 48;
}

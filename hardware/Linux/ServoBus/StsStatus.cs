namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>A servo's answer. A view: it is good until the parser is fed again.</summary>
internal readonly ref struct StsStatus(byte id, StsErrors errors, ReadOnlySpan<byte> parameters)
{
    public byte Id { get; } = id;

    public StsErrors Errors { get; } = errors;

    /// <summary>What was asked for; empty after a write.</summary>
    public ReadOnlySpan<byte> Parameters { get; } = parameters;
}

/// <summary>What a servo complains of with each answer (register 65 of the STS memory table).</summary>
[Flags]
internal enum StsErrors : byte
{
    None = 0,
    Voltage = 1,

    /// <summary>Its magnetic position sensor.</summary>
    Sensor = 2,
    TooHot = 4,
    Current = 8,
    Angle = 16,
    Overload = 32,
}

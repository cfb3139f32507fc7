using AV1Relay.Hardware.Head;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>The head's two bus servos, what they may reach and how fast they may go.</summary>
public sealed record ServoHeadCalibration(ServoAxisCalibration Pan, ServoAxisCalibration Tilt)
{
    /// <summary>Soft limits, inside what the mechanism can do.</summary>
    public HeadRange Range { get; init; } = HeadRange.Reference;

    /// <summary>Of the servos themselves: whoever wants it softer leads them pose by pose.</summary>
    public HeadDynamics Dynamics { get; init; } = HeadDynamics.Led;
}

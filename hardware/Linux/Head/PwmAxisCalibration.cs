using AV1Relay.Hardware.Head;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>How one hobby servo sits in the head.</summary>
/// <param name="Channel">Of the servo board, 0…15.</param>
/// <param name="CentreMicroseconds">The pulse with which the head looks straight ahead (pan) or level (tilt).</param>
/// <param name="MicrosecondsPerDegree">Some 11 for a servo that turns 180°, some 7.4 for one of 270°.</param>
/// <param name="IsReversed">Longer pulses turn the head right or make it look down.</param>
public sealed record PwmAxisCalibration(int Channel, double CentreMicroseconds = 1500, double MicrosecondsPerDegree = 11.1, bool IsReversed = false)
{
    private const double LeastMicroseconds = 500;
    private const double MostMicroseconds = 2500;

    public double ToMicroseconds(double degrees) => CentreMicroseconds + ((IsReversed ? -degrees : degrees) * MicrosecondsPerDegree);

    /// <exception cref="ArgumentException">It can't; the message says what to do.</exception>
    internal void CheckReach(string axis, double min, double max)
    {
        if (Channel is < 0 or >= Pca9685.Channels) throw new ArgumentException($"A servo board's channel is 0 to {Pca9685.Channels - 1}, not {Channel}.");
        if (!(MicrosecondsPerDegree > 0)) throw new ArgumentException($"The {axis} servo's pulse grows by more than 0 µs a degree; isReversed turns it round.");
        var (from, to) = (Math.Min(ToMicroseconds(min), ToMicroseconds(max)), Math.Max(ToMicroseconds(min), ToMicroseconds(max)));
        if (from < LeastMicroseconds || to > MostMicroseconds)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The {axis} servo would need pulses of {from:0} to {to:0} µs and takes {LeastMicroseconds:0} to {MostMicroseconds:0}: give it less range, or correct its calibration."));
        }
    }
}

/// <summary>The head's two hobby servos, what they may reach and how fast they are.</summary>
public sealed record PwmHeadCalibration(PwmAxisCalibration Pan, PwmAxisCalibration Tilt)
{
    /// <summary>Soft limits; narrower than the reference head's, since most hobby servos turn 180°.</summary>
    public HeadRange Range { get; init; } = new(-85, 85, -25, 30);

    /// <summary>Of the servos themselves: the pose is worked out by it. 60° in 0.2 s is a usual one.</summary>
    public HeadDynamics Dynamics { get; init; } = new(MaxSpeed: 300, Acceleration: 3000, HoldDeceleration: 6000);
}

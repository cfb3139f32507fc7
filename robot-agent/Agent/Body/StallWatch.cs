using AV1Relay.Hardware.Head;

namespace AV1Relay.RobotAgent.Body;

/// <summary>Notices that the head is led somewhere and does not follow: a hand, a wall, a cable is in its way.</summary>
/// <remarks>Sans-I/O. A head that is slow and still moves is not blocked.</remarks>
internal sealed class StallWatch
{
    /// <summary>How far it may lag behind, degrees.</summary>
    public const double Lag = 10;

    /// <summary>How long it may stand while it lags.</summary>
    public static readonly TimeSpan StandsFor = TimeSpan.FromMilliseconds(300);

    private const double Standing = 1; // degrees: gears and readings have some play
    private HeadPose _stoodAt;
    private TimeSpan? _stoodSince;

    /// <param name="led">Where the head was sent by now.</param>
    /// <param name="measured">Where it is.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>Whether it is blocked.</returns>
    public bool OnReading(HeadPose led, HeadPose measured, TimeSpan now)
    {
        if (_stoodSince is null || Distance(measured, _stoodAt) > Standing || Distance(led, measured) <= Lag) (_stoodAt, _stoodSince) = (measured, now);
        return now - _stoodSince >= StandsFor;
    }

    /// <summary>The greater of the two axes' distances, degrees.</summary>
    public static double Distance(HeadPose a, HeadPose b) => Math.Max(Math.Abs(a.Pan - b.Pan), Math.Abs(a.Tilt - b.Tilt));
}

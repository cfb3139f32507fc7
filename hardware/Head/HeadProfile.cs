namespace AV1Relay.Hardware.Head;

/// <summary>The way of a head to its target, a pose every few milliseconds: bounded speed, acceleration and jerk, never beyond the range.</summary>
/// <remarks>
/// Sans-I/O: no clock; each call of <see cref="Next"/> is one <see cref="Tick"/>. A trapezoid of speed goes through a moving average as
/// long as the pace's softness, which bounds the jerk, keeps what the trapezoid promises (an average of places between two is between
/// them), and takes a new target at any instant (Biagiotti and Melchiorri, Trajectory Planning for Automatic Machines and Robots, 2008, ch. 4).
/// </remarks>
public sealed class HeadProfile
{
    /// <summary>Between two poses.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private const double HoldBraking = 4; // times the usual: a head that is told to hold is told so for a reason

    private readonly HeadRange _range;
    private readonly AxisProfile _pan = new();
    private readonly AxisProfile _tilt = new();
    private HeadPace _pace = HeadPace.Usual;

    /// <param name="range">Every target is clamped to it.</param>
    /// <param name="start">Where the head is, at rest.</param>
    public HeadProfile(HeadRange range, HeadPose start)
    {
        _range = range;
        StartFrom(start);
    }

    /// <summary>The last pose given out.</summary>
    public HeadPose Pose => new(_pan.Position, _tilt.Position);

    /// <summary>Where it is going.</summary>
    public HeadPose Target => new(_pan.Target, _tilt.Target);

    /// <summary>It has arrived, and <see cref="Next"/> would give the same pose for ever.</summary>
    public bool IsStill => _pan.IsStill && _tilt.IsStill;

    /// <summary>Forgets the way: the head is somewhere else, and at rest.</summary>
    public void StartFrom(HeadPose pose)
    {
        var reachable = _range.Clamp(pose);
        _pan.StartFrom(reachable.Pan);
        _tilt.StartFrom(reachable.Tilt);
    }

    /// <summary>Replaces the target; the way there begins at the speed that the head has.</summary>
    public void MoveTo(HeadPose target, HeadPace pace)
    {
        if (IsStill) _pace = pace; // a change on the way would be a jerk of its own
        var reachable = _range.Clamp(target);
        _pan.MoveTo(reachable.Pan, _pace.Acceleration);
        _tilt.MoveTo(reachable.Tilt, _pace.Acceleration);
    }

    /// <summary>Comes to rest as soon as the mechanism decently can.</summary>
    public void Hold()
    {
        _pan.Hold(_pace.Acceleration * HoldBraking);
        _tilt.Hold(_pace.Acceleration * HoldBraking);
    }

    /// <summary>The pose one tick later.</summary>
    public HeadPose Next()
    {
        _pan.Next(_pace);
        _tilt.Next(_pace);
        return Pose;
    }
}

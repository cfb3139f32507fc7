namespace AV1Relay.Hardware.Head;

/// <summary>A head with physics: limited speed and acceleration, no overshoot, a mechanism that can stall and servos that can fall silent.</summary>
/// <remarks>Unlike a real one it is thread-safe, so that the virtual classroom and the robot's page can look at it while it moves.
/// It has no thread: it works out where it is whenever somebody looks.</remarks>
public sealed class SimulatedHead : IHead
{
    private const double StepSeconds = 0.001;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly HeadDynamics _dynamics;
    private TrapezoidAxis _pan;
    private TrapezoidAxis _tilt;
    private long _advancedTo;
    private bool _isStalled;

    public SimulatedHead(TimeProvider time, HeadDynamics? dynamics = null, HeadRange? range = null)
    {
        _time = time;
        _dynamics = dynamics ?? new HeadDynamics();
        Range = range ?? HeadRange.Reference;
        _advancedTo = time.GetTimestamp();
    }

    public HeadRange Range { get; }

    /// <summary>Where the head is now; never fails, as the eye of an onlooker would not.</summary>
    public HeadPose Pose
    {
        get
        {
            lock (_gate)
            {
                Advance();
                return new HeadPose(_pan.Position, _tilt.Position);
            }
        }
    }

    /// <summary>Where it is going.</summary>
    public HeadPose Target
    {
        get
        {
            lock (_gate)
            {
                return new HeadPose(_pan.Target, _tilt.Target);
            }
        }
    }

    /// <summary>How many targets it was given; for tests.</summary>
    public int TargetsTaken { get; private set; }

    /// <summary>Degrees a second of the two axes, signed; for tests.</summary>
    public HeadPose Speed
    {
        get
        {
            lock (_gate)
            {
                Advance();
                return new HeadPose(_pan.Speed, _tilt.Speed);
            }
        }
    }

    /// <summary>True: something blocks the mechanism. It takes commands and does not move.</summary>
    public bool IsStalled
    {
        get => _isStalled;
        set
        {
            lock (_gate)
            {
                Advance();
                _isStalled = value;
            }
        }
    }

    /// <summary>True: the servos do not answer, every call throws. A move under way goes on, as servos' moves do.</summary>
    public bool IsSilent { get; set; }

    public ValueTask<HeadPose> ReadPoseAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfSilent();
        return ValueTask.FromResult(Pose);
    }

    public ValueTask MoveToAsync(HeadPose target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfSilent();
        var reachable = Range.Clamp(target);
        lock (_gate)
        {
            Advance();
            TargetsTaken++;
            _pan.MoveTo(reachable.Pan, _dynamics.Acceleration);
            _tilt.MoveTo(reachable.Tilt, _dynamics.Acceleration);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HoldAsync()
    {
        ThrowIfSilent();
        lock (_gate)
        {
            Advance();
            _pan.Hold(_dynamics.HoldDeceleration);
            _tilt.Hold(_dynamics.HoldDeceleration);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfSilent()
    {
        if (IsSilent)
        {
            throw new HardwareException("The head's servos do not answer: check the servo cable and its power.");
        }
    }

    private void Advance()
    {
        var now = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(_advancedTo, now).TotalSeconds;
        _advancedTo = now;
        while (seconds > 0)
        {
            var step = Math.Min(seconds, StepSeconds);
            seconds -= step;
            if (_isStalled)
            {
                _pan.Block();
                _tilt.Block();
                return;
            }

            if (_pan.Speed == 0 && _tilt.Speed == 0 && _pan.Position == _pan.Target && _tilt.Position == _tilt.Target)
            {
                return; // at rest: the remaining time changes nothing
            }

            _pan.Advance(step, _dynamics.MaxSpeed, _dynamics.Acceleration);
            _tilt.Advance(step, _dynamics.MaxSpeed, _dynamics.Acceleration);
        }
    }
}

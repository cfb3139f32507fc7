namespace AV1Relay.Hardware.Head;

/// <summary>One axis that speeds up, cruises and brakes so that it comes to rest on its target and never beyond: a servo with inertia, or a path for one.</summary>
/// <remarks>A target that is moved behind a running axis is overrun by the braking distance, as a real one would be.</remarks>
internal struct TrapezoidAxis
{
    private double _braking; // of the present move, degrees/s²

    /// <summary>At rest at a place.</summary>
    public TrapezoidAxis(double position) => (Position, Target) = (position, position);

    public double Position { get; private set; }

    /// <summary>Degrees a second, signed.</summary>
    public double Speed { get; private set; }

    public double Target { get; private set; }

    public void MoveTo(double target, double braking)
    {
        Target = target;
        _braking = braking;
    }

    /// <summary>Sets the target to the nearest place where the axis can stop.</summary>
    public void Hold(double braking) => MoveTo(Position + (Math.Sign(Speed) * Speed * Speed / (2 * braking)), braking);

    /// <summary>The gears are blocked: no speed, the target stays wanted.</summary>
    public void Block() => Speed = 0;

    /// <summary>Moves on by a short time; 1 ms is fine enough for any servo.</summary>
    public void Advance(double seconds, double maxSpeed, double acceleration)
    {
        var distance = Target - Position;
        if (distance == 0 && Speed == 0)
        {
            return;
        }

        // The greatest speed from which, after this step, the axis can still stop on the target.
        var braking = _braking > 0 ? _braking : acceleration;
        var step = braking * seconds;
        var allowed = Math.Min(maxSpeed, Math.Sqrt((step * step) + (2 * braking * Math.Abs(distance))) - step);
        var wanted = Math.CopySign(allowed, distance);

        var speedsUp = Math.Sign(wanted) == Math.Sign(Speed) || Speed == 0 ? Math.Abs(wanted) > Math.Abs(Speed) : false;
        var change = (speedsUp ? acceleration : braking) * seconds;
        Speed += Math.Clamp(wanted - Speed, -change, change);

        var travel = Speed * seconds;
        if (Math.Abs(distance) < 1e-4 && Math.Abs(Speed) <= change)
        {
            (Position, Speed) = (Target, 0);
            return;
        }

        Position += travel;
    }
}

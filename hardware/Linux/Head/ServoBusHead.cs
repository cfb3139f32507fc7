using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux.ServoBus;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>The head on two Feetech STS3215 bus servos.</summary>
/// <remarks>It needs no servo to be there at first: each is switched on when it first answers, and again after it was silent.
/// A servo that is too hot lets go until it has cooled; one that is blocked stops pushing until the next target.</remarks>
public sealed class ServoBusHead : IHead, IHeadHealth
{
    private const int AtRest = 1; // steps a second
    private const int BlockLength = 1 + StsRegister.GoalLength;

    private readonly StsBus _bus;
    private readonly HeadDynamics _dynamics;
    private readonly TimeProvider _time;
    private readonly ServoAxis _pan;
    private readonly ServoAxis _tilt;
    private readonly byte[] _blocks = new byte[2 * BlockLength];

    internal ServoBusHead(StsBus bus, ServoHeadCalibration calibration, TimeProvider time)
    {
        (_bus, _dynamics, _time, Range) = (bus, calibration.Dynamics, time, calibration.Range);
        if (calibration.Pan.Id == calibration.Tilt.Id) throw new ArgumentException($"Both servos have number {calibration.Pan.Id}: give the tilt servo another.");
        _pan = new(bus, "pan servo", calibration.Pan, Range.MinPan, Range.MaxPan);
        _tilt = new(bus, "tilt servo", calibration.Tilt, Range.MinTilt, Range.MaxTilt);
    }

    public HeadRange Range { get; }

    public bool IsPoseMeasured => true;

    public string? Fault => _pan.Fault ?? _tilt.Fault;

    /// <param name="port">A serial port's path, or <c>auto</c> for the one USB adapter.</param>
    /// <exception cref="ArgumentException">The servos can't reach what is asked of them; the message says what to do.</exception>
    public static ServoBusHead OnSerialPort(string port, ServoHeadCalibration calibration, TimeProvider time)
        => new(new StsBus(new Serial.SerialLine(port, StsBus.BaudRate), time), calibration, time);

    public string? Describe() => _pan.Description is { } pan && _tilt.Description is { } tilt ? $"pan {pan}; tilt {tilt}" : null;

    public async ValueTask<HeadPose> ReadPoseAsync(CancellationToken cancellationToken)
    {
        double pan = 0, tilt = 0;
        await BothAsync(
            async () => pan = await ReadAsync(_pan, cancellationToken).ConfigureAwait(false),
            async () => tilt = await ReadAsync(_tilt, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return new(pan, tilt);
    }

    /// <summary>Both servos get their goals with one frame, which nobody answers, so that a head that is led does not wait for its servos.
    /// The next <see cref="ReadPoseAsync"/> sees whether they have them, and sends them again where not.</summary>
    /// <inheritdoc cref="IHead.MoveToAsync"/>
    public async ValueTask MoveToAsync(HeadPose target, CancellationToken cancellationToken)
    {
        var reachable = Range.Clamp(target);
        var length = 0;
        HardwareException? problem = null;
        try
        {
            await BothAsync(() => AddAsync(_pan, reachable.Pan), () => AddAsync(_tilt, reachable.Tilt)).ConfigureAwait(false);
        }
        catch (HardwareException silent)
        {
            problem = silent; // the other one moves all the same
        }

        if (length > 0) await _bus.WriteAllAsync(StsRegister.Acceleration, StsRegister.GoalLength, _blocks.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        if (problem is not null) throw problem;

        async Task AddAsync(ServoAxis axis, double degrees)
        {
            await EnsureCoolAsync(axis, cancellationToken).ConfigureAwait(false);
            await axis.StartAsync(cancellationToken).ConfigureAwait(false);
            var goal = axis.Calibration.ToSteps(degrees);
            _blocks[length] = axis.Calibration.Id;
            StsServo.EncodeGoal(_blocks.AsSpan(length + 1), goal, Steps(_dynamics.MaxSpeed), Steps(_dynamics.Acceleration));
            length += BlockLength;
            axis.Goal = goal;
            axis.Watch.OnGoal(goal);
        }
    }

    public ValueTask HoldAsync() => BothAsync(() => HoldAsync(_pan), () => HoldAsync(_tilt));

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    /// <summary>One silent servo does not keep the other from moving or stopping.</summary>
    private static async ValueTask BothAsync(Func<Task> pan, Func<Task> tilt)
    {
        HardwareException? problem = null;
        try
        {
            await pan().ConfigureAwait(false);
        }
        catch (HardwareException first)
        {
            problem = first;
        }

        await tilt().ConfigureAwait(false);
        if (problem is not null) throw problem;
    }

    private async ValueTask<double> ReadAsync(ServoAxis axis, CancellationToken cancellationToken)
    {
        var reading = await axis.AskAsync(static (servo, token) => servo.ReadAsync(token), cancellationToken).ConfigureAwait(false);
        await JudgeAsync(axis, reading, cancellationToken).ConfigureAwait(false);
        return axis.Calibration.ToDegrees(reading.Position);
    }

    /// <exception cref="HardwareException">It is too hot to move.</exception>
    private async ValueTask EnsureCoolAsync(ServoAxis axis, CancellationToken cancellationToken)
    {
        if (axis.Watch.Verdict != ServoVerdict.TooHot) return;
        await ReadAsync(axis, cancellationToken).ConfigureAwait(false); // it may have cooled
        if (axis.Watch.Verdict == ServoVerdict.TooHot) throw new HardwareException(HardwareFault.TooHot, axis.Fault!); // it has one: Verdict
    }

    /// <summary>Its goal becomes the nearest place where it can stop.</summary>
    private async Task HoldAsync(ServoAxis axis)
    {
        var reading = await axis.AskAsync(static (servo, token) => servo.ReadAsync(token), CancellationToken.None).ConfigureAwait(false);
        if (axis.Watch.Verdict == ServoVerdict.TooHot) return; // it has let go
        var braking = Math.Min(Steps(_dynamics.HoldDeceleration), StsServo.MaxAcceleration);
        var travel = Math.Abs(reading.Speed) <= AtRest ? 0 : Math.Sign(reading.Speed) * (double)reading.Speed * reading.Speed / (2 * braking);
        await SendAsync(axis, axis.Clamp(reading.Position + (int)Math.Round(travel)), braking, CancellationToken.None).ConfigureAwait(false);
        axis.Watch.OnHold();
    }

    private async ValueTask JudgeAsync(ServoAxis axis, ServoReading reading, CancellationToken cancellationToken)
    {
        var before = axis.Watch.Verdict;
        axis.OnReading(reading, Now);
        switch (before, axis.Watch.Verdict)
        {
            case (not ServoVerdict.TooHot, ServoVerdict.TooHot):
                await axis.AskAsync(static (servo, token) => servo.SetTorqueAsync(false, token), cancellationToken).ConfigureAwait(false);
                break;
            case (_, ServoVerdict.TooHot):
                break;
            case (not ServoVerdict.Blocked, ServoVerdict.Blocked):
                await SendAsync(axis, reading.Position, StsServo.MaxAcceleration, cancellationToken).ConfigureAwait(false);
                break;
            case var _ when !reading.HasTorque: // it has cooled, or was without power for a moment
                axis.OnLost();
                await axis.StartAsync(cancellationToken).ConfigureAwait(false);
                break;
            case var _ when axis.Goal is { } goal && goal != reading.Goal: // the frame was lost
                await SendAsync(axis, goal, Steps(_dynamics.Acceleration), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask SendAsync(ServoAxis axis, int goal, double acceleration, CancellationToken cancellationToken)
    {
        await axis.AskAsync((servo, token) => servo.WriteGoalAsync(goal, Steps(_dynamics.MaxSpeed), acceleration, token), cancellationToken).ConfigureAwait(false);
        axis.Goal = goal;
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    private static double Steps(double degrees) => degrees * ServoAxisCalibration.StepsPerDegree;
}

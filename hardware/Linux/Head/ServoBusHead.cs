using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux.ServoBus;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>The head on two Feetech STS3215 bus servos.</summary>
/// <remarks>It needs no servo to be there at first: each is switched on when it first answers, and again after it was silent.
/// A servo that is too hot lets go until it has cooled; one that is blocked stops pushing until the next target.</remarks>
public sealed class ServoBusHead : IHead, IHeadHealth
{
    private const double ArrivalSteps = 1; // below this speed or distance nothing is worth correcting

    private readonly StsBus _bus;
    private readonly HeadDynamics _dynamics;
    private readonly TimeProvider _time;
    private readonly ServoAxis _pan;
    private readonly ServoAxis _tilt;

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

    public async ValueTask MoveToAsync(HeadPose target, CancellationToken cancellationToken)
    {
        var reachable = Range.Clamp(target);
        await BothAsync(
            () => MoveAsync(_pan, reachable.Pan, cancellationToken), () => MoveAsync(_tilt, reachable.Tilt, cancellationToken)).ConfigureAwait(false);
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

    private async Task MoveAsync(ServoAxis axis, double degrees, CancellationToken cancellationToken)
    {
        if (axis.Watch.Verdict == ServoVerdict.TooHot)
        {
            await ReadAsync(axis, cancellationToken).ConfigureAwait(false); // it may have cooled
            if (axis.Watch.Verdict == ServoVerdict.TooHot) throw new HardwareException(HardwareFault.TooHot, axis.Fault!); // it has one: Verdict
        }

        var goal = axis.Calibration.ToSteps(degrees);
        await axis.AskAsync((servo, token) => servo.WriteGoalAsync(goal, Steps(_dynamics.MaxSpeed), Steps(_dynamics.Acceleration), token), cancellationToken)
            .ConfigureAwait(false);
        axis.Watch.OnGoal(goal);
    }

    /// <summary>Its goal becomes the nearest place where it can stop.</summary>
    private async Task HoldAsync(ServoAxis axis)
    {
        var reading = await axis.AskAsync(static (servo, token) => servo.ReadAsync(token), CancellationToken.None).ConfigureAwait(false);
        if (axis.Watch.Verdict == ServoVerdict.TooHot) return; // it has let go
        var braking = Steps(_dynamics.HoldDeceleration);
        var travel = Math.Abs(reading.Speed) <= ArrivalSteps ? 0 : Math.Sign(reading.Speed) * (double)reading.Speed * reading.Speed / (2 * braking);
        var goal = axis.Clamp(reading.Position + (int)Math.Round(travel));
        await axis.AskAsync((servo, token) => servo.WriteGoalAsync(goal, Steps(_dynamics.MaxSpeed), braking, token), CancellationToken.None).ConfigureAwait(false);
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
            case (ServoVerdict.TooHot, ServoVerdict.Well):
                axis.IsStarted = false; // switched on again where it is
                break;
            case (not ServoVerdict.Blocked, ServoVerdict.Blocked):
                await axis.AskAsync((servo, token) => servo.WriteGoalAsync(reading.Position, Steps(_dynamics.MaxSpeed), 0, token), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    private static double Steps(double degrees) => degrees * ServoAxisCalibration.StepsPerDegree;
}

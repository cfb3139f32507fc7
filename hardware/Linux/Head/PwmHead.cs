using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux.I2c;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>The head on two hobby servos behind a PCA9685. It is told where to go and tells nothing.</summary>
/// <remarks>The pose is worked out from the servos' speed: a head that is blocked, or whose servos have no power, is not noticed. After
/// power-on the first target is reached with a jerk, since nobody knows where the servos are.</remarks>
public sealed class PwmHead : IHead, IHeadHealth
{
    private readonly II2cBus _bus;
    private readonly Pca9685 _board;
    private readonly PwmHeadCalibration _calibration;
    private readonly SimulatedHead _model;

    internal PwmHead(II2cBus bus, Pca9685 board, PwmHeadCalibration calibration, TimeProvider time)
    {
        calibration.Pan.CheckReach("pan", calibration.Range.MinPan, calibration.Range.MaxPan);
        calibration.Tilt.CheckReach("tilt", calibration.Range.MinTilt, calibration.Range.MaxTilt);
        (_bus, _board, _calibration) = (bus, board, calibration);
        _model = new(time, calibration.Dynamics, calibration.Range);
    }

    public HeadRange Range => _calibration.Range;

    public bool IsPoseMeasured => false;

    public string? Fault => null;

    /// <param name="bus">The number of <c>/dev/i2c-1</c>.</param>
    /// <param name="address">Of the PCA9685; 0x40 unless strapped otherwise.</param>
    /// <exception cref="ArgumentException">The servos can't reach what is asked of them; the message says what to do.</exception>
    public static PwmHead OnI2c(int bus, int address, PwmHeadCalibration calibration, TimeProvider time)
    {
        var opened = new LinuxI2cBus(bus);
        return new(opened, new Pca9685(opened, address), calibration, time);
    }

    public string? Describe() => "hobby servos, which report nothing: the pose is where the head was sent";

    public ValueTask<HeadPose> ReadPoseAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_board.EnsureAwake()) Send(); // it was without power
        return ValueTask.FromResult(_model.Pose);
    }

    public async ValueTask MoveToAsync(HeadPose target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _board.EnsureAwake();
        await _model.MoveToAsync(target, cancellationToken).ConfigureAwait(false);
        Send();
    }

    /// <summary>The nearest place where servos of this speed could stop becomes their target.</summary>
    public async ValueTask HoldAsync()
    {
        _board.EnsureAwake();
        await _model.HoldAsync().ConfigureAwait(false);
        Send();
    }

    public ValueTask DisposeAsync()
    {
        _bus.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Send()
    {
        var target = _model.Target;
        _board.SetPulse(_calibration.Pan.Channel, _calibration.Pan.ToMicroseconds(target.Pan));
        _board.SetPulse(_calibration.Tilt.Channel, _calibration.Tilt.ToMicroseconds(target.Tilt));
    }
}

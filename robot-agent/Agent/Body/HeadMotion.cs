using System.Threading.Channels;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using HeadPose = AV1Relay.Hardware.Head.HeadPose;

namespace AV1Relay.RobotAgent.Body;

/// <summary>The one owner of the head: leads it softly where the safety core decided, and keeps reading where it is.</summary>
/// <remarks>While it moves it is sent a pose each <see cref="HeadProfile.Tick"/>; while it is still it is sent nothing, so that servos are quiet.
/// The last order stands: it is begun again when servos come back that were silent, and an order to hold ends it, whether they hear it or not.</remarks>
internal sealed class HeadMotion(IHead head, TimeProvider time, ILogger<HeadMotion> logger)
{
    /// <summary>How long a head that was blocked is left alone before a command moves it again.</summary>
    public static readonly TimeSpan RestAfterStall = TimeSpan.FromSeconds(2);

    private const int TicksPerReading = 2;
    private const double Pushed = 3; // degrees: whoever turned the head by hand is not answered with a jump
    private static readonly HeadPose Ahead = new(0, 0);

    // The newest wins: an order that has not begun is worth nothing once another has come.
    private readonly Channel<HeadOutput> _orders = Channel.CreateBounded<HeadOutput>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly HeadProfile _profile = new(head.Range, Ahead);
    private readonly StallWatch _stall = new();
    private readonly long _startedAt = time.GetTimestamp();
    private readonly LogLimit _logLimit = new(time);
    private PoseBox _pose = new(Ahead);
    private PoseBox _target = new(Ahead);
    private volatile string? _fault;
    private double? _tiltBeforeRest;
    private HeadOutput? _order; // the one that stands; null once it was ended
    private bool _hasBegun; // the profile leads where it says
    private bool _isFound; // the profile starts from where the head really is
    private TimeSpan _leftAloneUntil;
    private int _tick;

    /// <summary>As the servos last reported it. Any thread.</summary>
    public HeadPose Pose => Volatile.Read(ref _pose).Value;

    /// <summary>Where it was last sent. Any thread.</summary>
    public HeadPose Target => Volatile.Read(ref _target).Value;

    /// <summary>Why it does not move, in words; null while it does. Any thread.</summary>
    public string? Fault => _fault;

    /// <summary>Any thread; returns at once.</summary>
    public void Post(HeadOutput order) => _orders.Writer.TryWrite(order);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(HeadProfile.Tick, time);
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var order = _orders.Reader.WaitToReadAsync(cancellationToken).AsTask();
        try
        {
            while (true)
            {
                var next = await Task.WhenAny(order, tick);
                await next; // throws when cancelled
                if (next == order)
                {
                    if (_orders.Reader.TryRead(out var output)) await TryAsync(() => CarryOutAsync(output));
                    order = _orders.Reader.WaitToReadAsync(cancellationToken).AsTask();
                }
                else
                {
                    await TryAsync(TickAsync);
                    tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The robot stops; the head is lowered by LowerAsync.
        }
    }

    /// <summary>Lowers the head, softly as ever, and returns when it is down or won't go; takes no token, since making things safe is never cancelled.</summary>
    public async Task LowerAsync()
    {
        await TryAsync(() => CarryOutAsync(new HeadOutput.Rest()));
        using var timer = new PeriodicTimer(HeadProfile.Tick, time);
        while (_isFound && !_profile.IsStill && await timer.WaitForNextTickAsync()) await TryAsync(TickAsync);
    }

    private async Task CarryOutAsync(HeadOutput output)
    {
        if (output is HeadOutput.Hold)
        {
            _order = null;
            if (_isFound) _profile.Hold();
            else _profile.StartFrom(Pose); // the way that it was on is none any more, should they answer this very moment
            Volatile.Write(ref _target, new(_profile.Target));
            await StepAsync();
            return;
        }

        (_order, _hasBegun) = (output, false);
        if (!_isFound) await FindAsync();
        await BeginAsync();
    }

    private async Task BeginAsync()
    {
        if (Now < _leftAloneUntil) return; // begun by a later tick
        _hasBegun = true;
        switch (_order)
        {
            case HeadOutput.MoveTo move:
                await MoveAsync(move.Target, PaceOf(move.Speed));
                break;
            case HeadOutput.Wake { Ahead: true }:
                await MoveAsync(Ahead);
                break;
            case HeadOutput.Wake:
                await MoveAsync(Pose with { Tilt = _tiltBeforeRest ?? 0 });
                break;
            case HeadOutput.Rest:
                if (Target.Tilt > head.Range.MinTilt) _tiltBeforeRest = Pose.Tilt;
                await MoveAsync(Pose with { Tilt = head.Range.MinTilt });
                break;
        }
    }

    private async Task MoveAsync(HeadPose target, HeadPace? pace = null)
    {
        Volatile.Write(ref _target, new(target));
        if (_profile.IsStill && StallWatch.Distance(_profile.Pose, Pose) > Pushed) _profile.StartFrom(Pose);
        _profile.MoveTo(target, pace ?? HeadPace.Usual);
        await StepAsync(); // at once: not with the next tick
    }

    private async Task TickAsync()
    {
        if (!_isFound) await FindAsync();
        if (_order is not null && !_hasBegun) await BeginAsync();
        else await StepAsync();
        if (++_tick % TicksPerReading != 0) return;
        await ReadAsync();
        if (_stall.OnReading(_profile.Pose, Pose, Now) && !_profile.IsStill) await GiveWayAsync();
        else if (_profile.IsStill || StallWatch.Distance(_profile.Pose, Pose) < StallWatch.Lag) SetFault(null);
    }

    private async Task StepAsync()
    {
        if (!_profile.IsStill) await head.MoveToAsync(_profile.Next(), CancellationToken.None);
    }

    /// <summary>Nothing is pushed against: the head stays where it is.</summary>
    private async Task GiveWayAsync()
    {
        _leftAloneUntil = Now + RestAfterStall;
        _order = null;
        _profile.StartFrom(Pose);
        Volatile.Write(ref _target, new(_profile.Target));
        SetFault("Something blocks the head: take away what is in its way. It moves again with the next command.");
        await head.HoldAsync();
    }

    /// <summary>At first, and after the servos were silent: every way begins where the head is now.</summary>
    /// <exception cref="HardwareException">They don't answer.</exception>
    private async Task FindAsync()
    {
        await ReadAsync();
        _profile.StartFrom(Pose);
        _isFound = true;
    }

    private async Task ReadAsync() => Volatile.Write(ref _pose, new(await head.ReadPoseAsync(CancellationToken.None)));

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (HardwareException problem)
        {
            (_isFound, _hasBegun) = (false, false);
            SetFault(problem.Message);
        }
    }

    private void SetFault(string? fault)
    {
        if (fault is not null && _fault is null && _logLimit.MayTell()) BodyLog.HeadFailed(logger, fault);
        _fault = fault;
    }

    private TimeSpan Now => time.GetElapsedTime(_startedAt);

    private static HeadPace PaceOf(HeadSpeed speed) => speed switch
    {
        HeadSpeed.Gentle => HeadPace.Gentle,
        HeadSpeed.Brisk => HeadPace.Brisk,
        _ => HeadPace.Usual,
    };

    /// <summary>A pose that is swapped whole, so that nobody reads one coordinate of each of two.</summary>
    private sealed record PoseBox(HeadPose Value);
}

internal static partial class BodyLog
{
    [LoggerMessage(4101, LogLevel.Warning, "The head does not move: {Problem}")]
    public static partial void HeadFailed(ILogger logger, string problem);

    [LoggerMessage(4102, LogLevel.Error, "The light ring failed, so nothing goes live: {Problem}")]
    public static partial void LightsFailed(ILogger logger, string problem);
}

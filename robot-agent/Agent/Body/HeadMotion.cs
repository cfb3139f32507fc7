using System.Threading.Channels;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using AV1Relay.RobotAgent.Safety;

namespace AV1Relay.RobotAgent.Body;

/// <summary>The one owner of the head: carries out what the safety core decided, and keeps reading where the head is.</summary>
internal sealed class HeadMotion(IHead head, TimeProvider time, ILogger<HeadMotion> logger)
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(20);
    private static readonly HeadPose Ahead = new(0, 0);

    // The newest wins: an order that has not begun is worth nothing once another has come.
    private readonly Channel<HeadOutput> _orders = Channel.CreateBounded<HeadOutput>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private PoseBox _pose = new(Ahead);
    private PoseBox _target = new(Ahead);
    private double? _tiltBeforeRest;

    /// <summary>As the servos last reported it. Any thread.</summary>
    public HeadPose Pose => Volatile.Read(ref _pose).Value;

    /// <summary>Where it was last sent. Any thread.</summary>
    public HeadPose Target => Volatile.Read(ref _target).Value;

    /// <summary>Why it does not move, in words; null while it does.</summary>
    public string? Fault { get; private set; }

    /// <summary>Any thread; returns at once.</summary>
    public void Post(HeadOutput order) => _orders.Writer.TryWrite(order);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ReadEvery, time);
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
                    await TryAsync(ReadAsync);
                    tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The robot stops; the head is lowered by StopAsync.
        }
    }

    /// <summary>Lowers the head; takes no token, since making things safe is never cancelled.</summary>
    public Task LowerAsync() => TryAsync(() => CarryOutAsync(new HeadOutput.Rest()));

    private async Task CarryOutAsync(HeadOutput output)
    {
        switch (output)
        {
            case HeadOutput.MoveTo move:
                await MoveAsync(move.Target);
                break;
            case HeadOutput.Hold:
                await head.HoldAsync();
                await ReadAsync();
                Volatile.Write(ref _target, new(Pose));
                break;
            case HeadOutput.Wake { Ahead: true }:
                await MoveAsync(Ahead);
                break;
            case HeadOutput.Wake:
                await ReadAsync();
                await MoveAsync(Pose with { Tilt = _tiltBeforeRest ?? 0 });
                break;
            case HeadOutput.Rest:
                await ReadAsync();
                if (Target.Tilt > head.Range.MinTilt) _tiltBeforeRest = Pose.Tilt;
                await MoveAsync(Pose with { Tilt = head.Range.MinTilt });
                break;
        }
    }

    private async Task MoveAsync(HeadPose target)
    {
        Volatile.Write(ref _target, new(target));
        await head.MoveToAsync(target, CancellationToken.None);
    }

    private async Task ReadAsync() => Volatile.Write(ref _pose, new(await head.ReadPoseAsync(CancellationToken.None)));

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            Fault = null;
        }
        catch (HardwareException problem)
        {
            if (Fault is null) BodyLog.HeadFailed(logger, problem.Message);
            Fault = problem.Message;
        }
    }

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

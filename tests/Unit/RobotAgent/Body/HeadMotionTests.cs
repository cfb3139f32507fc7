using AV1Relay.Hardware.Head;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Safety;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Body;

public sealed class HeadMotionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SimulatedHead _head;
    private readonly HeadMotion _motion;
    private readonly Lines _log = new();
    private Task _running = Task.CompletedTask;

    public HeadMotionTests()
    {
        _head = new SimulatedHead(_time, HeadDynamics.Led);
        _motion = new HeadMotion(_head, _time, _log);
    }

    public ValueTask InitializeAsync()
    {
        _running = _motion.RunAsync(_stopping.Token);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_rests_where_it_points_and_wakes_where_it_was()
    {
        await OrderAsync(new HeadOutput.MoveTo(new(40, 12)), () => _head.Pose is { Pan: > 39.9, Tilt: > 11.9 });
        await OrderAsync(new HeadOutput.Rest(), () => _head.Pose.Tilt <= _head.Range.MinTilt + 0.1);
        Assert.Equal(40, _head.Pose.Pan, tolerance: 0.2);

        await OrderAsync(new HeadOutput.Wake(Ahead: false), () => _head.Pose.Tilt > 11.5);
        Assert.Equal(40, _head.Pose.Pan, tolerance: 0.2);

        await OrderAsync(new HeadOutput.Wake(Ahead: true), () => Math.Abs(_head.Pose.Pan) < 0.1 && Math.Abs(_head.Pose.Tilt) < 0.1);
    }

    [Fact]
    public async Task It_holds_on_the_way()
    {
        _motion.Post(new HeadOutput.MoveTo(new(140, 0)));
        await UntilAsync(() => _head.Pose.Pan > 30);

        await OrderAsync(new HeadOutput.Hold(HoldReason.LeaseExpired), () => _head.Speed.Pan == 0);

        Assert.InRange(_head.Pose.Pan, 30, 60);
    }

    [Fact]
    public async Task Servos_that_fall_silent_are_told_in_words_until_they_answer()
    {
        _head.IsSilent = true;
        await UntilAsync(() => _motion.Fault is not null);
        Assert.Contains("servo", _motion.Fault, StringComparison.Ordinal);

        _head.IsSilent = false;

        await UntilAsync(() => _motion.Fault is null);
    }

    [Fact]
    public async Task A_blocked_head_is_not_pushed_says_so_and_moves_again_once_it_is_freed()
    {
        _head.IsStalled = true;
        _motion.Post(new HeadOutput.MoveTo(new(60, 0)));
        await UntilAsync(() => _motion.Fault is not null);
        Assert.Contains("blocks the head", _motion.Fault, StringComparison.Ordinal);
        Assert.Equal(0, _head.Target.Pan, tolerance: 0.1);

        _head.IsStalled = false;
        _time.Advance(HeadMotion.RestAfterStall);
        await OrderAsync(new HeadOutput.MoveTo(new(60, 0)), () => _head.Pose.Pan > 59.9);

        await UntilAsync(() => _motion.Fault is null);
    }

    [Fact]
    public async Task A_head_that_is_still_is_sent_nothing()
    {
        await OrderAsync(new HeadOutput.MoveTo(new(20, 0)), () => _head.Pose.Pan == 20);
        await AdvanceAsync(TimeSpan.FromMilliseconds(200));
        var sent = _head.TargetsTaken;

        await AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(sent, _head.TargetsTaken);
    }

    [Fact]
    public async Task A_gentle_pupils_head_turns_gently()
    {
        _motion.Post(new HeadOutput.MoveTo(new(90, 0), HeadSpeed.Gentle));
        var fastest = 0.0;
        await UntilAsync(() =>
        {
            fastest = Math.Max(fastest, _head.Speed.Pan);
            return _head.Pose.Pan > 89.9;
        });

        Assert.InRange(fastest, 1, HeadPace.Gentle.MaxSpeed * 1.2); // slower when the loop misses a tick
    }

    [Fact]
    public async Task Servos_that_come_back_are_led_on_from_where_they_are()
    {
        await OrderAsync(new HeadOutput.MoveTo(new(120, 0)), () => _head.Pose.Pan > 30);
        _head.IsSilent = true;
        await UntilAsync(() => _motion.Fault is not null);
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        var stood = _head.Pose.Pan;
        _head.IsSilent = false;

        var fastest = 0.0;
        await UntilAsync(() =>
        {
            fastest = Math.Max(fastest, _head.Speed.Pan);
            return _head.Pose.Pan > 119.9;
        });

        Assert.InRange(stood, 30, 60);
        Assert.InRange(fastest, 10, HeadPace.Usual.MaxSpeed * 1.2); // no leap over what was missed
    }

    [Fact]
    public async Task An_order_to_hold_that_silent_servos_could_not_hear_ends_the_way_all_the_same()
    {
        await OrderAsync(new HeadOutput.MoveTo(new(120, 0)), () => _head.Pose.Pan > 30);
        _head.IsSilent = true;
        await UntilAsync(() => _motion.Fault is not null);
        _motion.Post(new HeadOutput.Hold(HoldReason.LeaseExpired));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        var stood = _head.Pose.Pan;

        _head.IsSilent = false; // somebody has put the plug back, with a hand beside the head
        await UntilAsync(() => _motion.Fault is null);
        await AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(stood, _head.Pose.Pan, tolerance: 0.1);
    }

    [Fact]
    public async Task Servos_that_were_silent_when_everybody_left_lower_the_head_once_they_are_back()
    {
        await OrderAsync(new HeadOutput.MoveTo(new(40, 12)), () => _head.Pose is { Pan: > 39.9, Tilt: > 11.9 });
        _head.IsSilent = true;
        await UntilAsync(() => _motion.Fault is not null);
        _motion.Post(new HeadOutput.Rest());
        await AdvanceAsync(TimeSpan.FromSeconds(1));

        _head.IsSilent = false;

        await UntilAsync(() => _head.Pose.Tilt <= _head.Range.MinTilt + 0.1);
        Assert.Equal(40, _head.Pose.Pan, tolerance: 0.2);
    }

    [Fact]
    public async Task An_order_that_comes_while_a_blocked_head_is_left_alone_is_carried_out_after_it()
    {
        _head.IsStalled = true;
        await OrderAsync(new HeadOutput.MoveTo(new(60, 0)), () => _motion.Fault is not null);
        _head.IsStalled = false;

        await OrderAsync(new HeadOutput.Rest(), () => _head.Pose.Tilt <= _head.Range.MinTilt + 0.1);
    }

    [Fact]
    public async Task A_fault_that_comes_and_goes_is_logged_once_a_minute()
    {
        for (var i = 0; i < 5; i++)
        {
            _head.IsSilent = true;
            await UntilAsync(() => _motion.Fault is not null);
            _head.IsSilent = false;
            await UntilAsync(() => _motion.Fault is null);
        }

        Assert.Single(_log.All);
        _time.Advance(LogLimit.Pause);
        _head.IsSilent = true;
        await UntilAsync(() => _log.All.Count == 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        await _head.DisposeAsync();
    }

    private Task OrderAsync(HeadOutput order, Func<bool> isDone)
    {
        _motion.Post(order);
        return UntilAsync(isDone);
    }

    private async Task AdvanceAsync(TimeSpan duration)
    {
        var end = _time.GetUtcNow() + duration;
        await UntilAsync(() => _time.GetUtcNow() >= end);
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        for (var step = 0; step < 2000 && !isSo(); step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken); // the loop runs on real threads
        }

        Assert.True(isSo());
    }

    private sealed class Lines : ILogger<HeadMotion>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));
    }
}

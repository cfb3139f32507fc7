using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Head;

public sealed class SimulatedHeadTests : HeadContract
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private readonly FakeTimeProvider _time = new();

    private protected override IHead Create() => new SimulatedHead(_time);

    private protected override Task SettleAsync(IHead head)
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_has_visibly_moved_ten_milliseconds_after_a_command()
    {
        var head = new SimulatedHead(_time);
        await head.MoveToAsync(new HeadPose(30, 0), CancellationToken.None);
        _time.Advance(Tick);
        Assert.True(head.Pose.Pan >= 0.02, $"moved {head.Pose.Pan}°"); // two steps of the pose strip
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(-140)]
    public async Task It_keeps_to_its_speed_and_acceleration_and_never_overshoots(double target)
    {
        var dynamics = new HeadDynamics();
        var head = new SimulatedHead(_time, dynamics);
        await head.MoveToAsync(new HeadPose(target, 0), CancellationToken.None);
        double previousPan = 0, previousSpeed = 0;
        for (var i = 0; i < 300; i++)
        {
            _time.Advance(Tick);
            var pan = head.Pose.Pan;
            var speed = head.Speed.Pan;
            Assert.InRange(Math.Abs(pan), Math.Abs(previousPan), Math.Abs(target)); // closer each time, never beyond
            Assert.InRange(Math.Abs(speed), 0, dynamics.MaxSpeed + 1e-9);
            Assert.InRange(Math.Abs(speed - previousSpeed), 0, (dynamics.Acceleration * Tick.TotalSeconds) + 1e-6);
            (previousPan, previousSpeed) = (pan, speed);
        }

        Assert.Equal(target, head.Pose.Pan);
        Assert.Equal(0, head.Speed.Pan);
    }

    [Fact]
    public async Task A_quarter_turn_takes_a_little_under_a_second()
    {
        var head = new SimulatedHead(_time);
        await head.MoveToAsync(new HeadPose(90, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(900));
        Assert.InRange(head.Pose.Pan, 80, 89.99); // 90°/120 + 120/600 = 0.95 s
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(90, head.Pose.Pan);
    }

    [Fact]
    public async Task It_ends_in_the_same_place_whether_looked_at_often_or_once()
    {
        var watched = new SimulatedHead(_time);
        var unwatched = new SimulatedHead(_time);
        await watched.MoveToAsync(new HeadPose(60, 20), CancellationToken.None);
        await unwatched.MoveToAsync(new HeadPose(60, 20), CancellationToken.None);
        for (var i = 0; i < 40; i++)
        {
            _time.Advance(Tick);
            _ = watched.Pose;
        }

        Assert.Equal(watched.Pose.Pan, unwatched.Pose.Pan, tolerance: 0.01);
    }

    [Fact]
    public async Task Holding_at_full_speed_stops_within_fifty_milliseconds()
    {
        var head = new SimulatedHead(_time);
        await head.MoveToAsync(new HeadPose(150, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        var before = head.Pose.Pan;
        await head.HoldAsync();
        _time.Advance(TimeSpan.FromMilliseconds(55));
        var stopped = head.Pose.Pan;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(stopped, head.Pose.Pan, tolerance: 0.02);
        Assert.InRange(stopped - before, 0.5, 4);
    }

    [Fact]
    public async Task A_reversal_brakes_first()
    {
        var head = new SimulatedHead(_time);
        await head.MoveToAsync(new HeadPose(100, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        await head.MoveToAsync(new HeadPose(0, 0), CancellationToken.None);
        _time.Advance(Tick);
        Assert.InRange(head.Speed.Pan, 100, 120);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(0, head.Pose.Pan);
    }

    [Fact]
    public async Task A_stalled_head_takes_commands_and_stays_until_it_is_freed()
    {
        var head = new SimulatedHead(_time) { IsStalled = true };
        await head.MoveToAsync(new HeadPose(30, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, head.Pose.Pan);
        head.IsStalled = false;
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(30, head.Pose.Pan);
    }

    [Fact]
    public async Task Silent_servos_say_what_to_check()
    {
        var head = new SimulatedHead(_time) { IsSilent = true };
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await head.ReadPoseAsync(CancellationToken.None));
        Assert.Contains("servo cable", problem.Message, StringComparison.Ordinal);
    }
}

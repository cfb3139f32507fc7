using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux.Head;
using AV1Relay.Hardware.Linux.ServoBus;
using AV1Relay.Tests.Unit.Hardware.Head;
using AV1Relay.Tests.Unit.Hardware.Linux.ServoBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Head;

/// <summary>The head on emulated servos, byte for byte: the tilt servo is mounted the other way round, and both off the middle.</summary>
public sealed class ServoBusHeadTests : HeadContract, IAsyncDisposable
{
    private static readonly ServoHeadCalibration Calibration = new(new(1, 2100), new(2, 1990, IsReversed: true)) { Dynamics = new() };
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly EmulatedServo _pan;
    private readonly EmulatedServo _tilt;
    private readonly EmulatedServoWire _wire;
    private readonly FakeSerialLine _line;

    public ServoBusHeadTests()
    {
        (_pan, _tilt) = (new(1, _time, position: 2100), new(2, _time, position: 1990));
        _wire = new(_pan, _tilt) { Echoes = true };
        _line = new(_wire, _time);
    }

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private protected override IHead Create() => CreateHead();

    private protected override Task SettleAsync(IHead head)
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Degrees_are_steps_from_each_servos_centre_in_its_own_direction()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(90, 10), CancellationToken.None);
        Assert.Equal(2100 + 1024, _pan.Goal);
        Assert.Equal(1990 - 114, _tilt.Goal); // 113.8
    }

    [Fact]
    public async Task Switching_on_moves_nothing()
    {
        _pan.SetRegister(42, 0); // a goal of long ago
        await CreateHead().ReadPoseAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2100, _pan.Position);
        Assert.True(_pan.HasTorque && _tilt.HasTorque);
    }

    [Fact]
    public async Task A_servo_never_pushes_with_more_than_half_of_what_it_can()
    {
        _tilt.SetRegister(40, 1); // on already: the program was started anew
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal([500, 500], [_pan.TorqueLimit, _tilt.TorqueLimit]);

        _pan.LosePower();
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.True(_pan.HasTorque);
        Assert.Equal(500, _pan.TorqueLimit);
    }

    [Fact]
    public async Task It_moves_within_eighty_milliseconds_of_a_command()
    {
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        await head.MoveToAsync(new HeadPose(30, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(80));
        Assert.True((await head.ReadPoseAsync(CancellationToken.None)).Pan > 0.5);
    }

    [Fact]
    public async Task Speed_and_acceleration_keep_to_the_heads_dynamics()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(90, 0), CancellationToken.None);
        var goals = _wire.Requests[^1];
        Assert.Equal([0xFF, 0xFF, 0xFE, 20, 0x83, 41, 7, 1], goals[..8]);
        Assert.Equal(68, goals[8]); // 600°/s² in units of 100 steps/s²
        Assert.Equal(1365, goals[13] | (goals[14] << 8)); // 120°/s
    }

    [Fact]
    public async Task Holding_at_full_speed_stops_within_four_degrees_and_does_not_swing_back()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(150, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        var before = (await head.ReadPoseAsync(CancellationToken.None)).Pan;
        await head.HoldAsync();
        var furthest = before;
        for (var i = 0; i < 50; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            furthest = Math.Max(furthest, (await head.ReadPoseAsync(CancellationToken.None)).Pan);
        }

        var after = (await head.ReadPoseAsync(CancellationToken.None)).Pan;
        Assert.InRange(after - before, 0.5, 4);
        Assert.Equal(furthest, after, tolerance: 0.3);
    }

    [Fact]
    public async Task A_silent_servo_is_named_and_the_other_goes_on()
    {
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        _pan.IsSilent = true;
        await Assert.ThrowsAsync<HardwareException>(async () => await head.ReadPoseAsync(CancellationToken.None));
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await head.MoveToAsync(new HeadPose(10, 10), CancellationToken.None));
        Assert.Equal(HardwareFault.Silent, problem.Fault);
        Assert.Contains("pan servo (number 1)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("servo cable", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1990 - 114, _tilt.Goal);
        await Assert.ThrowsAsync<HardwareException>(async () => await head.HoldAsync());
    }

    [Fact]
    public async Task Targets_that_got_lost_on_the_wire_are_sent_again()
    {
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        _wire.RequestsToAllToLose = 1;
        await head.MoveToAsync(new HeadPose(30, 10), CancellationToken.None);
        Assert.Equal(2100, _pan.Goal);
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal(2100 + 341, _pan.Goal);
        Assert.Equal(1990 - 114, _tilt.Goal);
    }

    [Fact]
    public async Task A_servo_that_was_without_power_for_a_moment_that_nobody_noticed_is_switched_on_where_it_is()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(60, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        _pan.LosePower();
        var lost = (await head.ReadPoseAsync(CancellationToken.None)).Pan;
        Assert.True(_pan.HasTorque);
        await PollAsync(head, TimeSpan.FromSeconds(2));
        Assert.Equal(lost, (await head.ReadPoseAsync(CancellationToken.None)).Pan, tolerance: 0.1);
    }

    [Fact]
    public async Task A_servo_that_was_without_power_is_switched_on_again_where_it_is()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(10, 0), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2));
        (_pan.IsSilent, _tilt.IsSilent) = (true, true);
        await Assert.ThrowsAsync<HardwareException>(async () => await head.ReadPoseAsync(CancellationToken.None));
        _pan.LosePower();
        (_pan.IsSilent, _tilt.IsSilent) = (false, false);
        Assert.Equal(10, (await head.ReadPoseAsync(CancellationToken.None)).Pan, tolerance: 0.1);
        Assert.True(_pan.HasTorque);
    }

    [Fact]
    public async Task A_servo_that_was_not_heard_for_a_moment_goes_on_with_its_move()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(60, 0), CancellationToken.None);
        _pan.IsSilent = true;
        await Assert.ThrowsAsync<HardwareException>(async () => await head.ReadPoseAsync(CancellationToken.None));
        _pan.IsSilent = false;
        Assert.InRange((await head.ReadPoseAsync(CancellationToken.None)).Pan, 0, 50);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(60, (await head.ReadPoseAsync(CancellationToken.None)).Pan, tolerance: 0.1);
    }

    [Fact]
    public async Task Noise_that_never_ends_is_named()
    {
        _wire.AnswersToSpoil = int.MaxValue;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await CreateHead().ReadPoseAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Noisy, problem.Fault);
        Assert.Contains("plugs and ground", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_servo_is_named_and_stops_pushing_until_the_next_target()
    {
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        _pan.IsBlocked = true;
        await head.MoveToAsync(new HeadPose(60, 0), CancellationToken.None);
        await PollAsync(head, TimeSpan.FromSeconds(1));
        Assert.Contains("pan servo (number 1) does not go where it is sent", head.Fault, StringComparison.Ordinal);
        Assert.Equal(2100, _pan.Goal);

        _pan.IsBlocked = false;
        await head.MoveToAsync(new HeadPose(60, 0), CancellationToken.None);
        await PollAsync(head, TimeSpan.FromSeconds(2));
        Assert.Null(head.Fault);
        Assert.Equal(60, (await head.ReadPoseAsync(CancellationToken.None)).Pan, tolerance: 0.1);
    }

    [Fact]
    public async Task A_stream_of_targets_does_not_hide_a_blockade()
    {
        var head = CreateHead();
        _tilt.IsBlocked = true;
        for (var i = 0; i < 50 && head.Fault is null; i++)
        {
            await head.MoveToAsync(new HeadPose(0, 10 + (i / 10.0)), CancellationToken.None);
            await PollAsync(head, Poll);
        }

        Assert.Contains("tilt servo", head.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_moves_or_has_arrived_is_not_blocked()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(150, 30), CancellationToken.None);
        for (var i = 0; i < 250; i++)
        {
            await PollAsync(head, Poll);
            Assert.Null(head.Fault);
        }
    }

    [Fact]
    public async Task A_hot_servo_lets_go_until_it_has_cooled()
    {
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        _tilt.Celsius = ServoWatch.HotCelsius;
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.Contains("tilt servo (number 2) is too hot", head.Fault, StringComparison.Ordinal);
        Assert.False(_tilt.HasTorque);
        Assert.True(_pan.HasTorque);

        _tilt.Celsius = ServoWatch.CoolCelsius + 1;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await head.MoveToAsync(new HeadPose(0, 10), CancellationToken.None));
        Assert.Equal(HardwareFault.TooHot, problem.Fault);
        Assert.False(_tilt.HasTorque);

        _tilt.Celsius = ServoWatch.CoolCelsius;
        await head.MoveToAsync(new HeadPose(0, 10), CancellationToken.None);
        Assert.Null(head.Fault);
        Assert.True(_tilt.HasTorque);
    }

    [Theory]
    [InlineData(1, "voltage (7.4 V)")]
    [InlineData(2, "position sensor")]
    [InlineData(8, "too much current")]
    public async Task A_servos_own_complaint_is_a_fault_in_words(byte complaint, string words)
    {
        _pan.Errors = complaint;
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.Contains(words, head.Fault, StringComparison.Ordinal);
        _pan.Errors = 0;
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.Null(head.Fault);
    }

    [Fact]
    public async Task It_tells_temperature_voltage_and_load()
    {
        var head = CreateHead();
        Assert.Null(head.Describe());
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal("pan 28 °C, 7.4 V, load 3 %; tilt 28 °C, 7.4 V, load 3 %", head.Describe());
        Assert.True(head.IsPoseMeasured);
    }

    [Theory]
    [InlineData(1, 200, "near 2048")] // the seam would be inside the range
    [InlineData(2, 2048, "another")] // the tilt servo's number
    [InlineData(254, 2048, "0 to 253")]
    public void A_calibration_that_cannot_work_is_refused_in_words(byte id, int centre, string words)
    {
        var problem = Assert.Throws<ArgumentException>(
            () => new ServoBusHead(new StsBus(_line, _time), Calibration with { Pan = new(id, centre) }, _time));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    private ServoBusHead CreateHead() => new(new StsBus(_line, _time), Calibration, _time);

    private async Task PollAsync(ServoBusHead head, TimeSpan during)
    {
        for (var passed = TimeSpan.Zero; passed < during; passed += Poll)
        {
            _time.Advance(Poll);
            await head.ReadPoseAsync(CancellationToken.None);
        }
    }
}

using AV1Relay.Hardware;
using AV1Relay.Hardware.Head;
using AV1Relay.Hardware.Linux.Head;
using AV1Relay.Tests.Unit.Hardware.Head;
using AV1Relay.Tests.Unit.Hardware.Linux.I2c;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Head;

public sealed class PwmHeadTests : HeadContract, IDisposable
{
    private static readonly PwmHeadCalibration Calibration = new(new(0), new(1, IsReversed: true));
    private readonly FakeTimeProvider _time = new();
    private readonly FakePca9685 _chip = new();
    private readonly FakeI2cBus _bus;

    public PwmHeadTests() => _bus = new(Pca9685.UsualAddress, _chip);

    public void Dispose() => _bus.Dispose();

    private protected override IHead Create() => CreateHead();

    private protected override Task SettleAsync(IHead head)
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Pulses_come_fifty_times_a_second_and_are_as_long_as_the_pose_wants()
    {
        await CreateHead().MoveToAsync(new HeadPose(45, 10), CancellationToken.None);
        Assert.Equal(0x79, _chip.PreScale); // 25 MHz / 4096 / 122 = 50.03 Hz
        Assert.Equal(0x20, _chip.Mode);
        Assert.Equal(410, _chip.PulseOf(0)); // 1500 + 45 × 11.1 = 2 ms
        Assert.Equal(285, _chip.PulseOf(1)); // 1500 − 10 × 11.1 = 1.389 ms
        Assert.Null(_chip.PulseOf(2));
    }

    [Fact]
    public async Task A_board_that_runs_is_left_running_so_that_servos_do_not_twitch()
    {
        await CreateHead().MoveToAsync(new HeadPose(20, 0), CancellationToken.None);
        var writes = _chip.Writes;
        await CreateHead().ReadPoseAsync(CancellationToken.None); // the agent was started anew
        Assert.Equal(writes, _chip.Writes);
    }

    [Fact]
    public async Task A_board_that_runs_at_another_rate_is_put_to_sleep_to_change_it()
    {
        _chip.Write(0, [0x20]); // awake, at the 200 Hz it has after power-on
        await CreateHead().MoveToAsync(new HeadPose(45, 0), CancellationToken.None);
        Assert.Equal(0x79, _chip.PreScale);
        Assert.Equal(410, _chip.PulseOf(0));
    }

    [Fact]
    public async Task A_board_that_was_without_power_is_set_up_again_and_sent_where_the_head_was()
    {
        var head = CreateHead();
        await head.MoveToAsync(new HeadPose(45, 0), CancellationToken.None);
        _chip.LosePower();
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal(410, _chip.PulseOf(0));
    }

    [Fact]
    public async Task It_says_that_nothing_measures_its_pose()
    {
        var head = CreateHead();
        await head.ReadPoseAsync(CancellationToken.None);
        Assert.False(head.IsPoseMeasured);
        Assert.Contains("report nothing", head.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_board_is_named()
    {
        _bus.IsSilent = true;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await CreateHead().ReadPoseAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Silent, problem.Fault);
        Assert.Contains("PCA9685", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_chip_at_its_address_is_named()
    {
        _bus.IsNoisy = true;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await CreateHead().ReadPoseAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Noisy, problem.Fault);
    }

    [Theory]
    [InlineData(16, 11.1, "0 to 15")]
    [InlineData(0, 15, "less range")]
    public void A_calibration_that_cannot_work_is_refused_in_words(int channel, double microsecondsPerDegree, string words)
    {
        var problem = Assert.Throws<ArgumentException>(
            () => new PwmHead(_bus, new Pca9685(_bus), Calibration with { Pan = new(channel, 1500, microsecondsPerDegree) }, _time));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    private PwmHead CreateHead() => new(_bus, new Pca9685(_bus), Calibration, _time);
}

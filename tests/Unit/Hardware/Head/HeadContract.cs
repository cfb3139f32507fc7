using AV1Relay.Hardware.Head;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Head;

/// <summary>What every head keeps to, simulated or real.</summary>
public abstract class HeadContract
{
    private protected abstract IHead Create();

    /// <summary>Lets a move that is under way come to its end.</summary>
    private protected abstract Task SettleAsync(IHead head);

    [Fact]
    public async Task A_target_out_of_reach_is_clamped_to_the_range()
    {
        await using var head = Create();
        await head.MoveToAsync(new HeadPose(Pan: 1000, Tilt: -1000), CancellationToken.None);
        await SettleAsync(head);
        var pose = await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal(head.Range.MaxPan, pose.Pan, tolerance: 0.5);
        Assert.Equal(head.Range.MinTilt, pose.Tilt, tolerance: 0.5);
    }

    [Fact]
    public async Task A_target_within_reach_is_reached()
    {
        await using var head = Create();
        await head.MoveToAsync(new HeadPose(Pan: -40, Tilt: 12), CancellationToken.None);
        await SettleAsync(head);
        var pose = await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal(-40, pose.Pan, tolerance: 0.5);
        Assert.Equal(12, pose.Tilt, tolerance: 0.5);
    }

    [Fact]
    public async Task A_newer_target_replaces_the_older()
    {
        await using var head = Create();
        await head.MoveToAsync(new HeadPose(Pan: 90, Tilt: 0), CancellationToken.None);
        await head.MoveToAsync(new HeadPose(Pan: 10, Tilt: 0), CancellationToken.None);
        await SettleAsync(head);
        Assert.Equal(10, (await head.ReadPoseAsync(CancellationToken.None)).Pan, tolerance: 0.5);
    }

    [Fact]
    public async Task Holding_keeps_the_head_from_its_target()
    {
        await using var head = Create();
        await head.MoveToAsync(new HeadPose(Pan: 150, Tilt: 0), CancellationToken.None);
        await head.HoldAsync();
        await head.HoldAsync();
        await SettleAsync(head);
        Assert.InRange((await head.ReadPoseAsync(CancellationToken.None)).Pan, -1, 20);
    }

    [Fact]
    public async Task A_pose_that_is_not_a_number_moves_to_the_middle_rather_than_nowhere()
    {
        await using var head = Create();
        await head.MoveToAsync(new HeadPose(Pan: double.NaN, Tilt: double.PositiveInfinity), CancellationToken.None);
        await SettleAsync(head);
        var pose = await head.ReadPoseAsync(CancellationToken.None);
        Assert.Equal((head.Range.MinPan + head.Range.MaxPan) / 2, pose.Pan, tolerance: 0.5);
        Assert.Equal(head.Range.MaxTilt, pose.Tilt, tolerance: 0.5);
    }
}

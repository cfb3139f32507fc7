using AV1Relay.RobotAgent.Running;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Running;

public sealed class ProcessLoadTests
{
    [Fact]
    public async Task Two_cores_for_five_seconds_are_200_percent_and_nothing_after_that_is_none()
    {
        var time = new FakeTimeProvider();
        var used = TimeSpan.FromMinutes(1);
        var load = new ProcessLoad(time, () => used, () => 96L << 20);
        using var stopping = new CancellationTokenSource();
        var running = load.RunAsync(stopping.Token);
        Assert.Equal((0, 96), (load.CpuPercent, load.ResidentMiB));

        used += TimeSpan.FromSeconds(10);
        time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => load.CpuPercent > 0);
        Assert.Equal(200, load.CpuPercent, tolerance: 0.01);

        time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => load.CpuPercent == 0);
        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task It_reads_this_process()
    {
        var load = new ProcessLoad(new FakeTimeProvider());
        using var stopping = new CancellationTokenSource();
        var running = load.RunAsync(stopping.Token);
        Assert.InRange(load.ResidentMiB, 10, 100_000);
        await stopping.CancelAsync();
        await running;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

using AV1Relay.Hardware;
using AV1Relay.RobotAgent.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class DeviceLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_device_that_comes_back_is_opened_at_once_rather_than_when_its_next_try_is_due()
    {
        await using var loop = new Unplugged(new FakeTimeProvider());
        loop.Start();
        await loop.Failed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains("No camera is plugged in", loop.Fault, StringComparison.Ordinal);

        loop.IsPluggedIn = true;
        loop.TryNow(); // no time passes in this test
        await loop.Working.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(loop.IsOpen);
        Assert.Null(loop.Fault);
    }

    [Fact]
    public async Task A_loop_that_waits_can_be_stopped()
    {
        await using var loop = new Unplugged(new FakeTimeProvider());
        loop.Start();
        await loop.Failed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await loop.StopAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Null(loop.Fault);
    }

    /// <summary>A camera that is there or not.</summary>
    private sealed class Unplugged : DeviceLoop
    {
        public Unplugged(TimeProvider time)
            : this(time, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
        {
        }

        private Unplugged(TimeProvider time, TaskCompletionSource failed)
            : base("camera", time, NullLogger.Instance, () => failed.TrySetResult()) => Failed = failed;

        /// <summary>The loop has told that something changed; at first that is its failing.</summary>
        public TaskCompletionSource Failed { get; }

        public TaskCompletionSource Working { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsPluggedIn;

        protected override async Task UseDeviceAsync(CancellationToken cancellationToken)
        {
            if (!IsPluggedIn) throw new HardwareException(HardwareFault.Missing, "No camera is plugged in.");
            Opened();
            Working.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, Time, cancellationToken);
        }
    }
}

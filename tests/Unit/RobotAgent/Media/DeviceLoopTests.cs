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

    [Fact]
    public async Task A_device_that_does_not_close_is_named_after_a_second_and_holds_nobody_back()
    {
        var time = new FakeTimeProvider();
        await using var loop = new Unplugged(time) { IsPluggedIn = true, Closes = new() };
        loop.Start();
        await loop.Working.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var stopping = loop.StopAsync();
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await stopping.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(loop.IsOpen);
        Assert.Contains("does not close", loop.Fault, StringComparison.Ordinal);
        Assert.True(loop.StopAsync().IsCompleted);
        var disposing = loop.DisposeAsync();
        Assert.False(disposing.IsCompleted);

        loop.Closes.SetResult();
        await disposing.AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.False(loop.IsOpen);
        Assert.Null(loop.Fault);
    }

    [Fact]
    public async Task What_closes_late_can_be_opened_again_and_not_before()
    {
        var time = new FakeTimeProvider();
        await using var loop = new Unplugged(time) { IsPluggedIn = true, Closes = new() };
        loop.Start();
        await loop.Working.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        var stopping = loop.StopAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await stopping.WaitAsync(Patience, TestContext.Current.CancellationToken);

        loop.Start();
        Assert.Equal(1, loop.Openings);
        loop.Closes.SetResult();
        await loop.UntilAsync(() =>
        {
            loop.Start(); // as the engine does after each change
            return loop is { IsOpen: true, Openings: 2 };
        });
        Assert.Null(loop.Fault);
    }

    /// <summary>A camera that is there or not.</summary>
    private sealed class Unplugged : DeviceLoop
    {
        private readonly SemaphoreSlim _changes;

        public Unplugged(TimeProvider time)
            : this(time, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new SemaphoreSlim(0))
        {
        }

        private Unplugged(TimeProvider time, TaskCompletionSource failed, SemaphoreSlim changes)
            : base("camera", time, NullLogger.Instance, () => OnChanged(failed, changes)) => (Failed, _changes) = (failed, changes);

        /// <summary>The loop has told that something changed; at first that is its failing.</summary>
        public TaskCompletionSource Failed { get; }

        public TaskCompletionSource Working { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsPluggedIn;

        /// <summary>Completes when it closes; null: at once.</summary>
        public TaskCompletionSource? Closes { get; init; }

        public int Openings { get; private set; }

        /// <summary>Asks again after each change that is told.</summary>
        public async Task UntilAsync(Func<bool> condition)
        {
            while (!condition()) Assert.True(await _changes.WaitAsync(Patience, TestContext.Current.CancellationToken));
        }

        private static void OnChanged(TaskCompletionSource failed, SemaphoreSlim changes)
        {
            failed.TrySetResult();
            changes.Release();
        }

        protected override async Task UseDeviceAsync(CancellationToken cancellationToken)
        {
            if (!IsPluggedIn) throw new HardwareException(HardwareFault.Missing, "No camera is plugged in.");
            Openings++;
            Opened();
            Working.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, Time, cancellationToken);
            }
            finally
            {
                if (Closes is not null) await Closes.Task.WaitAsync(2 * Patience, CancellationToken.None); // a test that fails is not to hang itself
            }
        }
    }
}

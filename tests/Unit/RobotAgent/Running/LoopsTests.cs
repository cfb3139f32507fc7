using AV1Relay.RobotAgent.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Running;

public sealed class LoopsTests
{
    private readonly Loops _loops = new(NullLogger.Instance);

    [Fact]
    public async Task Loops_that_end_by_themselves_have_not_failed()
    {
        _loops.Start("head", () => Task.CompletedTask);

        await _loops.EndAsync();

        Assert.False(_loops.Failed.IsCompleted);
    }

    [Fact]
    public async Task One_that_fails_is_told_and_takes_no_other_with_it()
    {
        var stop = new TaskCompletionSource();
        _loops.Start("head", () => Task.FromException(new InvalidOperationException("a mistake of ours")));
        _loops.Start("lights", () => stop.Task);

        await _loops.Failed;

        var ended = _loops.EndAsync();
        Assert.False(ended.IsCompleted);
        stop.SetResult();
        await ended; // without the exception: the head is still to be lowered and the ring to go dark
    }

    [Fact]
    public async Task One_that_fails_before_its_first_wait_is_as_good()
    {
        _loops.Start("head", () => throw new InvalidOperationException("at once"));

        await _loops.Failed;
        await _loops.EndAsync();
    }
}

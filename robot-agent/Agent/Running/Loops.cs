namespace AV1Relay.RobotAgent.Running;

/// <summary>The robot's loops, each of which runs until the robot stops. One that fails by a mistake of ours takes no other with it, and is told.</summary>
internal sealed class Loops(ILogger logger)
{
    private readonly List<Task> _running = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when one has failed: the robot is then less than it says it is, and had better be started anew.</summary>
    public Task Failed => _failed.Task;

    public void Start(string name, Func<Task> run) => _running.Add(TryAsync(name, run));

    /// <summary>Returns once all have ended; never throws.</summary>
    public Task EndAsync() => Task.WhenAll(_running);

    /// <summary>For what must not keep the next thing from being done; never throws.</summary>
    public async Task TryAsync(string name, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            RobotLog.LoopFailed(logger, name, problem);
            _failed.TrySetResult();
        }
    }
}

namespace AV1Relay.Sfu.Shards;

/// <summary>Something to be done on a shard's thread.</summary>
internal abstract class ShardCommand
{
    public abstract void Run(ShardCore core, TimeSpan now);

    /// <summary>The shard has ended, or running failed.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A request whose result somebody awaits on another thread.</summary>
internal sealed class ShardRequest<T>(Func<ShardCore, TimeSpan, T> run) : ShardCommand
{
    // The awaiting code must not run on the shard's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _done.Task;

    public override void Run(ShardCore core, TimeSpan now) => _done.TrySetResult(run(core, now));

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

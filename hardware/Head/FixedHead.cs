namespace AV1Relay.Hardware.Head;

/// <summary>A robot whose head does not move: it looks where somebody has turned it.</summary>
public sealed class FixedHead : IHead
{
    public HeadRange Range => default;

    public ValueTask<HeadPose> ReadPoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(default(HeadPose));

    public ValueTask MoveToAsync(HeadPose target, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask HoldAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

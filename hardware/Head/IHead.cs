namespace AV1Relay.Hardware.Head;

/// <summary>The head on its two servos. Not thread-safe: one motion loop owns it.</summary>
public interface IHead : IAsyncDisposable
{
    /// <summary>What the mechanism can reach; a target outside is clamped to it.</summary>
    HeadRange Range { get; }

    /// <summary>Where the head is now, as the servos report it.</summary>
    /// <exception cref="HardwareException">A servo did not answer.</exception>
    ValueTask<HeadPose> ReadPoseAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the current target. Returns once it was sent; whether the servos have it, the next pose tells.</summary>
    /// <exception cref="HardwareException">A servo did not answer.</exception>
    ValueTask MoveToAsync(HeadPose target, CancellationToken cancellationToken);

    /// <summary>Holds at once. Safe to repeat, and takes no token: stopping is never cancelled.</summary>
    /// <exception cref="HardwareException">A servo did not answer.</exception>
    ValueTask HoldAsync();
}

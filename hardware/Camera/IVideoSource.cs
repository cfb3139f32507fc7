namespace AV1Relay.Hardware.Camera;

/// <summary>A camera. Not thread-safe: one capture loop owns it. It is closed at the source by disposing it.</summary>
public interface IVideoSource : IAsyncDisposable
{
    VideoFormat Format { get; }

    /// <summary>Waits for the next picture and writes it into <paramref name="into"/>, whose size must be the format's.
    /// Pictures that nobody read in time are skipped: the newest wins.</summary>
    /// <returns>False when the source has ended.</returns>
    /// <exception cref="HardwareException">The camera failed or has gone.</exception>
    ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken);
}

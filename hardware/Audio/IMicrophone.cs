namespace AV1Relay.Hardware.Audio;

/// <summary>A microphone. Not thread-safe: one capture loop owns it. It is closed at the source by disposing it.</summary>
public interface IMicrophone : IAsyncDisposable
{
    /// <summary>How long ago the last sample of the frame that was read last was in the air, as far as the source can tell.</summary>
    TimeSpan Delay { get; }

    /// <summary>Waits for the next 20 ms and writes them into <paramref name="frame"/> (<see cref="PcmFormat.FrameSamples"/> samples).
    /// Sound that nobody read in time is dropped, so that delay cannot build up.</summary>
    /// <returns>False when the source has ended.</returns>
    /// <exception cref="HardwareException">The microphone failed or has gone.</exception>
    ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken);
}

namespace AV1Relay.Hardware.Audio;

/// <summary>A robot without a loudspeaker: takes everything at once, plays nothing.</summary>
public sealed class NoSpeaker : ISpeaker
{
    public string Kind => "none";

    public double BufferedMs => 0;

    public ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

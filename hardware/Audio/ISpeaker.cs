namespace AV1Relay.Hardware.Audio;

/// <summary>A loudspeaker. Not thread-safe: one playout loop owns it.</summary>
public interface ISpeaker : IAsyncDisposable
{
    /// <summary>What it is, in one word: <c>meter</c>, <c>none</c>, <c>alsa</c>.</summary>
    string Kind { get; }

    /// <summary>Queues samples (<see cref="PcmFormat"/>, any number) for playing. At most 120 ms wait in the queue: when it is full
    /// this waits for room. Callers bring 20 ms every 20 ms and drop to catch up when <see cref="BufferedMs"/> grows.</summary>
    /// <exception cref="HardwareException">The speaker failed or has gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken);

    /// <summary>How much is queued and not yet heard, in milliseconds.</summary>
    double BufferedMs { get; }
}

/// <summary>A speaker that also knows what it plays.</summary>
public interface ISpeakerMeter
{
    /// <summary>Measured now, in memory only. Thread-safe.</summary>
    SpeakerReading Read();
}

/// <summary>What a speaker has just played.</summary>
/// <param name="LevelDbfs">RMS level of the last 100 ms; 0 is a full-scale square wave, −100 is silence.</param>
/// <param name="ToneHz">Strongest frequency of the last 200 ms; 0 when there is none.</param>
/// <param name="ToneConfidence">0…1: the share of the sound's energy that lies at <paramref name="ToneHz"/>. Over 0.5 is a tone.</param>
public readonly record struct SpeakerReading(double LevelDbfs, double ToneHz, double ToneConfidence);

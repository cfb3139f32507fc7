namespace AV1Relay.WebRtc.JitterBuffer;

/// <summary>What to play next.</summary>
public enum PulledAudioKind
{
    /// <summary>Nothing to play: silence.</summary>
    Empty,

    /// <summary>Decode <see cref="PulledAudio.Payload"/>.</summary>
    Packet,

    /// <summary>
    /// Let the decoder bridge a gap: from the forward error correction in <see cref="PulledAudio.NextPayload"/> where that is not empty, else by
    /// concealment.
    /// </summary>
    Conceal,
}

/// <summary>One piece of sound. A view: valid until the next call on the buffer.</summary>
public readonly ref struct PulledAudio
{
    internal PulledAudio(PulledAudioKind kind, int samples, ReadOnlySpan<byte> payload = default, ReadOnlySpan<byte> nextPayload = default)
    {
        Kind = kind;
        Samples = samples;
        Payload = payload;
        NextPayload = nextPayload;
    }

    public PulledAudioKind Kind { get; }

    /// <summary>How much sound this makes, at 48 kHz; pull again when it has been played.</summary>
    public int Samples { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The packet right behind a lost one, which may hold a copy of it (RFC 6716 §2.1.7). It will be pulled itself afterwards.</summary>
    public ReadOnlySpan<byte> NextPayload { get; }
}

/// <summary>Counts since the buffer was made; <see cref="AudioJitterBuffer.Reset"/> does not clear them.</summary>
/// <param name="Received">Packets pushed that were neither late nor there already.</param>
/// <param name="Late">Came after their turn.</param>
/// <param name="Duplicates">Came twice.</param>
/// <param name="Malformed">No Opus packet, or too long.</param>
/// <param name="Overflowed">Pushed out because the buffer was full.</param>
/// <param name="Played">Packets given out.</param>
/// <param name="Concealed">Pieces asked to be concealed because a packet was missing.</param>
/// <param name="Recoverable">Of these, how many came with the packet that may hold a copy.</param>
/// <param name="Dropped">Packets left out to catch up.</param>
/// <param name="Inserted">Pieces asked to be concealed to win time.</param>
/// <param name="Restarts">Times that the stream began anew: other source, leap of the timestamps.</param>
public readonly record struct JitterBufferStatistics(
    long Received,
    long Late,
    long Duplicates,
    long Malformed,
    long Overflowed,
    long Played,
    long Concealed,
    long Recoverable,
    long Dropped,
    long Inserted,
    long Restarts);

/// <summary>Limits of the delay that the buffer adds. All are bounds on waiting, none is added to another.</summary>
public sealed record AudioJitterBufferOptions
{
    /// <summary>Before arrivals have been measured.</summary>
    public TimeSpan StartDelay { get; init; } = TimeSpan.FromMilliseconds(40);

    public TimeSpan MinDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>No jitter makes the buffer wait longer. Sound that comes later still is played only while nothing newer is there.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(400);
}

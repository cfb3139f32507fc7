using AV1Relay.Sfu.Negotiation;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>All that one publisher sent of one stream from its start to its end: what its subscribers may expect.</summary>
/// <param name="number">The publisher's number in tags.</param>
/// <param name="sent">What became of its packets on the way to the relay.</param>
/// <param name="repeated">The same of its repeats; null where nothing is repeated.</param>
internal sealed class PublishedStream(int number, int room, MediaSource source, SentStream sent, SentStream? repeated)
{
    private readonly List<TimeSpan> _capturedAt = [];
    private readonly Dictionary<long, List<ushort>> _repeats = [];

    public int Number => number;

    public int Room => room;

    public MediaSource Source => source;

    public SentStream Sent => sent;

    public int Frames => _capturedAt.Count;

    /// <summary>By the publisher's own clock, like its timestamps.</summary>
    public TimeSpan CapturedAt(int frame) => _capturedAt[frame];

    /// <returns>The frame's number.</returns>
    public int OnCaptured(TimeSpan at)
    {
        _capturedAt.Add(at);
        return _capturedAt.Count - 1;
    }

    public void OnRepeated(ushort sequenceNumber, ushort asSequenceNumber)
    {
        var packet = sent.Unwrap(sequenceNumber);
        if (!_repeats.TryGetValue(packet, out var repeats)) _repeats.Add(packet, repeats = []);
        repeats.Add(asSequenceNumber);
    }

    /// <summary>Whether the packet reached the relay, at first or as a repeat.</summary>
    public bool HasArrived(long packet)
    {
        if (sent.WasOffered(packet) && !sent.WasMissed(packet)) return true;
        if (repeated is null || !_repeats.TryGetValue(packet, out var repeats)) return false;
        foreach (var repeat in repeats)
        {
            var number = repeated.Unwrap(repeat);
            if (repeated.WasOffered(number) && !repeated.WasMissed(number)) return true;
        }

        return false;
    }
}

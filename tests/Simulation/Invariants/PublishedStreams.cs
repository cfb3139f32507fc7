using AV1Relay.Sfu.Negotiation;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>Every stream that was published in a run, by the number that its tags carry.</summary>
internal sealed class PublishedStreams
{
    private readonly List<PublishedStream> _streams = [];

    public PublishedStream this[int number] => _streams[number];

    public PublishedStream Add(int room, MediaSource source, SentStream sent, SentStream? repeated)
    {
        var stream = new PublishedStream(_streams.Count, room, source, sent, repeated);
        _streams.Add(stream);
        return stream;
    }
}

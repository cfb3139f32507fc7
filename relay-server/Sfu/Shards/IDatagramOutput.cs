using AV1Relay.WebRtc;

namespace AV1Relay.Sfu.Shards;

/// <summary>Where a shard writes what is to be sent.</summary>
internal interface IDatagramOutput
{
    /// <summary>Room for one datagram of up to 1,500 bytes and its authentication tag. Asking may send what was committed before.</summary>
    Span<byte> Next();

    /// <summary>Queues what was written into <see cref="Next"/>'s span.</summary>
    /// <param name="isForwarded">Media on its way through, whose latency is measured; everything else is the relay's own.</param>
    void Commit(int length, in TransportAddress remote, bool isForwarded);
}

namespace AV1Relay.Sfu.Statistics;

/// <summary>Packets and their bytes, counted in place by one thread. A mutable struct, so that counting is two additions and no object.</summary>
internal struct TrafficCount
{
    public long Packets;
    public long Bytes;

    public void Add(int bytes)
    {
        Packets++;
        Bytes += bytes;
    }
}

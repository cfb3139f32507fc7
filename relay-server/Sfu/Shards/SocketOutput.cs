using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Sockets;

namespace AV1Relay.Sfu.Shards;

/// <summary>Collects what a shard sends into one batch, and measures how long each forwarded datagram was on its way.</summary>
internal sealed class SocketOutput(IDatagramSocket socket, TimeProvider time, int capacity) : IDatagramOutput
{
    private const long NanosecondsATick = 100;

    private readonly DatagramBatch _batch = new(capacity);
    private readonly long[] _causes = new long[capacity]; // when what is forwarded was received; 0: nothing is

    /// <summary>Kernel's receive time stamp of the datagram in hand, nanoseconds since 1970; 0 outside of one.</summary>
    public long Cause { get; set; }

    public LatencyHistogram Latency { get; } = new();

    public Span<byte> Next()
    {
        if (_batch.IsFull) Flush();
        return _batch.NextBuffer;
    }

    public void Commit(int length, in TransportAddress remote, bool isForwarded)
    {
        _causes[_batch.Count] = isForwarded ? Cause : 0;
        _batch.Add(length, remote);
    }

    public void Flush()
    {
        var count = _batch.Count;
        if (count == 0) return;
        socket.Send(_batch);
        var sentAt = NowNanoseconds(time);
        for (var i = 0; i < count; i++)
        {
            if (_causes[i] != 0) Latency.Record(sentAt - _causes[i]);
        }
    }

    /// <summary>The wall clock that kernels stamp datagrams with.</summary>
    public static long NowNanoseconds(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsATick;
}

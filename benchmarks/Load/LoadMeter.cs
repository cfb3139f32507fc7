using System.Buffers.Binary;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Benchmarks.Load;

/// <summary>Counts and times what reaches subscribers. Every packet carries when it was sent, in its payload.</summary>
internal sealed class LoadMeter : IMediaReceiver
{
    /// <summary>Where the time stamp lies in a payload, bytes: behind what tells a keyframe.</summary>
    public const int StampOffset = 4;

    public const int StampedLength = StampOffset + sizeof(long);

    private long _from = long.MaxValue;
    private long _until = long.MaxValue;

    public LatencySamples Latency { get; } = new();

    /// <summary>When the packets in hand were taken from the kernel; time stamps of the time provider.</summary>
    public long ReceivedAt { get; set; }

    public long ReceivedPackets { get; private set; }

    public void OpenWindow(long from)
    {
        Latency.Clear();
        ReceivedPackets = 0;
        (_from, _until) = (from, long.MaxValue);
    }

    /// <summary>Later packets don't count; those on their way still do.</summary>
    public void CloseWindow(long until) => _until = until;

    public void OnRtp(LoadEnd end, in RtpPacket packet, TimeSpan now)
    {
        var payload = packet.Payload;
        if (payload.Length < StampedLength) return;
        var sentAt = BinaryPrimitives.ReadInt64LittleEndian(payload[StampOffset..]);
        if (sentAt < _from || sentAt >= _until) return;
        ReceivedPackets++;
        Latency.Add(TimeProvider.System.GetElapsedTime(sentAt, ReceivedAt));
    }
}

using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>The receiver's side of congestion control: tells the sender ten times a second when its packets arrived
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01).</summary>
/// <remarks>Sans-I/O, one owner; allocates nothing once it is there. The draft leaves the interval open; WebRTC's receivers keep to 50–250 ms.</remarks>
public sealed class ArrivalReports
{
    /// <summary>Between two reports.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TransportFeedbackBuilder _builder = new();
    private TimeSpan _dueAt;

    /// <summary>A packet with a transport-wide number arrived. Its arrival must be authentic.</summary>
    public void OnPacket(ushort sequenceNumber, TimeSpan now) => _builder.OnPacket(sequenceNumber, now);

    /// <summary>Whether <see cref="WriteDue"/> has something to write.</summary>
    public bool IsDue(TimeSpan now) => now >= _dueAt && _builder.HasNews;

    /// <summary>Writes one report, once one is due. To be called until it says that there is none.</summary>
    /// <param name="buffer">What doesn't fit comes with the next call.</param>
    /// <param name="mediaSsrc">Of any stream of the sender's.</param>
    /// <returns>Bytes written; 0 when nothing is due.</returns>
    public int WriteDue(Span<byte> buffer, uint senderSsrc, uint mediaSsrc, TimeSpan now)
    {
        if (!IsDue(now)) return 0;
        var length = _builder.Write(buffer, senderSsrc, mediaSsrc);
        if (!_builder.HasNews) _dueAt = now + Interval;
        return length;
    }
}

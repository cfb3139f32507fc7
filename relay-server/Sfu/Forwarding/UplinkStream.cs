using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Statistics;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Sfu.Forwarding;

/// <summary>What one peer publishes in one section: which packets belong to it, how well they arrive, and what is asked of the publisher.</summary>
internal sealed class UplinkStream : IDisposable
{
    private const int MaxStoredPacketBytes = 1_500;
    private const int UsualPacketBytes = 1_024; // shorter ones leave some of the history unused

    /// <summary>Counted in place; read by statistics alone.</summary>
    public UplinkCounts Counts;

    private readonly Func<long> _newTimeline;
    private ReceiveStatistics? _statistics; // null until the source is known
    private TimeSpan _reportDueAt;

    public UplinkStream(Peer owner, NegotiatedMedia media, MediaSource source, SfuOptions options, Func<long> newTimeline)
    {
        Owner = owner;
        Media = media;
        Source = source;
        Ssrc = media.RemoteSsrc;
        RtxSsrc = media.RemoteRtxSsrc;
        _newTimeline = newTimeline;
        Timeline = newTimeline();
        Keyframes = new KeyframeThrottle(TimeSpan.FromMilliseconds(options.KeyframeIntervalMilliseconds));
        if (Ssrc is { } ssrc) _statistics = new ReceiveStatistics(ssrc, source.ClockRate());
        if (!source.IsVideo()) return;
        History = new SendHistory(options.HistoryBytesPerStream, options.HistoryBytesPerStream / UsualPacketBytes);
        if (media.Codecs.Any(codec => codec.AnswersNack)) Nacks = new NackGenerator();
    }

    public Peer Owner { get; }

    public NegotiatedMedia Media { get; }

    public MediaSource Source { get; }

    public bool IsVideo => Source.IsVideo();

    public uint? Ssrc { get; private set; }

    public uint? RtxSsrc { get; private set; }

    /// <summary>Changes with each new source, so that subscribers notice.</summary>
    public long Timeline { get; private set; }

    public TimeSpan? LastPacketAt { get; private set; }

    /// <summary>Of the present source; null until it is known.</summary>
    public ReceiveStatistics? Reception => _statistics;

    public KeyframeThrottle Keyframes { get; }

    /// <summary>Null where nobody repeats anything.</summary>
    public NackGenerator? Nacks { get; private set; }

    /// <summary>The packets as they came, by the publisher's numbers. Kept once, for all subscribers. Video only.</summary>
    public SendHistory? History { get; private set; }

    /// <summary>Whether a packet's payload type is one of the section's, and as what.</summary>
    public NegotiatedCodec? FindCodec(byte payloadType, out bool isRtx)
    {
        isRtx = false;
        for (var i = 0; i < Media.Codecs.Count; i++) // once a packet: an enumerator behind an interface would be allocated
        {
            var codec = Media.Codecs[i];
            isRtx = payloadType == codec.RtxPayloadType;
            if (isRtx || payloadType == codec.PayloadType) return codec;
        }

        return null;
    }

    /// <summary>Takes a source that the offer did not announce, or a new one after it.</summary>
    public void Bind(uint ssrc, bool isRtx)
    {
        if (isRtx)
        {
            RtxSsrc = ssrc;
            return;
        }

        if (Ssrc is not null && LastPacketAt is not null)
        {
            // The publisher started over: nothing of before belongs to the new numbers.
            Timeline = _newTimeline();
            if (Nacks is not null) Nacks = new NackGenerator();
            History?.Clear();
        }

        Ssrc = ssrc;
        _statistics = new ReceiveStatistics(ssrc, Source.ClockRate());
    }

    public void OnPacket(in RtpPacket packet, TimeSpan now)
    {
        LastPacketAt = now;
        Counts.OnMedia(packet.PayloadType, packet.Payload.Length);
        _statistics?.OnPacket(packet.SequenceNumber, packet.Timestamp, now);
        Nacks?.OnPacket(packet.SequenceNumber, now);
    }

    /// <summary>A packet that came as RTX (RFC 4588): no longer missing, and no news for the statistics of the stream.</summary>
    public void OnRecovered(ushort sequenceNumber, int payloadLength, TimeSpan now)
    {
        LastPacketAt = now;
        Counts.Repeated.Add(payloadLength);
        Nacks?.OnPacket(sequenceNumber, now);
    }

    /// <param name="mayFollowParameterSets">Packets right before this one may belong to the keyframe.</param>
    public void OnKeyframe(ushort sequenceNumber, bool mayFollowParameterSets)
    {
        Keyframes.OnKeyframe();
        Nacks?.OnKeyFrame(sequenceNumber, mayFollowParameterSets);
    }

    /// <summary>Keeps a packet to answer subscribers' NACKs from; one that came as RTX, as it was at first.</summary>
    public void Remember(in RtpPacket packet, ushort sequenceNumber, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (History is null) return;
        if (sequenceNumber == packet.SequenceNumber && packet.Ssrc == Ssrc)
        {
            History.Add(sequenceNumber, packet.Datagram, now);
            return;
        }

        Span<byte> restored = stackalloc byte[MaxStoredPacketBytes];
        var header = packet.Header with { SequenceNumber = sequenceNumber };
        var length = new RtpPacketWriter(restored, header).Finish(payload);
        if (length > 0) History.Add(sequenceNumber, restored[..length], now);
    }

    public void OnSenderReport(in SenderInfo sender, TimeSpan now)
    {
        Counts.OnSenderReport(sender, now);
        _statistics?.OnSenderReport(sender.NtpTime, now);
    }

    /// <summary>Whether a report to the publisher is due; then the next one is an interval away.</summary>
    public bool TryTakeReport(TimeSpan now, out ReportBlock block)
    {
        block = default;
        if (LastPacketAt is null || _statistics is null || now < _reportDueAt) return false;
        _reportDueAt = now + (IsVideo ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(3));
        block = _statistics.TakeReportBlock(now);
        return true;
    }

    public void Dispose() => History?.Dispose();
}

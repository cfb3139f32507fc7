using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Sfu.Statistics;

/// <summary>What became of one published stream since its peer joined, for <see cref="InboundRtpStats"/> and <see cref="RemoteOutboundRtpStats"/>.</summary>
/// <remarks>Kept beside <c>ReceiveStatistics</c>, which starts anew with each source.</remarks>
internal struct UplinkCounts
{
    /// <summary>Under the media's own SSRC; payload bytes.</summary>
    public TrafficCount Media;

    /// <summary>As RTX, without the padding that only probes the path; payload bytes of what was repeated.</summary>
    public TrafficCount Repeated;

    /// <summary>Of the last packet under the media's own SSRC.</summary>
    public byte PayloadType;

    /// <summary>Feedback packets sent to the publisher, not the packets that they name.</summary>
    public long Nacks;
    public long Plis;
    public long Firs;

    public long SenderReports;
    public SenderInfo LastSenderReport;
    public TimeSpan LastSenderReportAt;

    public void OnMedia(byte payloadType, int payloadBytes)
    {
        PayloadType = payloadType;
        Media.Add(payloadBytes);
    }

    public void OnSenderReport(in SenderInfo sender, TimeSpan now)
    {
        SenderReports++;
        LastSenderReport = sender;
        LastSenderReportAt = now;
    }
}

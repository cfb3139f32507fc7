using AV1Relay.Sfu.Forwarding;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;

namespace AV1Relay.Sfu.Statistics;

/// <summary>One peer's streams both ways, what the other end says of them, and their codecs.</summary>
internal static class StreamStatsReader
{
    private const double FractionLostUnit = 256; // RFC 3550 §6.4.1

    public static void Add(string id, Peer peer, in StatsClock clock, List<RtcStats> stats)
    {
        foreach (var uplink in peer.Uplinks) AddUplink(id, uplink, clock, stats);
        foreach (var downlink in peer.Downlinks) AddDownlink(id, downlink, clock, stats);
    }

    private static void AddUplink(string id, UplinkStream uplink, in StatsClock clock, List<RtcStats> stats)
    {
        var (transportId, kind) = ($"{id}/transport", uplink.Media.Kind);
        var (localId, remoteId) = ($"{id}/inbound-{NameOf(uplink.Source)}", $"{id}/remote-outbound-{NameOf(uplink.Source)}");
        ref readonly var counts = ref uplink.Counts;
        var hasReport = counts.SenderReports > 0;
        var codecId = AddCodec(id, counts.Media.Packets == 0 ? null : uplink.FindCodec(counts.PayloadType, out _), clock, stats);
        stats.Add(new InboundRtpStats
        {
            Id = localId,
            Timestamp = clock.Now,
            Ssrc = uplink.Ssrc,
            RtxSsrc = uplink.RtxSsrc,
            Kind = kind,
            Mid = uplink.Media.Mid,
            TransportId = transportId,
            CodecId = codecId,
            RemoteId = hasReport ? remoteId : null,
            PacketsReceived = counts.Media.Packets + counts.Repeated.Packets,
            BytesReceived = counts.Media.Bytes + counts.Repeated.Bytes,
            RetransmittedPacketsReceived = counts.Repeated.Packets,
            RetransmittedBytesReceived = counts.Repeated.Bytes,
            PacketsLost = uplink.Reception?.CumulativeLost,
            Jitter = uplink.Reception?.JitterTime.TotalSeconds,
            LastPacketReceivedTimestamp = uplink.LastPacketAt is { } last ? clock.At(last) : null,
            NackCount = counts.Nacks,
            PliCount = counts.Plis,
            FirCount = counts.Firs,
        });
        if (!hasReport) return;
        stats.Add(new RemoteOutboundRtpStats
        {
            Id = remoteId,
            Timestamp = clock.At(counts.LastSenderReportAt),
            Ssrc = uplink.Ssrc,
            Kind = kind,
            TransportId = transportId,
            CodecId = codecId,
            LocalId = localId,
            PacketsSent = counts.LastSenderReport.PacketCount,
            BytesSent = counts.LastSenderReport.OctetCount,
            RemoteTimestamp = (counts.LastSenderReport.NtpTime.ToDateTimeOffset() - DateTimeOffset.UnixEpoch).TotalMilliseconds,
            ReportsSent = counts.SenderReports,
        });
    }

    private static void AddDownlink(string id, DownlinkStream downlink, in StatsClock clock, List<RtcStats> stats)
    {
        var (transportId, kind) = ($"{id}/transport", downlink.Source.IsVideo() ? "video" : "audio");
        var (localId, remoteId) = ($"{id}/outbound-{NameOf(downlink.Source)}", $"{id}/remote-inbound-{NameOf(downlink.Source)}");
        ref readonly var counts = ref downlink.Counts;
        var codecId = AddCodec(id, downlink.Codec, clock, stats);
        stats.Add(new OutboundRtpStats
        {
            Id = localId,
            Timestamp = clock.Now,
            Ssrc = downlink.Ssrc,
            RtxSsrc = downlink.RtxSsrc == 0 ? null : downlink.RtxSsrc,
            Kind = kind,
            Mid = downlink.Mid,
            TransportId = transportId,
            CodecId = codecId,
            RemoteId = downlink.Reception.ReportedAt is null ? null : remoteId,
            Active = downlink.IsFlowing,
            PacketsSent = downlink.PacketCount + counts.Repeated.Packets,
            BytesSent = downlink.OctetCount + counts.Repeated.Bytes,
            RetransmittedPacketsSent = counts.Repeated.Packets,
            RetransmittedBytesSent = counts.Repeated.Bytes,
            NackCount = counts.Nacks,
            PliCount = counts.Plis,
            FirCount = counts.Firs,
        });
        if (downlink.Reception.ReportedAt is not { } reportedAt) return;
        var reception = downlink.Reception;
        stats.Add(new RemoteInboundRtpStats
        {
            Id = remoteId,
            Timestamp = clock.At(reportedAt),
            Ssrc = downlink.Ssrc,
            Kind = kind,
            TransportId = transportId,
            CodecId = codecId,
            LocalId = localId,
            FractionLost = reception.Last.FractionLost / FractionLostUnit,
            PacketsLost = reception.Last.CumulativeLost,
            Jitter = (double)reception.Last.Jitter / downlink.Source.ClockRate(),
            RoundTripTime = reception.RoundTripTime?.TotalSeconds,
            TotalRoundTripTime = reception.TotalRoundTripTime.TotalSeconds,
            RoundTripTimeMeasurements = reception.RoundTripTimeMeasurements,
        });
    }

    /// <returns>The codec's id; null before the first packet.</returns>
    private static string? AddCodec(string id, NegotiatedCodec? codec, in StatsClock clock, List<RtcStats> stats)
    {
        if (codec is null) return null;
        var codecId = $"{id}/codec-{codec.PayloadType}";
        if (stats.Exists(known => known.Id == codecId)) return codecId;
        stats.Add(new CodecStats
        {
            Id = codecId,
            Timestamp = clock.Now,
            TransportId = $"{id}/transport",
            PayloadType = codec.PayloadType,
            MimeType = codec.Codec == MediaCodec.Opus ? "audio/opus" : $"video/{codec.Answer.Name}",
            ClockRate = codec.Answer.ClockRate,
            Channels = codec.Codec == MediaCodec.Opus ? codec.Answer.Channels : null,
            SdpFmtpLine = codec.Answer.Fmtp,
        });
        return codecId;
    }

    private static string NameOf(MediaSource source) => source switch
    {
        MediaSource.RobotVideo => "robot-video",
        MediaSource.RobotAudio => "robot-audio",
        _ => "pupil-audio",
    };
}

using System.Buffers.Binary;
using AV1Relay.Sfu.Forwarding;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Sfu.Shards;

/// <summary>What happens to authentic media and control packets.</summary>
internal sealed partial class ShardCore
{
    private void OnRtp(Peer peer, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        peer.LastHeardAt = now;
        if (RtpPacket.TryParse(datagram, out var packet) != RtpParseError.None)
        {
            Counters.Malformed++;
            return;
        }

        if (peer.FindUplink(packet, out var codec, out var isRtx) is not { } uplink || codec is null)
        {
            Counters.Unrouted++;
            return;
        }

        peer.NoteArrival(uplink, packet, now);
        var sequenceNumber = packet.SequenceNumber;
        var payload = packet.Payload;
        if (isRtx)
        {
            if (payload.Length <= Rtx.OriginalSequenceNumberLength) return; // padding that probes the path
            sequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(payload);
            payload = payload[Rtx.OriginalSequenceNumberLength..];
            uplink.OnRecovered(sequenceNumber, payload.Length, now);
            Counters.PacketsRecovered++;
        }
        else
        {
            uplink.OnPacket(packet, now);
        }

        var isKeyframeStart = uplink.IsVideo && KeyframeStart.IsIn(codec.Codec, payload);
        if (isKeyframeStart) uplink.OnKeyframe(sequenceNumber, KeyframeStart.MayFollowParameterSets(codec.Codec, payload));
        uplink.Remember(packet, sequenceNumber, payload, now);
        var media = new MediaPacket(codec.Codec, uplink.Timeline, sequenceNumber, packet.Timestamp, packet.Marker, isKeyframeStart, payload);
        if (peer.Room.Published(uplink.Source) == uplink) peer.Room.Forward(uplink, media, _output, now);
        peer.SendDueNacks(uplink, _output, now);
        if (uplink.Nacks is { } nacks && nacks.TakeKeyFrameNeeded()) peer.Room.RequestKeyframe(uplink, _output, now);
    }

    private void OnRtcp(Peer peer, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        peer.LastHeardAt = now;
        var reader = new RtcpReader(datagram);
        while (reader.TryNext(out var packet))
        {
            switch (packet.Type)
            {
                case RtcpPacketType.SenderReport:
                    OnSenderReport(peer, packet, now);
                    break;
                case RtcpPacketType.ReceiverReport:
                    if (ReceiverReport.TryParse(packet, out var report)) OnReportBlocks(peer, report.Blocks, now);
                    break;
                case RtcpPacketType.TransportLayerFeedback:
                    if (packet.IsFeedback(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.TransportWide)) peer.OnTransportFeedback(packet, now);
                    else OnNack(peer, packet, now);
                    break;
                case RtcpPacketType.PayloadSpecificFeedback:
                    OnKeyframeRequest(peer, packet, now);
                    break;
            }
        }

        if (reader.Error != RtcpParseError.None) Counters.Malformed++;
    }

    private void OnSenderReport(Peer peer, in RtcpPacket packet, TimeSpan now)
    {
        if (!SenderReport.TryParse(packet, out var report)) return;
        OnReportBlocks(peer, report.Blocks, now);
        if (peer.FindUplink(report.Ssrc) is not { } uplink) return;
        uplink.OnSenderReport(report.Sender, now);
        if (peer.Room.Published(uplink.Source) == uplink) peer.Room.ForwardReport(uplink, report.Sender, _output, now);
    }

    /// <summary>What a subscriber says of how it receives, whichever kind of report brings it.</summary>
    private static void OnReportBlocks(Peer peer, in ReportBlocks blocks, TimeSpan now)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            peer.FindDownlink(block.Ssrc)?.Reception.OnReportBlock(block, now);
        }
    }

    private void OnNack(Peer peer, in RtcpPacket packet, TimeSpan now)
    {
        if (!Nack.TryParse(packet, out var nack) || peer.FindDownlink(nack.MediaSsrc) is not { } downlink) return;
        downlink.Counts.Nacks++;
        var uplink = peer.Room.Published(downlink.Source);
        foreach (var lost in nack)
        {
            Counters.NackedPackets++;
            if (uplink is not null && peer.MayReceive(now) && downlink.Retransmit(lost, uplink, _output, now)) Counters.NacksAnswered++;
            else Counters.NacksUnanswered++;
        }
    }

    private void OnKeyframeRequest(Peer peer, in RtcpPacket packet, TimeSpan now)
    {
        if (PictureLoss.TryParse(packet, out var loss))
        {
            if (peer.FindDownlink(loss.MediaSsrc) is { } downlink) downlink.Counts.Plis++;
            RequestKeyframe(peer, loss.MediaSsrc, now);
        }
        else if (FullIntraRequest.TryParse(packet, out var request))
        {
            for (var i = 0; i < request.Count; i++)
            {
                if (peer.FindDownlink(request[i].MediaSsrc) is { } asked) asked.Counts.Firs++;
                RequestKeyframe(peer, request[i].MediaSsrc, now);
            }
        }
    }

    private void RequestKeyframe(Peer peer, uint ssrc, TimeSpan now)
    {
        if (peer.FindDownlink(ssrc) is { Source: MediaSource.RobotVideo } downlink && peer.Room.Published(downlink.Source) is { } uplink)
            peer.Room.OnKeyframeRequest(downlink, uplink, _output, now);
    }
}

using AV1Relay.Sfu;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Rooms;

/// <summary>One end of a call in memory; remembers what it received.</summary>
internal sealed class VirtualPeer : IPeerMediaSink, IDisposable
{
    private readonly OfferingPeer _peer;

    public VirtualPeer(TransportAddress address, IReadOnlyList<OfferedMedia> media)
    {
        Address = address;
        _peer = new OfferingPeer(VirtualRelay.ClientDtls, [IceCandidate.Host(address)], media, this);
    }

    public TransportAddress Address { get; set; }

    /// <summary>False: the network swallows everything both ways.</summary>
    public bool IsOnline { get; set; } = true;

    public string Offer => _peer.CreateOffer();

    public PeerState State => _peer.State;

    public string? Failure => _peer.Failure;

    public IReadOnlyList<NegotiatedMedia> Media => _peer.Media;

    public JoinOutcome.Joined Joined { get; private set; } = null!; // set by Apply, before anything else can happen

    public List<ReceivedPacket> Received { get; } = [];

    public List<(uint Ssrc, SenderInfo Sender)> SenderReports { get; } = [];

    public List<ReportBlock> ReportBlocks { get; } = [];

    public List<ushort> Nacked { get; } = [];

    public List<long> EstimatesBps { get; } = [];

    /// <summary>What the relay told of this peer's packets.</summary>
    public List<TransportFeedbackStatus> Arrivals { get; } = [];

    public int KeyframeRequests { get; private set; }

    public IEnumerable<ReceivedPacket> On(string mid) => Received.Where(packet => _peer.Media.First(media => media.Mid == mid).RemoteSsrc == packet.Header.Ssrc);

    public void Apply(JoinOutcome.Joined joined, TimeSpan now)
    {
        Joined = joined;
        Assert.True(_peer.TryApplyAnswer(joined.AnswerSdp, now, out var error), error);
    }

    public byte[] Rtp(ushort sequenceNumber, uint timestamp, ReadOnlySpan<byte> payload, string mid, uint? ssrc = null, bool marker = true, int? payloadType = null, ushort? transportNumber = null)
    {
        var media = _peer.Media.First(candidate => candidate.Mid == mid);
        var buffer = new byte[1_500];
        var type = payloadType ?? media.Codec!.PayloadType; // accepted, or the test is wrong
        var header = new RtpHeader((byte)type, marker, sequenceNumber, timestamp, ssrc ?? (mid == "v" ? Offers.VideoSsrc : Offers.AudioSsrc));
        var writer = new RtpPacketWriter(buffer, header);
        writer.AddExtension(media.ExtensionId(RtpExtensionUris.Mid) ?? 0, System.Text.Encoding.ASCII.GetBytes(mid));
        if (transportNumber is { } number)
            writer.AddExtension(media.ExtensionId(RtpExtensionUris.TransportWideCc) ?? 0, [(byte)(number >> 8), (byte)number]);
        var length = _peer.ProtectRtp(buffer, writer.Finish(payload));
        Assert.True(length > 0);
        return buffer[..length];
    }

    public byte[] Rtcp(Func<Memory<byte>, int> write)
    {
        var buffer = new byte[1_500];
        var length = _peer.ProtectRtcp(buffer, write(buffer));
        Assert.True(length > 0);
        return buffer[..length];
    }

    /// <summary>Protects anything; null where the sender refuses.</summary>
    public byte[]? TryProtect(ReadOnlySpan<byte> rtp)
    {
        var buffer = new byte[rtp.Length + 64];
        rtp.CopyTo(buffer);
        var length = _peer.ProtectRtp(buffer, rtp.Length);
        return length > 0 ? buffer[..length] : null;
    }

    /// <inheritdoc cref="TryProtect"/>
    public byte[]? TryProtectControl(ReadOnlySpan<byte> rtcp)
    {
        var buffer = new byte[rtcp.Length + 64];
        rtcp.CopyTo(buffer);
        var length = _peer.ProtectRtcp(buffer, rtcp.Length);
        return length > 0 ? buffer[..length] : null;
    }

    public string RestartIce(TimeSpan now) => _peer.RestartIce(now);

    public void ApplyRestart(string fragment, TimeSpan now) => Assert.True(_peer.TryApplyRestart(fragment, now, out var error), error);

    public void Close() => _peer.Close();

    public void OnTimeout(TimeSpan now)
    {
        if (_peer.NextTimeout is { } due && due <= now) _peer.OnTimeout(now);
    }

    public void OnDatagram(Span<byte> datagram, TransportAddress from, TimeSpan now) => _peer.OnDatagram(datagram, _local ?? Address, from, now);

    /// <summary>The candidate's address; differs from <see cref="Address"/> once a router in between has given another.</summary>
    private TransportAddress? _local;

    public void MoveBehind(TransportAddress outside)
    {
        _local ??= Address;
        Address = outside;
    }

    /// <summary>False: the network swallows the answers to what the relay asks.</summary>
    public bool AnswersChecks { get; set; } = true;

    public bool TryTakeDatagram(Span<byte> destination, out int length)
    {
        while (_peer.TryTakeDatagram(destination, out length, out _, out _))
        {
            var isAnswer = length > 20 && destination[0] == 1 && destination[1] == 1; // STUN's success response to a binding request
            if (AnswersChecks || !isAnswer) return true;
        }

        return false;
    }

    public void Dispose() => _peer.Dispose();

    void IPeerMediaSink.OnRtp(in RtpPacket packet, TimeSpan now)
    {
        var extensions = new Dictionary<int, byte[]>();
        foreach (var extension in packet.Extensions) extensions[extension.Id] = extension.Value.ToArray();
        Received.Add(new ReceivedPacket(packet.Header, packet.Payload.ToArray(), extensions, now));
    }

    void IPeerMediaSink.OnRtcp(RtcpReader reader, TimeSpan now)
    {
        while (reader.TryNext(out var packet))
        {
            if (SenderReport.TryParse(packet, out var sender)) SenderReports.Add((sender.Ssrc, sender.Sender));
            if (PictureLoss.TryParse(packet, out _)) KeyframeRequests++;
            if (ReceiverEstimatedBitrate.TryParse(packet, out var estimate)) EstimatesBps.Add(estimate.BitrateBps);
            if (TransportFeedback.TryParse(packet, out var feedback))
            {
                foreach (var status in feedback) Arrivals.Add(status);
            }

            if (ReceiverReport.TryParse(packet, out var report))
            {
                for (var i = 0; i < report.Blocks.Count; i++) ReportBlocks.Add(report.Blocks[i]);
            }

            if (!Nack.TryParse(packet, out var nack)) continue;
            foreach (var lost in nack) Nacked.Add(lost);
        }
    }
}

internal sealed record ReceivedPacket(RtpHeader Header, byte[] Payload, IReadOnlyDictionary<int, byte[]> Extensions, TimeSpan At);

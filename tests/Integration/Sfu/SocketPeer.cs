using System.Net;
using System.Text;
using AV1Relay.Sfu;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Sockets;
using Xunit;

namespace AV1Relay.Tests.Integration.Sfu;

/// <summary>One end of a call on a loopback socket; one thread, the test's, moves it by <see cref="Turn"/>.</summary>
internal sealed class SocketPeer : IPeerMediaSink, IDisposable
{
    public static readonly DtlsContext Dtls = DtlsContext.Create();

    private static readonly RtpExtensionMap[] Extensions =
        [new(3, RtpExtensionUris.Mid), new(4, RtpExtensionUris.TransportWideCc), new(5, RtpExtensionUris.PlayoutDelay)];

    private readonly IDatagramSocket _socket;
    private readonly TransportAddress _local;
    private readonly DatagramBatch _in = new();
    private readonly DatagramBatch _out = new();
    private readonly OfferingPeer _peer;
    private readonly TimeProvider _time;
    private readonly long _startedAt;

    public SocketPeer(IReadOnlyList<OfferedMedia> media, TimeProvider? time = null, bool isPortable = false)
    {
        _time = time ?? TimeProvider.System;
        _startedAt = _time.GetTimestamp();
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        _socket = isPortable ? DatagramSockets.BindPortable(any) : DatagramSockets.Bind(any);
        _local = TransportAddress.From(_socket.LocalEndPoint);
        _peer = new OfferingPeer(Dtls, [IceCandidate.Host(_local)], media, this);
    }

    public string Offer => _peer.CreateOffer();

    public PeerState State => _peer.State;

    public List<(RtpHeader Header, byte[] Payload)> Received { get; } = [];

    public int KeyframeRequests { get; private set; }

    public static IReadOnlyList<OfferedMedia> Robot() =>
    [
        new("video", "v", MediaDirection.SendOnly, [OfferedCodecs.H264(120)]) { Ssrc = 11, RtxSsrc = 12, Msid = new("camera"), Extensions = Extensions },
        new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus(109)]) { Ssrc = 13, Msid = new("microphone"), Extensions = [Extensions[0]] },
    ];

    public static IReadOnlyList<OfferedMedia> Pupil() =>
    [
        new("video", "v", MediaDirection.RecvOnly, [OfferedCodecs.H264(102)]) { Rtx = true, Extensions = Extensions },
        new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus(111)]) { Ssrc = 23, Msid = new("voice"), Extensions = [Extensions[0]] },
    ];

    public void Apply(JoinOutcome outcome)
    {
        var joined = Assert.IsType<JoinOutcome.Joined>(outcome);
        Assert.True(_peer.TryApplyAnswer(joined.AnswerSdp, Now, out var error), error);
    }

    public IEnumerable<byte[]> On(string mid)
        => Received.Where(packet => packet.Header.Ssrc == _peer.Media.First(media => media.Mid == mid).RemoteSsrc).Select(packet => packet.Payload);

    public void Send(string mid, uint ssrc, ushort sequenceNumber, ReadOnlySpan<byte> payload)
    {
        var media = _peer.Media.First(candidate => candidate.Mid == mid);
        var buffer = _out.NextBuffer;
        var writer = new RtpPacketWriter(
            buffer, new RtpHeader((byte)media.Codec!.PayloadType, true, sequenceNumber, sequenceNumber * 3_000u, ssrc)); // accepted: it has a codec
        writer.AddExtension(media.ExtensionId(RtpExtensionUris.Mid) ?? 0, Encoding.ASCII.GetBytes(mid));
        var length = _peer.ProtectRtp(buffer, writer.Finish(payload));
        if (length < 0 || _peer.Selected is not { } path) return;
        _out.Add(length, path.Remote);
        _socket.Send(_out);
    }

    /// <summary>Does what is due and takes what has come, waiting at most some milliseconds.</summary>
    public void Turn()
    {
        if (_peer.NextTimeout is { } due && due <= Now) _peer.OnTimeout(Now);
        Drain();
        var count = _socket.Receive(_in, TimeSpan.FromMilliseconds(2));
        for (var i = 0; i < count; i++) _peer.OnDatagram(_in.Datagram(i), _local, _in.Remote(i), Now);
        Drain();
    }

    public void Dispose()
    {
        _peer.Dispose();
        _socket.Dispose();
    }

    void IPeerMediaSink.OnRtp(in RtpPacket packet, TimeSpan now) => Received.Add((packet.Header, packet.Payload.ToArray()));

    void IPeerMediaSink.OnRtcp(RtcpReader reader, TimeSpan now)
    {
        while (reader.TryNext(out var packet))
        {
            if (PictureLoss.TryParse(packet, out _)) KeyframeRequests++;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    private void Drain()
    {
        while (_peer.TryTakeDatagram(_out.NextBuffer, out var length, out _, out var remote))
        {
            _out.Add(length, remote);
            if (_out.IsFull) _socket.Send(_out);
        }

        _socket.Send(_out);
    }
}

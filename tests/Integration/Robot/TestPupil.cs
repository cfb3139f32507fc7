using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Xunit;

namespace AV1Relay.Tests.Integration.Robot;

/// <summary>A pupil without a browser: joins by WHEP, decodes the picture and reads its clock strip, hears, speaks a tone, and controls.</summary>
internal sealed class TestPupil : IPeerMediaSink, IDisposable
{
    private const uint VoiceSsrc = 77;
    private static readonly DtlsContext Dtls = DtlsContext.Create();
    private static readonly RtpExtensionMap[] Extensions =
        [new(3, RtpExtensionUris.Mid), new(4, RtpExtensionUris.TransportWideCc), new(5, RtpExtensionUris.PlayoutDelay)];

    private readonly Uri _relay;
    private readonly string _token;
    private readonly string _session;
    private readonly HttpClient _http = new(AnyRelay());
    private readonly GrpcChannel _channel;
    private readonly SessionControl.SessionControlClient _control;
    private readonly bool _withVp8;
    private IDepacketizer? _frames; // of one connection: the next one's sequence numbers begin anywhere
    private readonly Lock _gate = new();
    private readonly short[] _tone = new short[PcmFormat.FrameSamples];
    private readonly OpusEncoder _encoder = new();
    private VideoDecoder? _decoder;
    private IDatagramSocket? _socket;
    private OfferingPeer? _peer;
    private Uri? _resource;
    private Thread? _thread;
    private volatile bool _isStopping;
    private volatile bool _speaks;
    private volatile bool _isNarrow;
    private TimeSpan _narrowSince;
    private readonly ArrivalReports _arrivals = new();
    private long _pictureBytes;
    private long _pictures;
    private long _soundPackets;
    private ushort _voiceSequence;
    private ulong _sequence = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private ClockStripReading? _newest;
    private (long Millisecond, long ReadAt)? _relayClock;

    public TestPupil(Uri relay, string token, bool withVp8 = false, string session = "lesson")
    {
        _relay = relay;
        _token = token;
        _session = session;
        _withVp8 = withVp8;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _channel = GrpcChannel.ForAddress(relay, new GrpcChannelOptions
        {
            HttpHandler = new GrpcWebHandler(GrpcWebMode.GrpcWeb, AnyRelay()),
            HttpVersion = HttpVersion.Version11,
        });
        _control = new(_channel);
    }

    /// <summary>What the newest decoded picture carries.</summary>
    public ClockStripReading? Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>Of packets with picture, repeats left out.</summary>
    public long PictureBytes => Interlocked.Read(ref _pictureBytes);

    public long SoundPackets => Interlocked.Read(ref _soundPackets);

    /// <summary>Every video packet has carried the playout-delay extension with 0 and 0.</summary>
    public bool EveryPacketAsksForNoDelay { get; private set; } = true;

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        _socket = DatagramSockets.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        IReadOnlyList<CodecDescription> video = _withVp8 ? [OfferedCodecs.Vp8()] : [OfferedCodecs.H264()];
        _peer = new OfferingPeer(Dtls, [IceCandidate.Host(TransportAddress.From(_socket.LocalEndPoint))],
        [
            new("video", "v", MediaDirection.RecvOnly, video) { Rtx = true, Extensions = Extensions },
            new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus()]) { Ssrc = VoiceSsrc, Msid = new("voice"), Extensions = [Extensions[0]] },
        ], this);
        using var offer = new StringContent(_peer.CreateOffer(), Encoding.UTF8, "application/sdp");
        using var answer = await _http.PostAsync(new Uri(_relay, $"/whep/{_session}"), offer, cancellationToken);
        var sdp = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, sdp);
        _resource = new Uri(_relay, answer.Headers.Location!); // a 201 has one
        Assert.True(_peer.TryApplyAnswer(sdp, Now, out var error), error);
        _thread = new Thread(Run) { IsBackground = true, Name = "test pupil" };
        _thread.Start();
    }

    /// <summary>From now on the microphone is open and hears this tone, Hz: a multiple of 50, so that 20 ms of it follow each other without a click.</summary>
    public void Speak(double toneHz)
    {
        for (var i = 0; i < _tone.Length; i++) _tone[i] = (short)(9000 * Math.Sin(2 * Math.PI * toneHz * i / PcmFormat.SampleRate));
        _speaks = true;
    }

    /// <summary>Has the way from the relay look as if each packet waited longer than the one before, or as good as it is.</summary>
    public void SetNarrow(bool isNarrow)
    {
        _narrowSince = Now;
        _isNarrow = isNarrow;
    }

    public async Task<ControlReply> SendAsync(Command command, CancellationToken cancellationToken)
    {
        await LearnClockAsync(cancellationToken);
        command.Sequence = ++_sequence;
        var (millisecond, readAt) = _relayClock!.Value; // set by LearnClockAsync
        command.IssuedAtMs = millisecond + (long)TimeProvider.System.GetElapsedTime(readAt).TotalMilliseconds;
        return await _control.SendAsync(new() { Command = command }, Headers, cancellationToken: cancellationToken);
    }

    /// <summary>What the relay says of the session: now, and on each change.</summary>
    public AsyncServerStreamingCall<SessionState> Watch(CancellationToken cancellationToken) =>
        _control.Watch(new(), Headers, cancellationToken: cancellationToken);

    /// <summary>Waits until the relay counts this pupil as present.</summary>
    public async Task UntilPresentAsync(CancellationToken cancellationToken)
    {
        using var watching = _control.Watch(new(), Headers, cancellationToken: cancellationToken);
        while (await watching.ResponseStream.MoveNext(cancellationToken))
        {
            if (watching.ResponseStream.Current.PupilPresent) return;
        }

        Assert.Fail("The relay ended the stream before it saw the pupil.");
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        using var gone = await _http.DeleteAsync(_resource, cancellationToken);
        Assert.True(gone.IsSuccessStatusCode);
        Stop();
    }

    /// <summary>Forgets the connection and the relay's clock: the next relay is another.</summary>
    public void Stop()
    {
        _isStopping = true;
        _thread?.Join();
        _thread = null;
        _isStopping = false;
        _peer?.Dispose();
        _socket?.Dispose();
        (_peer, _socket, _relayClock, _frames) = (null, null, null, null);
    }

    public void Dispose()
    {
        Stop();
        _decoder?.Dispose();
        _encoder.Dispose();
        _http.Dispose();
        _channel.Dispose();
    }

    void IPeerMediaSink.OnRtp(in RtpPacket packet, TimeSpan now)
    {
        var media = _peer!.Media; // it calls us
        NoteArrival(packet, media[0], now);
        var payloadType = packet.Header.PayloadType;
        if (packet.Ssrc == media[1].RemoteSsrc || media[1].Codecs.Any(codec => codec.PayloadType == payloadType))
        {
            Interlocked.Increment(ref _soundPackets);
            return;
        }

        if (media[0].Codecs.All(codec => codec.PayloadType != payloadType)) return; // a repeat
        Interlocked.Add(ref _pictureBytes, packet.Payload.Length);
        if (media[0].ExtensionId(RtpExtensionUris.PlayoutDelay) is not { } id || !packet.TryGetExtension(id, out var delay) || delay.ContainsAnyExcept((byte)0))
            EveryPacketAsksForNoDelay = false;
        _frames ??= _withVp8 ? new Vp8Depacketizer() : new H264Depacketizer();
        if (!_frames.Push(packet)) return;
        _decoder ??= new VideoDecoder(_withVp8 ? VideoCodec.Vp8 : VideoCodec.H264);
        if (_decoder.Decode(_frames.Frame, packet.Header.Timestamp, out var picture)) Show(picture);
    }

    void IPeerMediaSink.OnRtcp(RtcpReader reader, TimeSpan now)
    {
    }

    /// <summary>A tablet would have been told to trust the relay's own authority.</summary>
    private static HttpClientHandler AnyRelay() => new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };

    private void NoteArrival(in RtpPacket packet, NegotiatedMedia picture, TimeSpan now)
    {
        if (picture.ExtensionId(RtpExtensionUris.TransportWideCc) is not { } id || !packet.TryGetExtension(id, out var value)) return;
        if (!RtpExtensions.TryReadTransportSequenceNumber(value, out var number)) return;
        _arrivals.OnPacket(number, _isNarrow ? now + (now - _narrowSince) : now);
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    private Metadata Headers => new() { { "authorization", $"Bearer {_token}" } };

    private unsafe void Show(in DecodedPicture picture)
    {
        var luma = new ReadOnlySpan<byte>((void*)picture.Planes.Y, picture.Planes.YStride * picture.Height);
        if (!ClockStrip.TryRead(luma, picture.Planes.YStride, picture.Width, picture.Height, out var reading)) return;
        Interlocked.Increment(ref _pictures);
        lock (_gate)
        {
            _newest = reading;
        }
    }

    private async Task LearnClockAsync(CancellationToken cancellationToken)
    {
        if (_relayClock is not null) return;
        using var watching = _control.Watch(new(), Headers, cancellationToken: cancellationToken);
        Assert.True(await watching.ResponseStream.MoveNext(cancellationToken));
        _relayClock = (watching.ResponseStream.Current.RelayNowMs, TimeProvider.System.GetTimestamp());
    }

    private void Run()
    {
        var (peer, socket) = (_peer!, _socket!); // set before the thread starts
        var local = TransportAddress.From(socket.LocalEndPoint);
        var (received, sending) = (new DatagramBatch(), new DatagramBatch());
        var voiceAt = Now;
        while (!_isStopping)
        {
            if (peer.NextTimeout is { } due && due <= Now) peer.OnTimeout(Now);
            if (Now >= voiceAt)
            {
                voiceAt += TimeSpan.FromMilliseconds(20);
                if (_speaks) SendVoice(peer, sending);
            }

            if (peer.Selected is { } path && _arrivals.WriteDue(sending.NextBuffer, VoiceSsrc, 1, Now) is > 0 and var told && peer.ProtectRtcp(sending.NextBuffer, told) is > 0 and var report)
                sending.Add(report, path.Remote);
            while (peer.TryTakeDatagram(sending.NextBuffer, out var length, out _, out var remote)) sending.Add(length, remote);
            socket.Send(sending);
            var count = socket.Receive(received, TimeSpan.FromMilliseconds(5));
            for (var i = 0; i < count; i++) peer.OnDatagram(received.Datagram(i), local, received.Remote(i), Now);
        }
    }

    private void SendVoice(OfferingPeer peer, DatagramBatch sending)
    {
        if (peer.State != PeerState.Connected || peer.Selected is not { } path || peer.Media[1].Codec is not { } codec) return;
        Span<byte> packet = stackalloc byte[OpusEncoder.MaxPacketBytes];
        var opus = _encoder.Encode(_tone, packet);
        var buffer = sending.NextBuffer;
        var writer = new RtpPacketWriter(buffer, new((byte)codec.PayloadType, _voiceSequence == 0, _voiceSequence, _voiceSequence * 960u, VoiceSsrc));
        _voiceSequence++;
        var length = peer.ProtectRtp(buffer, writer.Finish(packet[..opus]));
        if (length > 0) sending.Add(length, path.Remote);
    }
}

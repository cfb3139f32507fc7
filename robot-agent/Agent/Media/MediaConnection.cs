using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AV1Relay.Codecs;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sockets;

namespace AV1Relay.RobotAgent.Media;

/// <summary>One WebRTC connection to the relay: a socket, a thread that owns it, and the tracks on it.</summary>
/// <remarks>
/// The thread alone touches peer, tracks and socket; others hand it frames through a bounded queue. Frames that arrive while it is full, or
/// while nothing is connected, are dropped: a late picture is worth nothing.
/// </remarks>
internal sealed class MediaConnection : IPeerMediaSink, IPictureWay, IDisposable
{
    private const int MaxQueuedFrames = 16;
    private const int PicturesBehind = 2; // as many wait: the next one would only come later
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks the relay for a sign of life more often than browsers do: a picture that froze is to be back within seconds.</summary>
    /// <remarks>
    /// A connection that was made while the network was away tries at an even pace, as browsers do, for longer than the engine keeps one that stays
    /// silent: with waits that double, a network that is back would wait for the next try, or for the engine's next connection, for up to four seconds.
    /// </remarks>
    internal static readonly IceAgentOptions IceOptions = new()
    {
        ConsentInterval = TimeSpan.FromSeconds(1.5),
        LongestRetransmission = TimeSpan.FromMilliseconds(500),
        MaxTransmissions = 20,
    };

    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly IDatagramSocket _socket;
    private readonly TransportAddress _local;
    private readonly OfferingPeer _peer;
    private readonly VideoTrack _video;
    private readonly AudioTrack _audio;
    private readonly PupilVoice _voice = new();
    private readonly ConcurrentQueue<OutgoingFrame> _sounds = new();
    private readonly ConcurrentQueue<OutgoingFrame> _pictures = new();
    private readonly PictureRate _rate;
    private readonly DatagramBatch _received = new();
    private readonly DatagramBatch _sending = new();
    private readonly byte[] _cname = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(8))); // random: calls can't be linked
    private readonly ILogger _logger;
    private readonly Action _keyFrameWanted;
    private readonly Action _stateChanged;
    private readonly Thread _thread;
    private OutgoingFrame? _paced;
    private TimeSpan _reportAt;
    private long _lastHeardTicks;
    private NegotiatedMedia? _agreedVideo;
    private VideoCodec? _codec;
    private bool _hasStarted;
    private volatile bool _isStopping;
    private volatile PeerState _state = PeerState.New;

    /// <param name="relay">Where the relay is, to learn which of our addresses faces it.</param>
    /// <param name="dtls">Shared by all connections of this process.</param>
    /// <param name="codecs">What this robot can encode, best first; empty offers sound only.</param>
    /// <param name="limits">Of what the picture may take.</param>
    /// <param name="keyFrameWanted">Called on the connection's thread.</param>
    /// <param name="stateChanged">Called on the connection's thread.</param>
    /// <exception cref="SocketException">No socket, or no address that faces the relay.</exception>
    public MediaConnection(IPAddress relay, DtlsContext dtls, IReadOnlyList<VideoCodec> codecs, BandwidthLimits limits, Action keyFrameWanted, Action stateChanged, TimeProvider time, ILogger logger)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
        _logger = logger;
        _keyFrameWanted = keyFrameWanted;
        _stateChanged = stateChanged;
        _socket = DatagramSockets.Bind(new IPEndPoint(relay.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        _local = TransportAddress.From(new IPEndPoint(AddressTowards(relay), _socket.LocalEndPoint.Port));

        _rate = new PictureRate(limits);
        _video = new VideoTrack(RandomId(), RandomId(), "0", new CaptureClock(90_000, RandomId()), _rate, RandomSequence());
        _audio = new AudioTrack(RandomId(), "1", new CaptureClock(48_000, RandomId()), RandomSequence());
        _peer = new OfferingPeer(dtls, [IceCandidate.Host(_local)], OfferedTracks.Of(codecs, _video, _audio), this, Options(_cname));
        Offer = _peer.CreateOffer();
        _thread = new Thread(Run) { Name = "robot-media", IsBackground = true };
    }

    /// <summary>To be sent to the relay; its answer starts the connection.</summary>
    public string Offer { get; }

    /// <summary>How much of the pupil's voice waits to be played, ms.</summary>
    public double VoiceDelayMs => _voice.DelayMs;

    public PeerState State => _state;

    public bool IsConnected => _state == PeerState.Connected;

    /// <summary>How long nothing authentic has been heard of the relay.</summary>
    public TimeSpan Silence => Now - TimeSpan.FromTicks(Interlocked.Read(ref _lastHeardTicks));

    public int PictureBps => _rate.EncoderBps;

    public bool IsBehind => _pictures.Count >= PicturesBehind;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>Names of the video codecs that the relay agreed to, in its order; any of them may be sent.</summary>
    public IReadOnlyList<string> AgreedVideoCodecs { get; private set; } = [];

    /// <summary>Takes the relay's answer. Once.</summary>
    /// <param name="answer">SDP.</param>
    /// <returns>False with words when it is no answer to our offer.</returns>
    public bool TryStart(string answer, [NotNullWhen(false)] out string? error)
    {
        if (!_peer.TryApplyAnswer(answer, Now, out error)) return false;
        _agreedVideo = _peer.Media.FirstOrDefault(media => media is { Kind: "video", CanSend: true });
        if (_agreedVideo is not null) _rate.Begin(_agreedVideo, Now);
        AgreedVideoCodecs = [.. _agreedVideo?.Codecs.Select(codec => codec.Name) ?? []];
        if (_peer.Media.FirstOrDefault(media => media.Kind == "audio") is { } sound) _audio.Configure(sound);
        Heard();
        _hasStarted = true;
        _thread.Start();
        return true;
    }

    public bool Send(in OutgoingFrame frame)
    {
        var queue = frame.Kind == MediaKind.Audio ? _sounds : _pictures;
        if (_isStopping || !IsConnected || queue.Count >= MaxQueuedFrames)
        {
            frame.Return();
            return false;
        }

        queue.Enqueue(frame);
        _socket.Wake();
        return true;
    }

    /// <summary>Decodes the next 20 ms of the pupil's voice. Any one thread.</summary>
    /// <returns>False when there is nothing to play.</returns>
    public bool TryPlay(OpusDecoder decoder, Span<short> samples) => _voice.TryDecode(decoder, samples, Now);

    public void OnRtp(in RtpPacket packet, TimeSpan now)
    {
        Heard();
        _voice.Push(packet, now);
    }

    public void OnRtcp(RtcpReader reader, TimeSpan now)
    {
        Heard();
        while (reader.TryNext(out var packet))
        {
            if (Nack.TryParse(packet, out var nack) && nack.MediaSsrc == _video.Ssrc)
            {
                foreach (var sequence in nack) Resend(sequence, now);
            }
            else if (PictureLoss.TryParse(packet, out _) || FullIntraRequest.TryParse(packet, out _))
            {
                _keyFrameWanted();
            }
            else
            {
                _rate.OnRtcp(packet, _video.Ssrc, now);
            }
        }
    }

    /// <summary>Ends the thread, after a goodbye to the relay, and closes the socket.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _socket.Wake();
        if (_hasStarted) _thread.Join();
        _peer.Dispose();
        _socket.Dispose();
        _video.Dispose();
        while (_sounds.TryDequeue(out var frame) || _pictures.TryDequeue(out frame)) frame.Return();
        _paced?.Return();
    }

    private void Run()
    {
        MediaThread.TryPrefer();
        try
        {
            while (!_isStopping) Turn();
            _peer.Close();
            SendHandshake();
            Flush();
        }
        catch (Exception problem) // the edge of this thread: the engine makes another connection
        {
            MediaLog.Unexpected(_logger, problem);
            _state = PeerState.Failed;
            _stateChanged();
        }
    }

    private void Turn()
    {
        var now = Now;
        if (_peer.NextTimeout <= now) _peer.OnTimeout(now);
        SendHandshake();
        _rate.OnTimeout(now);
        SendSound(now);
        SendPictures(now);
        if (now >= _reportAt) SendReports(now);
        Flush();
        FollowState();

        _socket.Receive(_received, WaitUntil(now));
        now = Now;
        for (var i = 0; i < _received.Count; i++) _peer.OnDatagram(_received.Datagram(i), _local, _received.Remote(i), now);
        HeardAt(_peer.AnsweredAt); // while nothing flows, answered checks are all there is to hear
    }

    private TimeSpan WaitUntil(TimeSpan now)
    {
        var wait = LongestWait;
        if (_peer.NextTimeout is { } timeout && timeout - now < wait) wait = timeout - now;
        if (_paced is not null && _rate.Wait(now) is var pace && pace < wait) wait = pace;
        if (_reportAt - now < wait) wait = _reportAt - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private void FollowState()
    {
        var state = _peer.State;
        if (state == _state) return;
        _state = state;
        if (state == PeerState.Connected) _keyFrameWanted();
        _stateChanged();
    }

    private void SendHandshake()
    {
        while (true)
        {
            if (_sending.IsFull) Flush();
            if (!_peer.TryTakeDatagram(_sending.NextBuffer, out var length, out _, out var remote)) return;
            _sending.Add(length, remote);
        }
    }

    /// <summary>Before any picture, and whatever the path is like.</summary>
    private void SendSound(TimeSpan now)
    {
        while (_sounds.TryDequeue(out var frame))
        {
            if (_audio.CanSend && Protect(_audio.Write(frame, NextBuffer())) is > 0 and var length) _rate.OnSoundSent(length, now);
            frame.Return();
        }
    }

    /// <summary>An ordinary picture goes out whole; the rest of a large one follows at the pace of the path.</summary>
    private void SendPictures(TimeSpan now)
    {
        while (_paced is not null || TryBeginPicture())
        {
            if (_rate.Wait(now) > TimeSpan.Zero) return;
            if (_video.TryTakePacket(NextBuffer(), now) is > 0 and var length)
            {
                SendOfPicture(length, now);
                continue;
            }

            _paced!.Value.Return(); // not null: the loop's condition
            _paced = null;
        }
    }

    private bool TryBeginPicture()
    {
        while (_pictures.TryDequeue(out var frame))
        {
            if (frame.Codec is { } codec) Use(codec);
            if (_video.CanSend)
            {
                _paced = frame;
                _video.Begin(frame);
                return true;
            }

            frame.Return();
        }

        return false;
    }

    private void Resend(ushort sequence, TimeSpan now)
    {
        if (!_rate.MayRepeat(now)) return; // the relay asks again
        var length = _video.TryResend(sequence, NextBuffer(), now);
        if (length > 0) SendOfPicture(length, now);
    }

    private void SendOfPicture(int length, TimeSpan now)
    {
        if (Protect(length) is > 0 and var sent) _rate.OnSent(sent, now);
    }

    private void SendReports(TimeSpan now)
    {
        _reportAt = now + ReportEvery;
        if (_peer.State != PeerState.Connected) return;
        var wallTime = _time.GetUtcNow();
        Span<ReportBlock> blocks = stackalloc ReportBlock[1];
        var heard = _voice.Report(now);
        if (heard is { } block) blocks[0] = block;

        if (_video.Report(wallTime) is { } video) SendReport(_video.Ssrc, video, default);
        if (_audio.Report(wallTime) is { } audio) SendReport(_audio.Ssrc, audio, heard is null ? default : blocks);
        else if (heard is not null) ProtectRtcp(WriteReceiverReport(NextBuffer(), blocks));
    }

    private void SendReport(uint ssrc, in SenderInfo info, ReadOnlySpan<ReportBlock> blocks)
    {
        var buffer = NextBuffer();
        var length = RtcpWriter.WriteSenderReport(buffer, ssrc, info, blocks);
        ProtectRtcp(length + RtcpWriter.WriteSdesCname(buffer[length..], ssrc, _cname));
    }

    private int WriteReceiverReport(Span<byte> buffer, ReadOnlySpan<ReportBlock> blocks)
    {
        var length = RtcpWriter.WriteReceiverReport(buffer, _audio.Ssrc, blocks);
        return length + RtcpWriter.WriteSdesCname(buffer[length..], _audio.Ssrc, _cname);
    }

    private Span<byte> NextBuffer()
    {
        if (_sending.IsFull) Flush();
        return _sending.NextBuffer;
    }

    /// <returns>Bytes of the datagram; 0 or less when there is none.</returns>
    private int Protect(int length)
    {
        if (length <= 0) return length;
        length = _peer.ProtectRtp(_sending.NextBuffer, length);
        Queue(length);
        return length;
    }

    private void ProtectRtcp(int length)
    {
        if (length <= 0) return;
        Queue(_peer.ProtectRtcp(_sending.NextBuffer, length));
    }

    private void Queue(int length)
    {
        if (length > 0 && _peer.Selected is { } path) _sending.Add(length, path.Remote);
    }

    private void Flush()
    {
        if (_sending.Count > 0) _socket.Send(_sending);
    }

    private void Use(VideoCodec codec)
    {
        if (codec == _codec || _agreedVideo is null) return;
        _codec = codec;
        _video.Configure(_agreedVideo, codec);
    }

    private static OfferingPeerOptions Options(byte[] cname) => new()
    {
        Cname = Encoding.ASCII.GetString(cname),
        Ice = IceOptions,
    };

    private void Heard() => Interlocked.Exchange(ref _lastHeardTicks, Now.Ticks);

    private void HeardAt(TimeSpan? at)
    {
        if (at is { Ticks: var ticks } && ticks > Interlocked.Read(ref _lastHeardTicks)) Interlocked.Exchange(ref _lastHeardTicks, ticks);
    }

    // A connected UDP socket sends nothing, but makes the system choose the address that it would send from.
    private static IPAddress AddressTowards(IPAddress relay)
    {
        using var probe = new Socket(relay.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(new IPEndPoint(relay, 9));
        return ((IPEndPoint)probe.LocalEndPoint!).Address; // set by Connect
    }

    private static uint RandomId() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));

    // Below 2^15, so that a lost first packet cannot hide a rollover (RFC 3711 §3.3.1).
    private static ushort RandomSequence() => (ushort)RandomNumberGenerator.GetInt32(1 << 15);
}

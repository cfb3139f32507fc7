using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Tests.Simulation.Clock;
using AV1Relay.Tests.Simulation.Media;
using AV1Relay.Tests.Simulation.Network;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Tests.Simulation.Ends;

/// <summary>One run of a program that takes part in a call, from its start to its end: robot, pupil's page, or observer.</summary>
internal sealed class CallEnd : IEventTarget, IPeerMediaSink, IDisposable
{
    private const int Tick = 1;
    private const int VideoDue = 2;
    private const int AudioDue = 3;
    private const int ReportDue = 4;
    private const int PeerTimeout = 5;
    private const int PaceDue = 6;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AudioInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);
    private static readonly byte[] CanonicalName = "0123456789abcdef"u8.ToArray();

    private readonly Participant _owner;
    private readonly OfferingPeer _peer;
    private readonly EventQueue _events;
    private readonly DriftingClock _clock;
    private readonly byte[] _buffer = new byte[PacketPool.MaxDatagram];
    private readonly byte[] _restored = new byte[PacketPool.MaxDatagram];
    private readonly List<AudioReceiver> _sounds = [];
    private readonly TimeSpan _videoInterval;
    private TimeSpan _videoAt;
    private TimeSpan _audioAt;
    private TimeSpan _tickAt;
    private TimeSpan? _peerTimeoutAt;
    private readonly ArrivalReports _arrivals = new();
    private int _numbersExtension; // of the picture that comes; 0: not agreed on
    private bool _isSendingPicture;
    private uint _pictureSsrc;
    private uint _pictureRepeatSsrc;
    private byte _picturePayloadType;
    private bool _isOver;

    public CallEnd(Participant owner, TransportAddress address, MediaSender? sender, EventQueue events, DriftingClock clock, Random random)
    {
        _owner = owner;
        _events = events;
        _clock = clock;
        Local = address;
        Outside = address;
        Sender = sender;
        var fingerprint = KeyingDouble.NewFingerprint(random);
        var keying = new Random(random.Next());
        _peer = new OfferingPeer(
            fingerprint, role => new KeyingDouble(role, fingerprint, keying), [IceCandidate.Host(address)], OfferedBy.Role(owner.Role, sender), this,
            new OfferingPeerOptions { Cname = "0123456789abcdef", Ice = new IceAgentOptions { Random = new Random(random.Next()) } });
        Offer = _peer.CreateOffer();
        _videoInterval = TimeSpan.FromSeconds(1.0 / (sender?.FramesPerSecond ?? 20));
    }

    public MediaSender? Sender { get; }

    public string Offer { get; private set; }

    public JoinOutcome.Joined? Joined { get; private set; }

    /// <summary>Of the present ICE session; empty before there is one.</summary>
    public string ETag { get; private set; } = "";

    /// <summary>The candidate's address.</summary>
    public TransportAddress Local { get; }

    /// <summary>What the relay sees: another one once a router in between has given another.</summary>
    public TransportAddress Outside { get; set; }

    public PeerState State => _peer.State;

    public bool IsOver => _isOver;

    public VideoReceiver? Picture { get; private set; }

    public IReadOnlyList<AudioReceiver> Sounds => _sounds;

    /// <summary>As ICE's latest check saw it.</summary>
    public TimeSpan? RoundTrip => _peer.RoundTrip;

    /// <summary>As the relay's latest report on what this end sends tells it.</summary>
    public TimeSpan? ReportedRoundTrip { get; private set; }

    public long DroppedDatagrams => _peer.DroppedDatagrams;

    public TimeSpan Now => _clock.At(_events.Now);

    public void Apply(JoinOutcome.Joined joined)
    {
        if (_isOver) return;
        Joined = joined;
        ETag = joined.ETag;
        if (!_peer.TryApplyAnswer(joined.AnswerSdp, Now, out var error))
        {
            _owner.World.Violations.Add($"{_owner.Name}: the answer was refused: {error}");
            return;
        }

        foreach (var media in _peer.Media) OnNegotiated(media);
        var now = Now;
        (_videoAt, _audioAt, _tickAt) = (now, now, now);
        if (Sender is { Video: not null }) Schedule(now, VideoDue);
        if (Sender is not null) Schedule(now, AudioDue);
        Schedule(now, Tick);
        Schedule(now + ReportInterval, ReportDue);
        Drain();
    }

    public string RestartIce() => _peer.RestartIce(Now);

    public void ApplyRestart(RestartOutcome.Restarted restarted)
    {
        if (_isOver) return;
        ETag = restarted.ETag;
        if (!_peer.TryApplyRestart(restarted.SdpFragment, Now, out var error)) _owner.World.Violations.Add($"{_owner.Name}: the restart was refused: {error}");
        Drain();
    }

    public void Close()
    {
        _peer.Close();
        Drain();
        Dispose();
    }

    /// <summary>As when the power is gone: nothing is said.</summary>
    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        _peer.Dispose();
        Picture?.Dispose();
    }

    /// <returns>Whether the datagram was taken.</returns>
    public bool OnDatagram(Span<byte> datagram, in TransportAddress source)
    {
        var dropped = _peer.DroppedDatagrams;
        var isMedia = datagram[0] >= 128;
        _peer.OnDatagram(datagram, Local, source, Now);
        if (!isMedia) Drain(); // only checks and handshakes move the peer's timers
        return _peer.DroppedDatagrams == dropped;
    }

    void IEventTarget.OnEvent(int what, TimeSpan global)
    {
        if (_isOver) return;
        var now = _clock.At(global);
        switch (what)
        {
            case VideoDue:
                SendVideo(now);
                Schedule(_videoAt += _videoInterval, VideoDue);
                break;
            case PaceDue:
                SendPicture(now);
                break;
            case AudioDue:
                SendAudio(now);
                Schedule(_audioAt += AudioInterval, AudioDue);
                break;
            case Tick:
                OnTick(now);
                Schedule(_tickAt += TickInterval, Tick);
                break;
            case ReportDue:
                SendReports(now);
                Schedule(now + ReportInterval, ReportDue);
                break;
            case PeerTimeout:
                _peerTimeoutAt = null;
                if (_peer.NextTimeout <= now) _peer.OnTimeout(now);
                Drain();
                break;
        }
    }

    void IPeerMediaSink.OnRtp(in RtpPacket packet, TimeSpan now)
    {
        if (packet.Ssrc == _pictureSsrc || packet.Ssrc == _pictureRepeatSsrc)
        {
            OnPicture(packet, now);
            return;
        }

        foreach (var sound in _sounds)
        {
            if (sound.Statistics.Ssrc != packet.Ssrc) continue;
            if (TestFrames.TryReadTag(packet.Payload, isVideo: false, out var tag))
                sound.Stream.OnPacket(packet.SequenceNumber, packet.Timestamp, tag, isRepeat: false, isStart: true, _events.Now);
            else _owner.World.Violations.Add($"{_owner.Name}: a sound's packet is not what was sent");
            sound.OnPacket(packet, now);
            return;
        }

        _owner.World.Violations.Add($"{_owner.Name}: RTP of source {packet.Ssrc:X8}, which no answer announced");
    }

    void IPeerMediaSink.OnRtcp(RtcpReader reader, TimeSpan now)
    {
        while (reader.TryNext(out var packet))
        {
            if (Nack.TryParse(packet, out var nack))
            {
                if (Sender?.Video is { } video && nack.MediaSsrc == video.Ssrc) Resend(nack, now);
            }
            else if (PictureLoss.TryParse(packet, out _) || FullIntraRequest.TryParse(packet, out _))
            {
                Sender?.Keyframes.Ask();
            }
            else if (packet.Type is RtcpPacketType.TransportLayerFeedback or RtcpPacketType.PayloadSpecificFeedback)
            {
                if (Sender?.Video is { } picture) Sender.Rate.OnRtcp(packet, picture.Ssrc, now);
            }
            else if (ReceiverReport.TryParse(packet, out var report) && report.Blocks.Count > 0)
            {
                ReportedRoundTrip = report.Blocks[0].RoundTripTime(NtpTime.From(DriftingClock.WallTime(now))) ?? ReportedRoundTrip;
            }
        }
    }

    private void OnNegotiated(WebRtc.Peer.NegotiatedMedia media)
    {
        if (media.CanSend && Sender is { } sender)
        {
            if (media.Kind == "video" && sender.Video is { } video)
            {
                video.Configure(media, Codecs.VideoCodec.H264);
                sender.Rate.Begin(media, Now);
                sender.PublishedVideo = _owner.Publish(MediaSource.RobotVideo, video.Ssrc, video.RtxSsrc);
            }
            else if (media.Kind == "audio")
            {
                sender.Audio.Configure(media);
                sender.PublishedAudio = _owner.Publish(_owner.Role == PeerRole.Robot ? MediaSource.RobotAudio : MediaSource.PupilAudio, sender.Audio.Ssrc, null);
            }
        }

        if (!media.CanReceive || media.RemoteSsrc is not { } ssrc) return;
        var source = OfferedBy.SourceOf(_owner.Role, media.Mid);
        var stream = _owner.Subscribe(source, ssrc);
        if (media.Kind == "audio")
        {
            _sounds.Add(new AudioReceiver($"{_owner.Name} {source}", stream, ssrc, _owner.World.Violations));
            return;
        }

        _pictureSsrc = ssrc;
        _numbersExtension = media.ExtensionId(RtpExtensionUris.TransportWideCc) ?? 0;
        _pictureRepeatSsrc = media.RemoteSsrcs.Count > 1 ? media.RemoteSsrcs[1].Ssrc : 0;
        _picturePayloadType = (byte)media.Codecs[0].PayloadType;
        Picture = new VideoReceiver($"{_owner.Name} {source}", stream, ssrc, _owner.World.Pool, _owner.World.Violations);
    }

    private void OnPicture(in RtpPacket packet, TimeSpan now)
    {
        if (Picture is not { } picture) return;
        if (_numbersExtension != 0 && packet.TryGetExtension(_numbersExtension, out var value) && RtpExtensions.TryReadTransportSequenceNumber(value, out var number))
            _arrivals.OnPacket(number, now);
        var isRepeat = packet.Ssrc == _pictureRepeatSsrc;
        if (!isRepeat)
        {
            OnPicture(picture, packet, isRepeat, now);
            return;
        }

        var length = Rtx.Unwrap(packet, _picturePayloadType, _pictureSsrc, _restored);
        if (length > 0 && RtpPacket.TryParse(_restored.AsSpan(0, length), out var original) == RtpParseError.None) OnPicture(picture, original, isRepeat, now);
    }

    private void OnPicture(VideoReceiver picture, in RtpPacket packet, bool isRepeat, TimeSpan now)
    {
        if (TestFrames.TryReadTag(packet.Payload, isVideo: true, out var tag))
            picture.Stream.OnPacket(packet.SequenceNumber, packet.Timestamp, tag, isRepeat, VideoKeyFrames.StartsH264KeyFrame(packet.Payload), _events.Now);
        else _owner.World.Violations.Add($"{_owner.Name}: a picture's packet is not what was sent");
        picture.OnPacket(packet, isRepeat, now);
        SendDueNacks(picture, now);
    }

    private void OnTick(TimeSpan now)
    {
        foreach (var sound in _sounds) sound.OnTick(now);
        Sender?.Rate.OnTimeout(now);
        while (_peer.State == PeerState.Connected && _arrivals.WriteDue(_buffer.AsSpan(0, 1_200), OwnSsrc, _pictureSsrc, now) is > 0 and var report) SendRtcp(report);
        if (Picture is not { } picture) return;
        picture.OnTick(now);
        SendDueNacks(picture, now);
        if (!picture.TryAskForKeyframe(now)) return;
        var length = RtcpWriter.WriteReceiverReport(_buffer, OwnSsrc);
        length += RtcpWriter.WriteSdesCname(_buffer.AsSpan(length), OwnSsrc, CanonicalName);
        SendRtcp(length + RtcpWriter.WritePli(_buffer.AsSpan(length), OwnSsrc, _pictureSsrc));
    }

    private uint OwnSsrc => Sender?.Audio.Ssrc ?? 1;

    private void SendDueNacks(VideoReceiver picture, TimeSpan now)
    {
        if (picture.Nacks.NextTimeout is not { } due || due > now) return;
        if (_peer.RoundTrip is { } roundTrip) picture.Nacks.SetRoundTripTime(roundTrip);
        Span<ushort> lost = stackalloc ushort[64];
        var count = picture.Nacks.TakeDue(lost, now);
        if (count == 0) return;
        var length = RtcpWriter.WriteReceiverReport(_buffer, OwnSsrc);
        length += RtcpWriter.WriteSdesCname(_buffer.AsSpan(length), OwnSsrc, CanonicalName);
        SendRtcp(length + RtcpWriter.WriteNack(_buffer.AsSpan(length), OwnSsrc, _pictureSsrc, lost[..count]));
    }

    private void SendVideo(TimeSpan now)
    {
        if (_peer.State != PeerState.Connected || Sender is not { Video.CanSend: true } sender) return;
        if (_isSendingPicture) return; // the one before is still on its way: this one is left out before it is encoded
        sender.BeginVideoFrame(_owner.Room, now, DriftingClock.WallTime(now));
        _isSendingPicture = true;
        SendPicture(now);
    }

    private void SendPicture(TimeSpan now)
    {
        if (!_isSendingPicture || Sender is not { Video: { } video } sender) return;
        while (true)
        {
            var wait = sender.Rate.Wait(now);
            if (wait > TimeSpan.Zero)
            {
                Schedule(now + wait, PaceDue);
                return;
            }

            var length = video.TryTakePacket(_buffer, now);
            if (length <= 0) break;
            SendOfPicture(length, now);
        }

        _isSendingPicture = false;
    }

    private void SendOfPicture(int length, TimeSpan now) => Sender!.Rate.OnSent(SendRtp(length), now); // not null: whoever sends a picture publishes

    private void SendAudio(TimeSpan now)
    {
        if (_peer.State != PeerState.Connected || Sender is not { Audio.CanSend: true } sender) return;
        var source = _owner.Role == PeerRole.Robot ? MediaSource.RobotAudio : MediaSource.PupilAudio;
        sender.Rate.OnSoundSent(SendRtp(sender.WriteAudio(_owner.Room, source, _buffer, now, DriftingClock.WallTime(now))), now);
    }

    private void Resend(in Nack nack, TimeSpan now)
    {
        foreach (var sequenceNumber in nack)
        {
            if (Sender!.TryResend(sequenceNumber, _buffer, now) is > 0 and var length) SendOfPicture(length, now); // not null: whoever is asked publishes
        }
    }

    private void SendReports(TimeSpan now)
    {
        if (_peer.State != PeerState.Connected) return;
        Span<ReportBlock> blocks = stackalloc ReportBlock[4];
        var count = 0;
        foreach (var sound in _sounds)
        {
            if (sound.Statistics.PacketsReceived > 0) blocks[count++] = sound.Statistics.TakeReportBlock(now);
        }

        if (Picture is { } picture && picture.Statistics.PacketsReceived > 0) blocks[count++] = picture.Statistics.TakeReportBlock(now);
        var wallTime = DriftingClock.WallTime(now);
        if (Sender?.Video is { } video && video.Report(wallTime) is { } videoReport) SendReport(video.Ssrc, videoReport, default);
        if (Sender?.Audio.Report(wallTime) is { } audioReport) SendReport(Sender.Audio.Ssrc, audioReport, blocks[..count]);
        else if (count > 0)
        {
            var length = RtcpWriter.WriteReceiverReport(_buffer, OwnSsrc, blocks[..count]);
            SendRtcp(length + RtcpWriter.WriteSdesCname(_buffer.AsSpan(length), OwnSsrc, CanonicalName));
        }
    }

    private void SendReport(uint ssrc, in SenderInfo info, ReadOnlySpan<ReportBlock> blocks)
    {
        var length = RtcpWriter.WriteSenderReport(_buffer, ssrc, info, blocks);
        SendRtcp(length + RtcpWriter.WriteSdesCname(_buffer.AsSpan(length), ssrc, CanonicalName));
    }

    private int SendRtp(int length)
    {
        if (length <= 0) return 0;
        length = _peer.ProtectRtp(_buffer, length);
        Send(length);
        return Math.Max(0, length);
    }

    private void SendRtcp(int length)
    {
        if (length > 0) Send(_peer.ProtectRtcp(_buffer, length));
    }

    private void Send(int length)
    {
        if (length > 0 && _peer.Selected is { } path) _owner.Send(_buffer.AsSpan(0, length), path.Remote);
        else if (_peer.State == PeerState.Connected) _owner.World.Violations.Add($"{_owner.Name}: a packet could not be protected");
    }

    private void Drain()
    {
        while (_peer.TryTakeDatagram(_buffer, out var length, out _, out var remote)) _owner.Send(_buffer.AsSpan(0, length), remote);
        if (_peer.NextTimeout is not { } next) return;
        var at = _clock.When(next);
        if (_peerTimeoutAt is { } planned && planned <= at) return;
        _peerTimeoutAt = at;
        _events.Schedule(at, this, PeerTimeout);
    }

    private void Schedule(TimeSpan local, int what) => _events.Schedule(_clock.When(local), this, what);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Shards;
using AV1Relay.Sfu.Statistics;
using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Sfu.Forwarding;

/// <summary>One stream to one subscriber: its own SSRC, payload types, header extensions and numbers, whoever publishes.</summary>
internal sealed class DownlinkStream
{
    private const int RetransmissionsAtOnce = 256;
    private const int RetransmissionsPerSecond = 512;

    /// <summary>Counted in place; read by statistics alone.</summary>
    public DownlinkCounts Counts;

    private readonly NegotiatedMedia _media;
    private readonly ShardCounters _counters;
    private readonly StreamContinuity _continuity;
    private readonly byte[] _mid;
    private readonly byte[] _extension = new byte[RtpExtensions.PlayoutDelayLength]; // scratch
    private TokenBucket _retransmissions = new(RetransmissionsAtOnce, RetransmissionsPerSecond);
    private Pacer _repeats;
    private ushort _nextRtxSequenceNumber;
    private MediaCodec _codec;

    public DownlinkStream(Peer owner, NegotiatedMedia media, MediaSource source, SfuOptions options, ShardCounters counters)
    {
        Owner = owner;
        Source = source;
        _media = media;
        _counters = counters;
        _mid = media.MidExtension == 0 ? [] : Encoding.ASCII.GetBytes(media.Mid!); // an id without a mid is never negotiated
        var isNearWraps = options.FirstSequenceNumber >= 0;
        var firstTimestamp = isNearWraps ? uint.MaxValue - (uint)(10 * source.ClockRate()) : (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
        _continuity = new StreamContinuity(FirstSequenceNumber(options), firstTimestamp, source.ClockRate());
        _nextRtxSequenceNumber = FirstSequenceNumber(options);
        _repeats = new Pacer(options.PublisherBitrateBps);
    }

    public Peer Owner { get; }

    public MediaSource Source { get; }

    public uint Ssrc => _media.LocalSsrc;

    public uint RtxSsrc => _media.LocalRtxSsrc;

    public string? Mid => _media.Mid;

    /// <summary>What the last packet was; null before the first.</summary>
    public NegotiatedCodec? Codec => PacketCount == 0 ? null : _media.Find(_codec);

    public bool IsFlowing => _continuity.IsFlowing;

    /// <summary>Of the first sending alone; sender reports carry them, and their bytes, modulo 2^32.</summary>
    public long PacketCount { get; private set; }

    public long OctetCount { get; private set; }

    public RemoteReception Reception { get; } = new();

    /// <summary>Nothing of the video is sent until a keyframe begins.</summary>
    public bool AwaitsKeyframe { get; private set; }

    /// <summary>Packets are left out on purpose from here on: the next one starts afresh.</summary>
    public void Interrupt() => _continuity.Interrupt();

    /// <summary>Writes one publisher's packet as this subscriber's own.</summary>
    public void Forward(in MediaPacket packet, IDatagramOutput output, TimeSpan now)
    {
        if (_media.Find(packet.Codec) is not { } codec)
        {
            Interrupt();
            _counters.DroppedNoCommonCodec++;
            return;
        }

        if (Source.IsVideo() && (_continuity.StartsAfresh(packet.Timeline) || packet.Codec != _codec))
        {
            if (!packet.IsKeyframeStart)
            {
                Interrupt();
                AwaitsKeyframe = true;
                _counters.DroppedAwaitingKeyframe++;
                return;
            }

            AwaitsKeyframe = false;
        }

        _codec = packet.Codec;
        if (!_continuity.TryMap(packet.Timeline, packet.SequenceNumber, packet.Timestamp, now, out var sequenceNumber, out var timestamp))
        {
            _counters.DroppedLate++;
            return;
        }

        var buffer = output.Next();
        var header = new RtpHeader((byte)codec.PayloadType, packet.Marker, sequenceNumber, timestamp, _media.LocalSsrc);
        var writer = new RtpPacketWriter(buffer, header);
        WriteExtensions(ref writer);
        var length = Owner.ProtectRtp(buffer, writer.Finish(packet.Payload));
        if (length < 0)
        {
            _counters.DroppedUnsendable++;
            return;
        }

        PacketCount++;
        OctetCount += packet.Payload.Length;
        _counters.ForwardedRtp++;
        OnSent(length, now);
        Owner.Commit(output, length, isForwarded: true);
    }

    /// <summary>Sends a publisher's report on (RFC 3550 §6.4.1): the same wall-clock time, the instant in this stream's timestamps, this stream's counts.</summary>
    public void ForwardReport(long timeline, in SenderInfo sender, IDatagramOutput output, TimeSpan now)
    {
        if (PacketCount == 0 || !_continuity.TryMapTimestamp(timeline, sender.RtpTimestamp, out var timestamp)) return;
        var buffer = output.Next();
        var counted = new SenderInfo(sender.NtpTime, timestamp, unchecked((uint)PacketCount), unchecked((uint)OctetCount));
        var length = RtcpWriter.WriteSenderReport(buffer, _media.LocalSsrc, counted);
        length += RtcpWriter.WriteSdesCname(buffer[length..], _media.LocalSsrc, Owner.CanonicalName);
        if (!Owner.SendRtcp(output, buffer, length)) return;
        _counters.SenderReportsForwarded++;
        Reception.OnReportSent(sender.NtpTime, now);
    }

    /// <summary>Repeats one packet as RTX (RFC 4588) when it is still known.</summary>
    /// <param name="lost">This stream's own number.</param>
    public bool Retransmit(ushort lost, UplinkStream uplink, IDatagramOutput output, TimeSpan now)
    {
        if (uplink.History is not { } history
            || _media.Find(_codec) is not { HasRtx: true } codec
            || !_continuity.TryUnmap(uplink.Timeline, lost, out var original)
            || !history.TryGet(original, out var stored)
            || RtpPacket.TryParse(stored, out var packet) != RtpParseError.None
            || !_continuity.TryMapTimestamp(uplink.Timeline, packet.Timestamp, out var timestamp)
            || !MayRepeat(now)
            || !_retransmissions.TryTake(now))
            return false;

        var buffer = output.Next();
        var header = new RtpHeader((byte)codec.RtxPayloadType, packet.Marker, _nextRtxSequenceNumber, timestamp, _media.LocalRtxSsrc);
        var writer = new RtpPacketWriter(buffer, header);
        WriteExtensions(ref writer);
        var payload = writer.BeginPayload();
        var payloadLength = 2 + packet.Payload.Length;
        if (payload.Length < payloadLength) return false;
        BinaryPrimitives.WriteUInt16BigEndian(payload, lost);
        packet.Payload.CopyTo(payload[2..]);
        var length = Owner.ProtectRtp(buffer, writer.Finish(payloadLength));
        if (length < 0) return false;
        _nextRtxSequenceNumber++;
        Counts.Repeated.Add(packet.Payload.Length);
        _repeats.OnSent(length, now);
        OnSent(length, now);
        Owner.Commit(output, length);
        return true;
    }

    private void WriteExtensions(ref RtpPacketWriter writer)
    {
        if (_media.MidExtension != 0) writer.AddExtension(_media.MidExtension, _mid);
        if (_media.TransportSequenceExtension != 0 && Owner.Downlink is { } way)
        {
            RtpExtensions.WriteTransportSequenceNumber(_extension, way.NextSequenceNumber());
            writer.AddExtension(_media.TransportSequenceExtension, _extension.AsSpan(0, RtpExtensions.TransportSequenceNumberLength));
        }

        if (_media.PlayoutDelayExtension == 0) return;
        RtpExtensions.WritePlayoutDelay(_extension, 0, 0); // show each frame as soon as it is there
        writer.AddExtension(_media.PlayoutDelayExtension, _extension);
    }

    private bool MayRepeat(TimeSpan now)
    {
        if (_media.TransportSequenceExtension == 0 || Owner.Downlink is not { HasFeedback: true } way) return true;
        _repeats.SetRate(way.TargetBps, now);
        return _repeats.MayRepeat(now);
    }

    private void OnSent(int length, TimeSpan now)
    {
        if (_media.TransportSequenceExtension != 0 && Owner.Path is not null) Owner.Downlink?.OnSent(length, now);
    }

    private static ushort FirstSequenceNumber(SfuOptions options)
        => (ushort)(options.FirstSequenceNumber >= 0 ? options.FirstSequenceNumber : RandomNumberGenerator.GetInt32(0x8000));
}

using System.Buffers.Binary;
using AV1Relay.Codecs;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.RobotAgent.Media;

/// <summary>The classroom's picture on its way out: frames to RTP packets, lost ones again as RTX (RFC 4588). Owned by the network thread.</summary>
/// <remarks>Sans-I/O: give it a frame, take its packets; what is taken still has to be protected and sent, and <see cref="PictureRate"/> to be told of it.</remarks>
internal sealed class VideoTrack : IDisposable
{
    /// <summary>Payload bytes a packet: with header, extensions and tag the datagram stays within 1,200.</summary>
    internal const int MaxPayloadBytes = 1_130;

    private const int HistoryPackets = 512; // over a second at 2.5 Mbit/s
    private const int MaxPacketBytes = 1_200;
    private static readonly TimeSpan ResendAgainAfter = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan UselessAfter = TimeSpan.FromMilliseconds(500);

    private readonly uint _ssrc;
    private readonly uint _rtxSsrc;
    private readonly string _mid;
    private readonly CaptureClock _clock;
    private readonly PictureRate _rate;
    private readonly SendHistory _history = new(HistoryPackets * MaxPacketBytes, HistoryPackets);
    private readonly H264Packetizer _h264 = new();
    private readonly Vp8Packetizer _vp8 = new();
    private IPacketizer _packetizer;
    private ushort _sequence;
    private ushort _rtxSequence;
    private uint _timestamp;
    private uint _packets;
    private uint _octets;
    private byte _payloadType;
    private byte? _rtxPayloadType;
    private int _midId;
    private int _transportSequenceId;
    private int _playoutDelayId;

    public VideoTrack(uint ssrc, uint rtxSsrc, string mid, CaptureClock clock, PictureRate rate, ushort firstSequence)
    {
        _ssrc = ssrc;
        _rtxSsrc = rtxSsrc;
        _mid = mid;
        _clock = clock;
        _rate = rate;
        _sequence = firstSequence;
        _rtxSequence = firstSequence;
        _packetizer = _h264;
    }

    public uint Ssrc => _ssrc;

    public uint RtxSsrc => _rtxSsrc;

    public string Mid => _mid;

    public bool CanSend { get; private set; }

    /// <summary>Packets sent again because they were asked for.</summary>
    public long Resent { get; private set; }

    /// <summary>Sets what the answer agreed on; may be called again to change the codec.</summary>
    public void Configure(NegotiatedMedia media, VideoCodec codec)
    {
        var description = media.Codecs.FirstOrDefault(candidate => candidate.IsNamed(NameOf(codec)));
        CanSend = media.CanSend && description is not null;
        if (description is null) return;
        _payloadType = (byte)description.PayloadType;
        _rtxPayloadType = media.RtxPayloadTypes.TryGetValue(description.PayloadType, out var rtx) ? (byte)rtx : null;
        _midId = media.ExtensionId(RtpExtensionUris.Mid) ?? 0;
        _transportSequenceId = media.ExtensionId(RtpExtensionUris.TransportWideCc) ?? 0;
        _playoutDelayId = media.ExtensionId(RtpExtensionUris.PlayoutDelay) ?? 0;
        _packetizer = codec == VideoCodec.H264 ? _h264 : _vp8;
    }

    public static string NameOf(VideoCodec codec) => codec == VideoCodec.H264 ? "H264" : "VP8";

    /// <summary>Begins a frame; what was left of the one before is given up. The buffer must live until the last packet is taken.</summary>
    public void Begin(in OutgoingFrame frame)
    {
        _timestamp = _clock.TimestampAt(frame.CapturedAtUnixTenthsMs);
        _packetizer.Begin(frame.Buffer.AsMemory(0, frame.Length), MaxPayloadBytes);
    }

    /// <summary>Writes the frame's next packet.</summary>
    /// <returns>Bytes written; 0 when the frame has no more.</returns>
    public int TryTakePacket(Span<byte> destination, TimeSpan now)
    {
        Span<byte> payload = stackalloc byte[MaxPayloadBytes + 64];
        if (!_packetizer.TryTakePayload(payload, out var payloadLength, out var isLast)) return 0;

        var sequence = _sequence++;
        var length = WritePacket(destination, new RtpHeader(_payloadType, isLast, sequence, _timestamp, _ssrc), payload[..payloadLength]);
        if (length <= 0) return 0;
        _history.Add(sequence, destination[..length], now);
        _packets++;
        _octets += (uint)payloadLength;
        return length;
    }

    /// <summary>Writes a lost packet once more, as RTX.</summary>
    /// <returns>Bytes written; 0 when it is too old, was sent again just now, or the relay did not agree on RTX.</returns>
    public int TryResend(ushort sequence, Span<byte> destination, TimeSpan now)
    {
        if (_rtxPayloadType is not { } payloadType || !_history.TryTakeForResend(sequence, now, ResendAgainAfter, UselessAfter, out var stored)) return 0;
        if (RtpPacket.TryParse(stored, out var packet) != RtpParseError.None) return 0;
        Span<byte> payload = stackalloc byte[Rtx.OriginalSequenceNumberLength + MaxPayloadBytes + 64];
        BinaryPrimitives.WriteUInt16BigEndian(payload, sequence);
        packet.Payload.CopyTo(payload[Rtx.OriginalSequenceNumberLength..]);
        var header = packet.Header with { PayloadType = payloadType, Ssrc = _rtxSsrc, SequenceNumber = _rtxSequence };
        var length = WritePacket(destination, header, payload[..(Rtx.OriginalSequenceNumberLength + packet.Payload.Length)]);
        if (length <= 0) return 0;
        _rtxSequence++;
        Resent++;
        return length;
    }

    /// <summary>What a sender report says of this track; null before its first packet.</summary>
    public SenderInfo? Report(DateTimeOffset now)
    {
        if (_packets == 0) return null;
        var (ntp, timestamp) = _clock.At(now);
        return new SenderInfo(ntp, timestamp, _packets, _octets);
    }

    private int WritePacket(Span<byte> destination, in RtpHeader header, ReadOnlySpan<byte> payload)
    {
        Span<byte> value = stackalloc byte[RtpExtensions.MaxMidLength];
        var writer = new RtpPacketWriter(destination, header);
        writer.AddExtension(_midId, value[..RtpExtensions.WriteMid(value, _mid)]);
        RtpExtensions.WriteTransportSequenceNumber(value, _rate.NextSequenceNumber());
        writer.AddExtension(_transportSequenceId, value[..RtpExtensions.TransportSequenceNumberLength]);
        // Both 0: the browser shows a frame as soon as it has it.
        RtpExtensions.WritePlayoutDelay(value, 0, 0);
        writer.AddExtension(_playoutDelayId, value[..RtpExtensions.PlayoutDelayLength]);
        return writer.Finish(payload);
    }

    public void Dispose() => _history.Dispose();
}

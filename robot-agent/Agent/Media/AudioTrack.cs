using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.RobotAgent.Media;

/// <summary>The classroom's sound on its way out: Opus packets to RTP. Owned by the network thread.</summary>
/// <remarks>Timestamps count samples, as the codec needs; they are set anew only when the capture clock has run away from them.</remarks>
internal sealed class AudioTrack(uint ssrc, string mid, CaptureClock clock, ushort firstSequence)
{
    private const int SamplesAFrame = 960; // 20 ms at 48 kHz
    private const int MaxDriftSamples = 4_800; // 100 ms

    private ushort _sequence = firstSequence;
    private uint _timestamp;
    private long _capturedAt;
    private uint _packets;
    private uint _octets;
    private byte _payloadType;
    private int _midId;

    public uint Ssrc => ssrc;

    public string Mid => mid;

    public bool CanSend { get; private set; }

    public void Configure(NegotiatedMedia media)
    {
        CanSend = media.CanSend && media.Codec is not null;
        if (media.Codec is not { } codec) return;
        _payloadType = (byte)codec.PayloadType;
        _midId = media.ExtensionId(RtpExtensionUris.Mid) ?? 0;
    }

    /// <returns>Bytes written, or −1 when it did not fit.</returns>
    public int Write(in OutgoingFrame frame, Span<byte> destination)
    {
        var captured = clock.TimestampAt(frame.CapturedAtUnixTenthsMs);
        _timestamp += SamplesAFrame;
        _capturedAt = frame.CapturedAtUnixTenthsMs;
        var restarts = _packets == 0 || Math.Abs((int)(captured - _timestamp)) > MaxDriftSamples;
        if (restarts) _timestamp = captured;

        Span<byte> value = stackalloc byte[RtpExtensions.MaxMidLength];
        var writer = new RtpPacketWriter(destination, new RtpHeader(_payloadType, Marker: restarts, _sequence++, _timestamp, ssrc));
        writer.AddExtension(_midId, value[..RtpExtensions.WriteMid(value, mid)]);
        var length = writer.Finish(frame.Buffer.AsSpan(0, frame.Length));
        if (length > 0)
        {
            _packets++;
            _octets += (uint)frame.Length;
        }

        return length;
    }

    /// <summary>What a sender report says of this track; null before its first packet.</summary>
    public SenderInfo? Report(DateTimeOffset now)
    {
        if (_packets == 0) return null;
        var samplesSince = (CaptureClock.ToUnixTenthsMs(now) - _capturedAt) * 48 / 10;
        return new SenderInfo(NtpTime.From(now), unchecked(_timestamp + (uint)samplesSince), _packets, _octets);
    }
}

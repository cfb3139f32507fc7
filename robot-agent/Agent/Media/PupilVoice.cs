using AV1Relay.Codecs;
using AV1Relay.WebRtc.JitterBuffer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.RobotAgent.Media;

/// <summary>The pupil's voice between the network thread, which pushes packets, and the speaker's loop, which pulls sound.</summary>
internal sealed class PupilVoice
{
    private const int ClockRate = 48_000;
    private const int LongestPacket = ClockRate * 120 / 1000; // RFC 6716 §2: 120 ms

    private readonly Lock _lock = new();
    private readonly AudioJitterBuffer _buffer = new();
    private readonly short[] _decoded = new short[LongestPacket];
    private ReceiveStatistics? _statistics;
    private int _taken;
    private int _available;

    /// <summary>How much later than at its quickest the voice is played, ms.</summary>
    public double DelayMs
    {
        get
        {
            lock (_lock) return _buffer.CurrentDelay.TotalMilliseconds;
        }
    }

    public void Push(in RtpPacket packet, TimeSpan now)
    {
        lock (_lock)
        {
            if (_statistics?.Ssrc != packet.Ssrc) _statistics = new ReceiveStatistics(packet.Ssrc, ClockRate);
            _statistics.OnPacket(packet.SequenceNumber, packet.Timestamp, now);
            _buffer.Push(packet, now);
        }
    }

    /// <summary>Fills a piece of sound for the speaker.</summary>
    /// <returns>False when nothing more is there; the rest of the piece is silence then.</returns>
    public bool TryDecode(OpusDecoder decoder, Span<short> samples, TimeSpan now)
    {
        while (samples.Length > 0)
        {
            if (_available == 0 && !DecodeNext(decoder, now))
            {
                samples.Clear();
                return false;
            }

            var count = Math.Min(_available, samples.Length);
            _decoded.AsSpan(_taken, count).CopyTo(samples);
            samples = samples[count..];
            _taken += count;
            _available -= count;
        }

        return true;
    }

    /// <summary>For the receiver report; null before the first packet.</summary>
    public ReportBlock? Report(TimeSpan now)
    {
        lock (_lock) return _statistics?.TakeReportBlock(now);
    }

    private bool DecodeNext(OpusDecoder decoder, TimeSpan now)
    {
        lock (_lock)
        {
            var pulled = _buffer.Pull(now);
            var room = _decoded.AsSpan(0, Math.Min(pulled.Samples, _decoded.Length));
            _available = pulled.Kind switch
            {
                PulledAudioKind.Packet => decoder.Decode(pulled.Payload, _decoded),
                PulledAudioKind.Conceal when !pulled.NextPayload.IsEmpty => decoder.DecodeFec(pulled.NextPayload, room),
                PulledAudioKind.Conceal => decoder.Conceal(room),
                _ => 0,
            };
        }

        _taken = 0;
        if (_available < 0) _available = 0; // not Opus after all: as if nothing had come
        return _available > 0;
    }
}

using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.Tests.Simulation.Media;
using AV1Relay.WebRtc.JitterBuffer;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Simulation.Ends;

/// <summary>What a listener does with a sound: the project's own jitter buffer, pulled by the listener's own clock.</summary>
internal sealed class AudioReceiver(string name, SubscriberStream stream, uint ssrc, Violations violations)
{
    private const int SamplesATick = 960;

    private int _available;
    private MediaTag _lastPlayed;
    private bool _hasPlayed;

    public SubscriberStream Stream => stream;

    public ReceiveStatistics Statistics { get; } = new(ssrc, OpusPacket.ClockRate);

    public AudioJitterBuffer Buffer { get; } = new();

    public long Played { get; private set; }

    public long Bridged { get; private set; }

    /// <summary>When a packet was last played, by the listener's clock; null before the first.</summary>
    public TimeSpan? PlayedAt { get; private set; }

    public TimeSpan MostBuffered { get; private set; }

    public void OnPacket(in RtpPacket packet, TimeSpan now)
    {
        Statistics.OnPacket(packet.SequenceNumber, packet.Timestamp, now);
        Buffer.Push(packet, now);
        if (Buffer.Buffered > MostBuffered) MostBuffered = Buffer.Buffered;
    }

    /// <summary>Called every 20 ms.</summary>
    public void OnTick(TimeSpan now)
    {
        while (_available < SamplesATick)
        {
            var pulled = Buffer.Pull(now);
            _available += pulled.Samples;
            if (pulled.Kind == PulledAudioKind.Packet) OnPlayed(pulled.Payload, now);
            else if (_hasPlayed) Bridged++;
        }

        _available -= SamplesATick;
    }

    private void OnPlayed(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (!TestFrames.TryReadTag(payload, isVideo: false, out var tag)) violations.Add($"{name}: what is played is not what was sent");
        if (_hasPlayed && tag.Publisher == _lastPlayed.Publisher && tag.Frame <= _lastPlayed.Frame)
            violations.Add($"{name}: piece {tag.Frame} is played after {_lastPlayed.Frame} ({Buffer.Statistics})");
        (_lastPlayed, _hasPlayed) = (tag, true);
        Played++;
        PlayedAt = now;
    }
}

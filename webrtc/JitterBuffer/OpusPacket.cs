namespace AV1Relay.WebRtc.JitterBuffer;

/// <summary>What the first bytes of an Opus packet tell, RFC 6716 §3.1.</summary>
public static class OpusPacket
{
    /// <summary>RTP's clock for Opus, whatever the encoder's rate: RFC 7587 §4.1.</summary>
    public const int ClockRate = 48_000;

    /// <summary>120 ms.</summary>
    public const int MaxSamples = 5_760;

    /// <summary>How much sound a packet holds, in samples at 48 kHz: 120–5,760; 0 when it is malformed.</summary>
    public static int Samples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty) return 0;
        var configuration = packet[0] >> 3;
        var frame = configuration switch
        {
            < 12 => (configuration & 3) == 3 ? 2_880 : 480 << (configuration & 3), // SILK: 10, 20, 40, 60 ms
            < 16 => 480 << (configuration & 1), // hybrid: 10, 20 ms
            _ => 120 << (configuration & 3), // CELT: 2.5, 5, 10, 20 ms
        };
        var frames = (packet[0] & 3) switch
        {
            0 => 1,
            3 => packet.Length < 2 ? 0 : packet[1] & 0x3F,
            _ => 2,
        };
        return frame * frames <= MaxSamples ? frame * frames : 0;
    }
}

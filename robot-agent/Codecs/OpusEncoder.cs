using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>Speech to Opus packets. Not thread-safe.</summary>
/// <remarks>In-band FEC: each packet may carry a coarse copy of the one before, so that a single loss can be mended
/// (<see cref="OpusDecoder.DecodeFec"/>). DTX is off: a room that is quiet is still a room.</remarks>
public sealed unsafe class OpusEncoder : IDisposable
{
    /// <summary>More than libopus ever writes for one frame of 20 ms.</summary>
    public const int MaxPacketBytes = 1275;

    private const int Complexity = 5; // of 0–10: half the work of 10, no difference for speech at 32 kbit/s

    private readonly int _channels;
    private nint _encoder;

    /// <param name="sampleRate">8, 12, 16, 24 or 48 kHz.</param>
    /// <param name="channels">1 or 2, interleaved.</param>
    /// <param name="bitrateBps">6,000 to 510,000.</param>
    /// <param name="inBandFec">See the remarks; takes its bits from the bitrate.</param>
    /// <param name="expectedLossPercent">0–100; how much FEC is worth it.</param>
    /// <exception cref="CodecException">libopus is missing or refuses.</exception>
    public OpusEncoder(
        int sampleRate = 48_000, int channels = 1, int bitrateBps = 32_000, bool inBandFec = true, int expectedLossPercent = 10)
    {
        _channels = channels;
        _encoder = Opus.opus_encoder_create(sampleRate, channels, Opus.ApplicationVoip, out var error);
        Opus.Check(error, "Opus encoder");
        Set(Opus.SetBitrate, bitrateBps);
        Set(Opus.SetComplexity, Complexity);
        Set(Opus.SetSignal, Opus.SignalVoice);
        Set(Opus.SetInbandFec, inBandFec ? 1 : 0);
        Set(Opus.SetPacketLossPercent, expectedLossPercent);
        Set(Opus.SetDtx, 0);
    }

    /// <summary>Encodes 2.5, 5, 10, 20, 40 or 60 ms.</summary>
    /// <returns>Length of the packet.</returns>
    /// <exception cref="CodecException">Wrong number of samples, or <paramref name="destination"/> is too small.</exception>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_encoder == 0, this);
        fixed (short* samples = pcm)
        fixed (byte* packet = destination)
        {
            return Opus.Check(Opus.opus_encode(_encoder, samples, pcm.Length / _channels, packet, destination.Length), "Opus encoder");
        }
    }

    public void SetBitrate(int bitrateBps) => Set(Opus.SetBitrate, bitrateBps);

    /// <summary>From receiver reports: the more loss, the more bits go into FEC.</summary>
    public void SetExpectedLoss(int percent) => Set(Opus.SetPacketLossPercent, Math.Clamp(percent, 0, 100));

    public void Dispose()
    {
        if (_encoder != 0)
        {
            Opus.opus_encoder_destroy(_encoder);
            _encoder = 0;
        }
    }

    private void Set(int request, int value)
    {
        ObjectDisposedException.ThrowIf(_encoder == 0, this);
        Opus.Check(Opus.opus_encoder_ctl(_encoder, request, value), "Opus encoder setting");
    }
}

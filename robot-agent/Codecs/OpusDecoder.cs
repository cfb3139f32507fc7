using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>Opus packets to sound; stereo packets are mixed down to the decoder's channels. Not thread-safe.</summary>
/// <remarks>Packets come from the network: malformed ones are answered with −1, never an exception.</remarks>
public sealed unsafe class OpusDecoder : IDisposable
{
    private readonly int _channels;
    private nint _decoder;

    /// <exception cref="CodecException">libopus is missing or refuses.</exception>
    public OpusDecoder(int sampleRate = 48_000, int channels = 1)
    {
        _channels = channels;
        _decoder = Opus.opus_decoder_create(sampleRate, channels, out var error);
        Opus.Check(error, "Opus decoder");
    }

    /// <returns>Samples a channel; −1 for a packet that is malformed or longer than <paramref name="pcm"/>.</returns>
    public int Decode(ReadOnlySpan<byte> packet, Span<short> pcm) => packet.IsEmpty ? -1 : Run(packet, pcm, decodeFec: 0);

    /// <summary>Makes up what a lost packet may have held; repeated, it fades to silence.</summary>
    /// <returns>Samples a channel: all that <paramref name="pcm"/> takes.</returns>
    public int Conceal(Span<short> pcm) => Run([], pcm, decodeFec: 0);

    /// <summary>Mends the lost packet before <paramref name="nextPacket"/> from the copy in it, or conceals when there is none.</summary>
    /// <param name="nextPacket">Decode it as usual afterwards.</param>
    /// <param name="pcm">Exactly as long as the lost packet was.</param>
    /// <returns>Samples a channel; −1 for a malformed packet.</returns>
    public int DecodeFec(ReadOnlySpan<byte> nextPacket, Span<short> pcm) => nextPacket.IsEmpty ? -1 : Run(nextPacket, pcm, decodeFec: 1);

    public void Dispose()
    {
        if (_decoder != 0)
        {
            Opus.opus_decoder_destroy(_decoder);
            _decoder = 0;
        }
    }

    private int Run(ReadOnlySpan<byte> packet, Span<short> pcm, int decodeFec)
    {
        ObjectDisposedException.ThrowIf(_decoder == 0, this);
        fixed (byte* data = packet)
        fixed (short* samples = pcm)
        {
            var result = Opus.opus_decode(_decoder, data, packet.Length, samples, pcm.Length / _channels, decodeFec);
            return result < 0 ? -1 : result;
        }
    }
}

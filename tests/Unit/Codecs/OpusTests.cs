using AV1Relay.Codecs;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

public sealed class OpusTests
{
    private const int FrameSamples = 960;

    [Fact]
    public void A_tone_comes_back_at_its_level_and_about_32_kilobits()
    {
        using var encoder = new OpusEncoder();
        using var decoder = new OpusDecoder();
        var packet = new byte[OpusEncoder.MaxPacketBytes];
        var pcm = new short[FrameSamples];
        var bytes = 0;
        for (var n = 0; n < 50; n++)
        {
            var length = encoder.Encode(Speech(n), packet);
            bytes += length;
            Assert.Equal(FrameSamples, decoder.Decode(packet.AsSpan(0, length), pcm));
        }

        Assert.InRange(bytes * 8, 18_000, 42_000); // one second
        Assert.InRange(Rms(pcm) / Rms(Speech(49)), 0.5, 2);
    }

    [Fact]
    public void A_lost_packet_is_mended_better_by_the_next_ones_copy_than_by_guessing()
    {
        using var encoder = new OpusEncoder(expectedLossPercent: 25);
        using var mending = new OpusDecoder();
        using var guessing = new OpusDecoder();
        using var lossless = new OpusDecoder();
        short[] mended = new short[FrameSamples], guessed = new short[FrameSamples], whole = new short[FrameSamples];
        double mendedError = 0, guessedError = 0;
        byte[]? lost = null;
        for (var n = 0; n < 60; n++)
        {
            var packet = new byte[OpusEncoder.MaxPacketBytes];
            packet = packet[..encoder.Encode(Speech(n), packet)];
            if (n > 20 && n % 6 == 0)
            {
                lost = packet;
                continue;
            }

            if (lost is not null)
            {
                Assert.Equal(FrameSamples, lossless.Decode(lost, whole));
                Assert.Equal(FrameSamples, mending.DecodeFec(packet, mended));
                Assert.Equal(FrameSamples, guessing.Conceal(guessed));
                mendedError += Error(mended, whole);
                guessedError += Error(guessed, whole);
                lost = null;
            }

            lossless.Decode(packet, whole);
            mending.Decode(packet, mended);
            guessing.Decode(packet, guessed);
        }

        Assert.True(mendedError < 0.7 * guessedError, $"mended {mendedError:0} guessed {guessedError:0}");
    }

    [Fact]
    public void Concealment_fades_to_silence()
    {
        using var encoder = new OpusEncoder();
        using var decoder = new OpusDecoder();
        var packet = new byte[OpusEncoder.MaxPacketBytes];
        var pcm = new short[FrameSamples];
        for (var n = 0; n < 10; n++)
        {
            decoder.Decode(packet.AsSpan(0, encoder.Encode(Speech(n), packet)), pcm);
        }

        for (var n = 0; n < 50; n++)
        {
            Assert.Equal(FrameSamples, decoder.Conceal(pcm));
        }

        Assert.InRange(Rms(pcm), 0, 60);
    }

    [Fact]
    public void Random_and_cut_packets_are_refused_or_decoded_never_thrown_at()
    {
        using var encoder = new OpusEncoder();
        using var decoder = new OpusDecoder();
        var random = new Random(11);
        var packet = new byte[OpusEncoder.MaxPacketBytes];
        var pcm = new short[FrameSamples];
        var valid = encoder.Encode(Speech(0), packet);
        for (var length = 0; length <= valid; length++)
        {
            Assert.InRange(decoder.Decode(packet.AsSpan(0, length), pcm), -1, FrameSamples);
            Assert.InRange(decoder.DecodeFec(packet.AsSpan(0, length), pcm), -1, FrameSamples);
        }

        for (var n = 0; n < 500; n++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            Assert.InRange(decoder.Decode(bytes, pcm), -1, FrameSamples);
        }
    }

    [Fact]
    public void A_lower_bitrate_makes_smaller_packets()
    {
        using var encoder = new OpusEncoder(bitrateBps: 48_000);
        var packet = new byte[OpusEncoder.MaxPacketBytes];
        var high = Enumerable.Range(0, 30).Sum(n => encoder.Encode(Speech(n), packet));
        encoder.SetBitrate(12_000);
        var low = Enumerable.Range(30, 30).Sum(n => encoder.Encode(Speech(n), packet));
        Assert.True(low < high / 2, $"{high} then {low} bytes");
    }

    /// <summary>A buzz whose pitch and loudness wander, as speech does.</summary>
    private static short[] Speech(int frame)
    {
        var pcm = new short[FrameSamples];
        for (var i = 0; i < pcm.Length; i++)
        {
            var t = ((frame * FrameSamples) + i) / 48_000.0;
            var angle = 2 * Math.PI * ((160 * t) + (3 * Math.Sin(2 * Math.PI * 1.5 * t)));
            var sum = 0.0;
            for (var harmonic = 1; harmonic <= 12; harmonic++)
            {
                sum += Math.Sin(harmonic * angle) / harmonic;
            }

            pcm[i] = (short)(6000 * sum * (0.6 + (0.4 * Math.Sin(2 * Math.PI * 4 * t))));
        }

        return pcm;
    }

    private static double Rms(short[] pcm) => Math.Sqrt(pcm.Sum(sample => (double)sample * sample) / pcm.Length);

    private static double Error(short[] a, short[] b) => Math.Sqrt(a.Zip(b).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / a.Length);
}

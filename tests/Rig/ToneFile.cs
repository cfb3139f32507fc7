using System.Buffers.Binary;

namespace AV1Relay.Tests.Rig;

/// <summary>A WAV file of tone bursts for Chromium's fake microphone.</summary>
/// <remarks>Bursts, because a browser's noise suppression takes a steady tone for noise and removes it.</remarks>
public static class ToneFile
{
    private const int SampleRate = 48_000;

    /// <param name="path">Where to write it; replaced when there.</param>
    /// <param name="toneHz">The tone, Hz.</param>
    public static void Write(string path, double toneHz)
    {
        const int seconds = 4;
        var data = new byte[44 + SampleRate * seconds * 2];
        "RIFF"u8.CopyTo(data);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), data.Length - 8);
        "WAVEfmt "u8.CopyTo(data.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(22), 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(28), SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(34), 16);
        "data"u8.CopyTo(data.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(40), data.Length - 44);

        for (var i = 0; i < SampleRate * seconds; i++)
        {
            var inBurst = i % SampleRate / (double)SampleRate; // 0–1 within each second
            var envelope = inBurst < 0.6 ? Math.Min(1, Math.Min(inBurst, 0.6 - inBurst) * 50) : 0;
            var sample = 0.5 * envelope * Math.Sin(2 * Math.PI * toneHz * i / SampleRate);
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(44 + i * 2), (short)(sample * short.MaxValue));
        }

        File.WriteAllBytes(path, data);
    }
}

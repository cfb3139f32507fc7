using System.Runtime.InteropServices;
using AV1Relay.Codecs;

namespace AV1Relay.Tests.Unit.Codecs;

/// <summary>A picture with edges, texture and movement, drawn anew for each frame number.</summary>
internal sealed unsafe class MovingPicture(int width, int height) : IDisposable
{
    private readonly byte* _memory = (byte*)NativeMemory.AllocZeroed((nuint)(width * height * 3 / 2));

    public I420Planes Planes => new(
        (nint)_memory, width, (nint)(_memory + (width * height)), width / 2, (nint)(_memory + (width * height * 5 / 4)), width / 2);

    public void Draw(int number)
    {
        var noise = (uint)number;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                noise = (noise * 1664525) + 1013904223;
                var texture = (int)(noise >> 29);
                var bars = ((x + (3 * number)) / 40 + (y / 40)) % 2 * 90;
                _memory[(y * width) + x] = (byte)(60 + bars + texture + (x * 40 / width));
            }
        }

        new Span<byte>(_memory + (width * height), width * height / 2).Fill((byte)(110 + (number % 20)));
    }

    public double LumaPsnr(in DecodedPicture decoded)
    {
        var sum = 0.0;
        for (var y = 0; y < height; y++)
        {
            var row = (byte*)decoded.Planes.Y + (y * decoded.Planes.YStride);
            for (var x = 0; x < width; x++)
            {
                double difference = _memory[(y * width) + x] - row[x];
                sum += difference * difference;
            }
        }

        return 10 * Math.Log10(255.0 * 255.0 * width * height / Math.Max(sum, 1));
    }

    public void Dispose() => NativeMemory.Free(_memory);
}

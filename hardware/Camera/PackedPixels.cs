using System.Numerics;

namespace AV1Relay.Hardware.Camera;

/// <summary>Takes packed pixels apart into planes. Vectorised, allocates nothing.</summary>
public static unsafe class PackedPixels
{
    /// <summary>Y U Y V to I420; the colours of two rows become their mean.</summary>
    /// <param name="from">First byte, of an even column.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="into">Its size is what is converted.</param>
    public static void FromYuyv(byte* from, int stride, VideoFrame into)
    {
        for (var y = 0; y < into.Height; y += 2)
        {
            var upper = new ReadOnlySpan<byte>(from + ((long)y * stride), into.Width * 2);
            var lower = new ReadOnlySpan<byte>(from + ((long)(y + 1) * stride), into.Width * 2);
            TakeEven(upper, into.Y.Slice(y * into.YStride, into.Width));
            TakeEven(lower, into.Y.Slice((y + 1) * into.YStride, into.Width));
            TakeChroma(upper, lower, into.U.Slice(y / 2 * into.UStride, into.Width / 2), into.V.Slice(y / 2 * into.VStride, into.Width / 2));
        }
    }

    /// <summary>NV12 to I420.</summary>
    /// <param name="luma">First byte.</param>
    /// <param name="chroma">First byte of the U V pairs.</param>
    /// <param name="stride">Bytes from row to row, of both.</param>
    /// <param name="into">Its size is what is converted.</param>
    public static void FromNv12(byte* luma, byte* chroma, int stride, VideoFrame into)
    {
        for (var y = 0; y < into.Height; y++)
        {
            new ReadOnlySpan<byte>(luma + ((long)y * stride), into.Width).CopyTo(into.Y[(y * into.YStride)..]);
        }

        for (var y = 0; y < into.Height / 2; y++)
        {
            var pairs = new ReadOnlySpan<byte>(chroma + ((long)y * stride), into.Width);
            TakeEven(pairs, into.U.Slice(y * into.UStride, into.Width / 2));
            TakeOdd(pairs, into.V.Slice(y * into.VStride, into.Width / 2));
        }
    }

    private static void TakeEven(ReadOnlySpan<byte> from, Span<byte> into)
    {
        var x = 0;
        var low = new Vector<ushort>(0xFF);
        for (; x <= into.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Narrow(Pairs(from, 2 * x) & low, Pairs(from, (2 * x) + Vector<byte>.Count) & low).CopyTo(into[x..]);
        }

        for (; x < into.Length; x++) into[x] = from[2 * x];
    }

    private static void TakeOdd(ReadOnlySpan<byte> from, Span<byte> into)
    {
        var x = 0;
        for (; x <= into.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Narrow(Pairs(from, 2 * x) >>> 8, Pairs(from, (2 * x) + Vector<byte>.Count) >>> 8).CopyTo(into[x..]);
        }

        for (; x < into.Length; x++) into[x] = from[(2 * x) + 1];
    }

    private static void TakeChroma(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> u, Span<byte> v)
    {
        var x = 0;
        var low = new Vector<ushort>(0xFF);
        for (; x <= u.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            var first = Vector.AsVectorUInt16(MeanOfOdd(upper, lower, 4 * x)); // U V pairs
            var second = Vector.AsVectorUInt16(MeanOfOdd(upper, lower, (4 * x) + (2 * Vector<byte>.Count)));
            Vector.Narrow(first & low, second & low).CopyTo(u[x..]);
            Vector.Narrow(first >>> 8, second >>> 8).CopyTo(v[x..]);
        }

        for (; x < u.Length; x++)
        {
            u[x] = (byte)((upper[(4 * x) + 1] + lower[(4 * x) + 1] + 1) >> 1);
            v[x] = (byte)((upper[(4 * x) + 3] + lower[(4 * x) + 3] + 1) >> 1);
        }
    }

    private static Vector<byte> MeanOfOdd(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int at)
    {
        var next = at + Vector<byte>.Count;
        var one = Vector<ushort>.One;
        return Vector.Narrow(
            ((Pairs(upper, at) >>> 8) + (Pairs(lower, at) >>> 8) + one) >>> 1,
            ((Pairs(upper, next) >>> 8) + (Pairs(lower, next) >>> 8) + one) >>> 1);
    }

    /// <summary>Bytes as pairs; the first of a pair is the lower, on the little-endian machines that this runs on.</summary>
    private static Vector<ushort> Pairs(ReadOnlySpan<byte> from, int at) => Vector.AsVectorUInt16(new Vector<byte>(from[at..]));
}

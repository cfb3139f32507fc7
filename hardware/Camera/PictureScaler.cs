using System.Numerics;

namespace AV1Relay.Hardware.Camera;

/// <summary>Brings a picture to a frame's size, and to video's range. Bilinear, which from twice the size on is the mean of four pixels.</summary>
/// <remarks>Not thread-safe: it keeps its tables from picture to picture, and makes them anew when the sizes change. From more than three times
/// the size fine patterns begin to shimmer: cameras are asked for less.</remarks>
public sealed unsafe class PictureScaler
{
    private const int FractionBits = 8;
    private const int One = 1 << FractionBits;

    private readonly Columns _luma = new();
    private readonly Columns _chroma = new();
    private byte[] _row = [];

    public void Scale(in PlanarPicture from, VideoFrame into)
    {
        if (_row.Length < from.Width) _row = new byte[from.Width];
        var range = from.IsFullRange;
        ScalePlane(from.Y, from.YStride, from.Width, from.Height, into.YPointer, into.YStride, into.Width, into.Height, _luma, range ? Range.Luma : Range.None);
        ScalePlane(from.U, from.ChromaStride, from.ChromaWidth, from.ChromaHeight, into.UPointer, into.UStride, into.Width / 2, into.Height / 2, _chroma, range ? Range.Chroma : Range.None);
        ScalePlane(from.V, from.ChromaStride, from.ChromaWidth, from.ChromaHeight, into.VPointer, into.VStride, into.Width / 2, into.Height / 2, _chroma, range ? Range.Chroma : Range.None);
    }

    private enum Range
    {
        None,
        Luma,
        Chroma,
    }

    private void ScalePlane(nint from, int fromStride, int fromWidth, int fromHeight, nint into, int intoStride, int width, int height, Columns columns, Range range)
    {
        columns.Prepare(fromWidth, width);
        for (var y = 0; y < height; y++)
        {
            var (row, fraction) = Position(y, fromHeight, height);
            var upper = new ReadOnlySpan<byte>((byte*)from + ((long)row * fromStride), fromWidth);
            var lower = fraction == 0 ? upper : new ReadOnlySpan<byte>((byte*)from + ((long)(row + 1) * fromStride), fromWidth);
            var result = new Span<byte>((byte*)into + ((long)y * intoStride), width);
            if (fromWidth == width)
            {
                Blend(upper, lower, fraction, result);
            }
            else
            {
                var blended = _row.AsSpan(0, fromWidth);
                Blend(upper, lower, fraction, blended);
                columns.Apply(blended, result);
            }

            if (range != Range.None) Compress(result, range);
        }
    }

    /// <summary>Where the middle of an output pixel lies among the input's: the pixel before it, and how far on to the next.</summary>
    private static (int Index, int Fraction) Position(int output, int from, int into)
    {
        var position = (((2L * output) + 1) * from * One / (2L * into)) - (One / 2);
        position = Math.Clamp(position, 0, (long)(from - 1) * One);
        return ((int)(position >> FractionBits), (int)(position & (One - 1)));
    }

    private static void Blend(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int fraction, Span<byte> into)
    {
        if (fraction == 0)
        {
            upper.CopyTo(into);
            return;
        }

        var x = 0;
        var (keep, take) = (new Vector<ushort>((ushort)(One - fraction)), new Vector<ushort>((ushort)fraction));
        for (; x <= into.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(upper[x..]), out var upperLow, out var upperHigh);
            Vector.Widen(new Vector<byte>(lower[x..]), out var lowerLow, out var lowerHigh);
            var low = ((upperLow * keep) + (lowerLow * take)) >>> FractionBits;
            var high = ((upperHigh * keep) + (lowerHigh * take)) >>> FractionBits;
            Vector.Narrow(low, high).CopyTo(into[x..]);
        }

        for (; x < into.Length; x++) into[x] = (byte)(((upper[x] * (One - fraction)) + (lower[x] * fraction)) >> FractionBits);
    }

    /// <summary>Full range to video's: 0…255 to 16…235, and to 16…240 around 128.</summary>
    private static void Compress(Span<byte> row, Range range)
    {
        var (factor, offset) = range == Range.Luma ? (220, 16 << 8) : (225, (15 << 8) + 128);
        var x = 0;
        var (factors, offsets) = (new Vector<ushort>((ushort)factor), new Vector<ushort>((ushort)offset));
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out var low, out var high);
            Vector.Narrow(((low * factors) + offsets) >>> 8, ((high * factors) + offsets) >>> 8).CopyTo(row[x..]);
        }

        for (; x < row.Length; x++) row[x] = (byte)(((row[x] * factor) + offset) >> 8);
    }

    /// <summary>Where each output column lies in the input.</summary>
    private sealed class Columns
    {
        private int _from;
        private int[] _index = [];
        private byte[] _fraction = [];

        public void Prepare(int from, int into)
        {
            if (_from == from && _index.Length == into) return;
            _from = from;
            if (_index.Length != into) (_index, _fraction) = (new int[into], new byte[into]);
            for (var x = 0; x < into; x++)
            {
                var (index, fraction) = Position(x, from, into);
                (_index[x], _fraction[x]) = (index, (byte)fraction);
            }
        }

        public void Apply(ReadOnlySpan<byte> from, Span<byte> into)
        {
            if (from.Length == 2 * into.Length)
            {
                Halve(from, into);
                return;
            }

            var index = _index.AsSpan(0, into.Length);
            var fraction = _fraction.AsSpan(0, into.Length);
            for (var x = 0; x < into.Length; x++)
            {
                var left = index[x];
                var right = Math.Min(left + 1, from.Length - 1);
                into[x] = (byte)(((from[left] * (One - fraction[x])) + (from[right] * fraction[x])) >> FractionBits);
            }
        }

        private static void Halve(ReadOnlySpan<byte> from, Span<byte> into)
        {
            var x = 0;
            var (low, one) = (new Vector<ushort>(0xFF), Vector<ushort>.One);
            for (; x <= into.Length - Vector<byte>.Count; x += Vector<byte>.Count)
            {
                var first = Vector.AsVectorUInt16(new Vector<byte>(from[(2 * x)..]));
                var second = Vector.AsVectorUInt16(new Vector<byte>(from[((2 * x) + Vector<byte>.Count)..]));
                Vector.Narrow(((first & low) + (first >>> 8) + one) >>> 1, ((second & low) + (second >>> 8) + one) >>> 1).CopyTo(into[x..]);
            }

            for (; x < into.Length; x++) into[x] = (byte)((from[2 * x] + from[(2 * x) + 1] + 1) >> 1);
        }
    }
}

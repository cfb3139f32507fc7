using System.Numerics;

namespace AV1Relay.Hardware.Camera.Drawing;

/// <summary>Fills polygons with exact-area anti-aliasing, straight into I420. Keeps its scratch memory, so drawing allocates nothing.</summary>
/// <remarks>Each edge adds its share of area to the cells that it crosses; a running sum along a row is then the coverage
/// of each pixel. Works in bands of a few rows, so that the scratch memory stays in the processor's cache.</remarks>
internal sealed unsafe class Rasteriser
{
    private const int BandRows = 16; // even: a chroma row belongs to two luma rows

    private float[] _area = [];
    private ushort[] _coverage = []; // two rows, 0…256

    /// <param name="surface">Drawn upon.</param>
    /// <param name="outline">In pixels; closed by itself. Overlaps count as inside.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="alpha">0…1.</param>
    public void Fill(in Surface surface, ReadOnlySpan<Vector2> outline, Ink ink, float alpha)
    {
        var low = new Vector2(float.MaxValue);
        var high = new Vector2(float.MinValue);
        foreach (var point in outline)
        {
            low = Vector2.Min(low, point);
            high = Vector2.Max(high, point);
        }

        low = Vector2.Clamp(low, Vector2.Zero, new Vector2(surface.Width, surface.Height));
        high = Vector2.Clamp(high, Vector2.Zero, new Vector2(surface.Width, surface.Height));
        var left = (int)low.X & ~1;
        var top = (int)low.Y & ~1;
        var right = Math.Min(surface.Width, ((int)MathF.Ceiling(high.X) + 1) & ~1);
        var bottom = Math.Min(surface.Height, ((int)MathF.Ceiling(high.Y) + 1) & ~1);
        if (left >= right || top >= bottom)
        {
            return;
        }

        var width = right - left;
        var rowCells = width + 2; // an edge at the very right adds to two cells beyond
        if (_area.Length < rowCells * BandRows)
        {
            _area = new float[rowCells * BandRows];
            _coverage = new ushort[(width + 2) * 2];
        }

        var strength = Math.Clamp(alpha, 0, 1) * 256;
        for (var bandTop = top; bandTop < bottom; bandTop += BandRows)
        {
            var rows = Math.Min(BandRows, bottom - bandTop);
            Array.Clear(_area, 0, rowCells * rows);
            for (var i = 0; i < outline.Length; i++)
            {
                AddEdge(outline[i], outline[i + 1 == outline.Length ? 0 : i + 1], left, bandTop, width, rows, rowCells);
            }

            for (var row = 0; row < rows; row += 2)
            {
                Sum(row * rowCells, width, strength, _coverage.AsSpan(0, width));
                Sum((row + 1) * rowCells, width, strength, _coverage.AsSpan(width, width));
                BlendPair(surface, left, bandTop + row, width, ink);
            }
        }
    }

    private void AddEdge(Vector2 from, Vector2 to, int left, int top, int width, int rows, int rowCells)
    {
        from -= new Vector2(left, top);
        to -= new Vector2(left, top);
        var direction = 1f;
        if (from.Y > to.Y)
        {
            (from, to, direction) = (to, from, -1f);
        }

        if (from.Y >= rows || to.Y <= 0 || from.Y == to.Y)
        {
            return;
        }

        var slope = (to.X - from.X) / (to.Y - from.Y);
        var first = Math.Max(0, (int)from.Y);
        var last = Math.Min(rows, (int)MathF.Ceiling(to.Y));
        for (var row = first; row < last; row++)
        {
            var startY = Math.Max(row, from.Y);
            var endY = Math.Min(row + 1, to.Y);
            var startX = Math.Clamp(from.X + ((startY - from.Y) * slope), 0, width);
            var endX = Math.Clamp(from.X + ((endY - from.Y) * slope), 0, width);
            var cells = _area.AsSpan(row * rowCells, rowCells);
            AddCrossing(cells, Math.Min(startX, endX), Math.Max(startX, endX), (endY - startY) * direction);
        }
    }

    /// <summary>One edge within one row: everything to its right is covered by <paramref name="height"/>, the cells it crosses by part of it.</summary>
    private static void AddCrossing(Span<float> cells, float from, float to, float height)
    {
        var first = (int)from;
        var last = (int)to;
        if (first == last)
        {
            var beside = height * (((from + to) / 2) - first);
            cells[first] += height - beside;
            cells[first + 1] += beside;
            return;
        }

        var perCell = height / (to - from);
        var inFirst = first + 1 - from;
        cells[first] += perCell * inFirst * inFirst / 2;
        cells[first + 1] += perCell * inFirst * (1 - (inFirst / 2));
        for (var cell = first + 1; cell < last; cell++)
        {
            cells[cell] += perCell / 2;
            cells[cell + 1] += perCell / 2;
        }

        var inLast = to - last;
        cells[last] += perCell * inLast * (1 - (inLast / 2));
        cells[last + 1] += perCell * inLast * inLast / 2;
    }

    private void Sum(int firstCell, int width, float strength, Span<ushort> coverage)
    {
        var cells = _area.AsSpan(firstCell, width);
        var sum = 0f;
        for (var i = 0; i < cells.Length; i++)
        {
            sum += cells[i];
            coverage[i] = (ushort)((Math.Min(1, MathF.Abs(sum)) * strength) + 0.5f);
        }
    }

    private void BlendPair(in Surface surface, int left, int top, int width, Ink ink)
    {
        var upper = _coverage.AsSpan(0, width);
        var lower = _coverage.AsSpan(width, width);
        BlendLuma(surface.YRow(top) + left, upper, ink.Y);
        BlendLuma(surface.YRow(top + 1) + left, lower, ink.Y);

        var u = surface.URow(top / 2) + (left / 2);
        var v = surface.VRow(top / 2) + (left / 2);
        for (var i = 0; i + 1 < width; i += 2)
        {
            var share = upper[i] + upper[i + 1] + lower[i] + lower[i + 1];
            if (share != 0)
            {
                u[i / 2] = (byte)(u[i / 2] + (((ink.U - u[i / 2]) * share) >> 10));
                v[i / 2] = (byte)(v[i / 2] + (((ink.V - v[i / 2]) * share) >> 10));
            }
        }
    }

    private static void BlendLuma(byte* row, ReadOnlySpan<ushort> coverage, int luma)
    {
        for (var i = 0; i < coverage.Length; i++)
        {
            int share = coverage[i];
            if (share != 0)
            {
                row[i] = (byte)(row[i] + (((luma - row[i]) * share) >> 8));
            }
        }
    }
}

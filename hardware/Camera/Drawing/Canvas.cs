using System.Numerics;

namespace AV1Relay.Hardware.Camera.Drawing;

/// <summary>Flat shapes in the room's own coordinates, whatever is drawn on: the panorama at start, or one picture.</summary>
/// <remarks>Units are degrees as seen from the robot; x to the right, y down, (0, 0) straight ahead. Not thread-safe.</remarks>
internal sealed unsafe class Canvas(Rasteriser rasteriser)
{
    private readonly List<Vector2> _outline = [];
    private readonly List<Vector2> _curve = [];
    private Surface _surface;
    private Vector2 _origin;
    private float _scale = 1;

    /// <summary>Pixels a degree.</summary>
    public float Scale => _scale;

    /// <param name="surface">Drawn upon until the next call.</param>
    /// <param name="origin">Degrees of its top left corner.</param>
    /// <param name="pixelsPerDegree">Both ways.</param>
    public void Attach(in Surface surface, Vector2 origin, float pixelsPerDegree)
    {
        _surface = surface;
        _origin = origin;
        _scale = pixelsPerDegree;
    }

    /// <summary>False when nothing inside this box would be seen.</summary>
    public bool Shows(float left, float top, float right, float bottom)
        => right > _origin.X && bottom > _origin.Y
        && left < _origin.X + (_surface.Width / _scale) && top < _origin.Y + (_surface.Height / _scale);

    /// <summary>A box from one colour at its top to another at its bottom, edges on whole pixels: for large backgrounds.</summary>
    public void Gradient(float left, float top, float right, float bottom, Ink from, Ink to)
    {
        var x0 = Math.Clamp((int)MathF.Round((left - _origin.X) * _scale), 0, _surface.Width) & ~1;
        var x1 = Math.Clamp((int)MathF.Round((right - _origin.X) * _scale), 0, _surface.Width) & ~1;
        var y0 = Math.Clamp((int)MathF.Round((top - _origin.Y) * _scale), 0, _surface.Height) & ~1;
        var y1 = Math.Clamp((int)MathF.Round((bottom - _origin.Y) * _scale), 0, _surface.Height) & ~1;
        for (var y = y0; y < y1; y++)
        {
            var ink = from.Mix(to, (y - y0) / (float)Math.Max(1, y1 - y0 - 1));
            new Span<byte>(_surface.YRow(y) + x0, x1 - x0).Fill(ink.Y);
            if ((y & 1) == 0)
            {
                new Span<byte>(_surface.URow(y / 2) + (x0 / 2), (x1 - x0) / 2).Fill(ink.U);
                new Span<byte>(_surface.VRow(y / 2) + (x0 / 2), (x1 - x0) / 2).Fill(ink.V);
            }
        }
    }

    public void Box(float left, float top, float right, float bottom, Ink ink, float alpha = 1)
        => Polygon([new(left, top), new(right, top), new(right, bottom), new(left, bottom)], ink, alpha);

    public void Polygon(ReadOnlySpan<Vector2> points, Ink ink, float alpha = 1)
    {
        _outline.Clear();
        foreach (var point in points)
        {
            _outline.Add(point);
        }

        FillOutline(ink, alpha);
    }

    public void Ellipse(float x, float y, float radiusX, float radiusY, Ink ink, float alpha = 1)
    {
        _outline.Clear();
        AddArc(new(x, y), new(radiusX, radiusY), 0, 2 * MathF.PI);
        FillOutline(ink, alpha);
    }

    public void Circle(float x, float y, float radius, Ink ink, float alpha = 1) => Ellipse(x, y, radius, radius, ink, alpha);

    public void RoundBox(float left, float top, float right, float bottom, float radius, Ink ink, float alpha = 1)
    {
        radius = Math.Min(radius, Math.Min(right - left, bottom - top) / 2);
        const float Quarter = MathF.PI / 2;
        _outline.Clear();
        AddArc(new(right - radius, bottom - radius), new(radius), 0, Quarter);
        AddArc(new(left + radius, bottom - radius), new(radius), Quarter, 2 * Quarter);
        AddArc(new(left + radius, top + radius), new(radius), 2 * Quarter, 3 * Quarter);
        AddArc(new(right - radius, top + radius), new(radius), 3 * Quarter, 4 * Quarter);
        FillOutline(ink, alpha);
    }

    /// <summary>A line with round ends.</summary>
    public void Line(float x0, float y0, float x1, float y1, float width, Ink ink, float alpha = 1)
    {
        var angle = MathF.Atan2(y1 - y0, x1 - x0);
        const float Half = MathF.PI / 2;
        _outline.Clear();
        AddArc(new(x1, y1), new(width / 2), angle - Half, angle + Half);
        AddArc(new(x0, y0), new(width / 2), angle + Half, angle + (3 * Half));
        FillOutline(ink, alpha);
    }

    /// <summary>A limb: tapers from one round end to the other.</summary>
    public void Limb(Vector2 from, float fromWidth, Vector2 to, float toWidth, Ink ink)
    {
        var angle = MathF.Atan2(to.Y - from.Y, to.X - from.X);
        const float Half = MathF.PI / 2;
        _outline.Clear();
        AddArc(to, new(toWidth / 2), angle - Half, angle + Half);
        AddArc(from, new(fromWidth / 2), angle + Half, angle + (3 * Half));
        FillOutline(ink, 1);
    }

    /// <summary>A smooth closed shape through all points.</summary>
    public void Blob(ReadOnlySpan<Vector2> points, Ink ink, float alpha = 1)
    {
        _outline.Clear();
        AddSpline(points, isClosed: true, _outline);
        FillOutline(ink, alpha);
    }

    /// <summary>A smooth line with round ends through all points; a ring when it ends where it began.</summary>
    public void Curve(ReadOnlySpan<Vector2> points, float width, Ink ink, float alpha = 1)
    {
        _curve.Clear();
        if (points[0] == points[^1])
        {
            AddSpline(points[..^1], isClosed: true, _curve);
            _curve.Add(points[0]);
        }
        else
        {
            AddSpline(points, isClosed: false, _curve);
        }

        for (var i = 0; i + 1 < _curve.Count; i++)
        {
            Line(_curve[i].X, _curve[i].Y, _curve[i + 1].X, _curve[i + 1].Y, width, ink, alpha);
        }
    }

    /// <summary>Catmull-Rom: passes through every point. A bend costs as many pieces as it is long on the screen.</summary>
    private void AddSpline(ReadOnlySpan<Vector2> points, bool isClosed, List<Vector2> into)
    {
        var count = points.Length;
        var segments = isClosed ? count : count - 1;
        for (var i = 0; i < segments; i++)
        {
            var before = points[isClosed ? (i + count - 1) % count : Math.Max(0, i - 1)];
            var from = points[i];
            var to = points[(i + 1) % count];
            var after = points[isClosed ? (i + 2) % count : Math.Min(count - 1, i + 2)];
            var pieces = Math.Clamp((int)(Vector2.Distance(from, to) * _scale / 4), 3, 24);
            for (var piece = 0; piece < pieces; piece++)
            {
                into.Add(CatmullRom(before, from, to, after, piece / (float)pieces));
            }
        }

        if (!isClosed)
        {
            into.Add(points[^1]);
        }
    }

    private static Vector2 CatmullRom(Vector2 before, Vector2 from, Vector2 to, Vector2 after, float t)
    {
        var linear = to - before;
        var square = (2 * before) - (5 * from) + (4 * to) - after;
        var cubic = (3 * (from - to)) + after - before;
        return from + (0.5f * t * (linear + (t * (square + (t * cubic)))));
    }

    private void AddArc(Vector2 centre, Vector2 radius, float from, float to)
    {
        var pieces = Math.Clamp((int)(MathF.Sqrt(Math.Max(radius.X, radius.Y) * _scale) * (to - from)), 4, 96);
        for (var i = 0; i <= pieces; i++)
        {
            var (sine, cosine) = MathF.SinCos(from + ((to - from) * i / pieces));
            _outline.Add(centre + (radius * new Vector2(cosine, sine)));
        }
    }

    private void FillOutline(Ink ink, float alpha)
    {
        var points = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_outline);
        foreach (ref var point in points)
        {
            point = (point - _origin) * _scale;
        }

        rasteriser.Fill(_surface, points, ink, alpha);
    }
}

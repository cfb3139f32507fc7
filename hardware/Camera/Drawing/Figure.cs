using System.Numerics;

namespace AV1Relay.Hardware.Camera.Drawing;

/// <summary>A pen whose coordinates are a figure's own: its origin and size are placed in the room once.</summary>
internal readonly struct Figure(Canvas canvas, float x, float y, float size)
{
    private const int MostPoints = 24;

    public void Circle(float dx, float dy, float radius, Ink ink, float alpha = 1) => Ellipse(dx, dy, radius, radius, ink, alpha);

    public void Ellipse(float dx, float dy, float radiusX, float radiusY, Ink ink, float alpha = 1)
        => canvas.Ellipse(x + (dx * size), y + (dy * size), radiusX * size, radiusY * size, ink, alpha);

    public void RoundBox(float left, float top, float right, float bottom, float radius, Ink ink, float alpha = 1)
        => canvas.RoundBox(x + (left * size), y + (top * size), x + (right * size), y + (bottom * size), radius * size, ink, alpha);

    public void Line(float x0, float y0, float x1, float y1, float width, Ink ink, float alpha = 1)
        => canvas.Line(x + (x0 * size), y + (y0 * size), x + (x1 * size), y + (y1 * size), width * size, ink, alpha);

    public void Limb(Vector2 from, float fromWidth, Vector2 to, float toWidth, Ink ink)
        => canvas.Limb(Place(from), fromWidth * size, Place(to), toWidth * size, ink);

    public void Blob(ReadOnlySpan<Vector2> points, Ink ink, float alpha = 1)
    {
        Span<Vector2> placed = stackalloc Vector2[MostPoints];
        canvas.Blob(Place(points, placed), ink, alpha);
    }

    public void Polygon(ReadOnlySpan<Vector2> points, Ink ink, float alpha = 1)
    {
        Span<Vector2> placed = stackalloc Vector2[MostPoints];
        canvas.Polygon(Place(points, placed), ink, alpha);
    }

    public void Curve(ReadOnlySpan<Vector2> points, float width, Ink ink, float alpha = 1)
    {
        Span<Vector2> placed = stackalloc Vector2[MostPoints];
        canvas.Curve(Place(points, placed), width * size, ink, alpha);
    }

    private Vector2 Place(Vector2 point) => new Vector2(x, y) + (point * size);

    private ReadOnlySpan<Vector2> Place(ReadOnlySpan<Vector2> points, Span<Vector2> placed)
    {
        for (var i = 0; i < points.Length; i++)
        {
            placed[i] = Place(points[i]);
        }

        return placed[..points.Length];
    }
}

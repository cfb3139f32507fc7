using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>Walls, floor and ceiling: what is painted first.</summary>
internal static class Room
{
    public const float CeilingLine = -32;
    public const float FloorLine = 10;

    private const float Corner = 45; // walls meet at ±45° and ±135°

    public static void Paint(Canvas canvas)
    {
        canvas.Gradient(-180, Panorama.Top, 180, CeilingLine, Palette.Ceiling, Palette.CeilingFar);
        Wall(canvas, -180, -135, Palette.BackWall);
        Wall(canvas, -135, -Corner, Palette.WindowWall);
        Wall(canvas, -Corner, Corner, Palette.FrontWall);
        Wall(canvas, Corner, 135, Palette.DoorWall);
        Wall(canvas, 135, 180, Palette.BackWall);
        canvas.Gradient(-180, FloorLine, 180, Panorama.Bottom, Palette.FloorFar, Palette.FloorNear);
        Planks(canvas);
        foreach (var corner in (float[])[-135, -Corner, Corner, 135])
        {
            canvas.Box(corner - 1.4f, CeilingLine, corner, FloorLine, Palette.Shadow, 0.05f);
            canvas.Box(corner - 0.12f, CeilingLine, corner + 0.12f, FloorLine, Palette.Shadow, 0.18f);
        }

        for (var x = -150f; x <= 150; x += 60)
        {
            Lamp(canvas, x);
        }
    }

    private static void Wall(Canvas canvas, float left, float right, Ink ink)
    {
        canvas.Gradient(left, CeilingLine, right, FloorLine, ink.Mix(Palette.White, 0.25f), ink);
        canvas.Box(left, CeilingLine, right, CeilingLine + 0.7f, Palette.Skirting);
        canvas.Box(left, CeilingLine + 0.7f, right, CeilingLine + 1.1f, Palette.Shadow, 0.06f);
        canvas.Gradient(left, 3.5f, right, FloorLine, Palette.Wainscot.Mix(ink, 0.15f), Palette.Wainscot.Mix(Palette.Shadow, 0.08f));
        canvas.Box(left, 3.1f, right, 3.7f, Palette.Skirting);
        canvas.Box(left, FloorLine - 1.1f, right, FloorLine, Palette.Skirting);
        canvas.Box(left, FloorLine - 0.15f, right, FloorLine + 0.25f, Palette.Shadow, 0.25f);
    }

    private static void Planks(Canvas canvas)
    {
        var random = new Random(7);
        var y = FloorLine;
        for (var depth = 1.5f; y < Panorama.Bottom; depth *= 1.16f)
        {
            var next = y + depth;
            canvas.Box(-180, next - (0.03f * depth), 180, next, Palette.FloorSeam, 0.55f);
            for (var x = -180 + ((float)random.NextDouble() * depth * 6); x < 180; x += depth * (7 + ((float)random.NextDouble() * 6)))
            {
                canvas.Box(x, y, x + (0.03f * depth), next, Palette.FloorSeam, 0.5f);
                if (random.Next(3) == 0)
                {
                    canvas.Box(x, y, x + (depth * 6), next, random.Next(2) == 0 ? Palette.WoodDark : Palette.WoodLight, 0.12f);
                }
            }

            y = next;
        }
    }

    private static void Lamp(Canvas canvas, float x)
    {
        canvas.Polygon([new(x - 9, -45), new(x + 9, -45), new(x + 12, -38), new(x - 12, -38)], Palette.CeilingFar);
        canvas.Polygon([new(x - 8.2f, -44.6f), new(x + 8.2f, -44.6f), new(x + 11, -38.5f), new(x - 11, -38.5f)], Palette.White);
    }
}

using System.Numerics;
using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>Windows to the robot's left; door, coats and books to its right; pictures behind it.</summary>
internal static class SideWalls
{
    private static readonly Ink[] Spines =
        [Palette.Red, Palette.Blue, Palette.Yellow, Palette.Green, Palette.Violet, Palette.Teal, Palette.Orange, Palette.Pink, Palette.BlueDark];

    public static void Paint(Canvas canvas)
    {
        Window(canvas, -92, -54, treeAt: -85);
        Window(canvas, -130, -104, treeAt: -112);
        Sunlight(canvas, -88, -60);
        Sunlight(canvas, -127, -108);
        FrontWall.Plant(canvas, -98);
        Door(canvas, 50);
        Coats(canvas, 71);
        Shelf(canvas, 97);
        WorldMap(canvas, -174);
        Drawings(canvas, 141);
    }

    private static void Window(Canvas canvas, float left, float right, float treeAt)
    {
        const float Top = -23;
        const float Bottom = 1;
        canvas.Gradient(left, Top, right, Bottom - 6, Palette.SkyTop, Palette.SkyLow);
        canvas.Circle(right - 6, Top + 5.5f, 2.6f, Palette.Sun);
        Cloud(canvas, left + ((right - left) * 0.5f), Top + 6, 1);
        Cloud(canvas, left + ((right - left) * 0.22f), Top + 9.5f, 0.7f);
        canvas.Gradient(left, Bottom - 6, right, Bottom, Palette.Hill, Palette.Meadow);
        canvas.Ellipse(left + ((right - left) * 0.62f), Bottom - 4.6f, (right - left) * 0.37f, 3.4f, Palette.Hill);
        canvas.Box(left, Bottom - 3, right, Bottom, Palette.Meadow);
        Tree(canvas, treeAt, Bottom - 1);

        var frame = Palette.Paper;
        var middle = (left + right) / 2;
        canvas.Box(left - 1.2f, Top - 1.2f, right + 1.2f, Top, frame);
        canvas.Box(left - 1.2f, Top, left, Bottom, frame);
        canvas.Box(right, Top, right + 1.2f, Bottom, frame);
        canvas.Box(middle - 0.5f, Top, middle + 0.5f, Bottom, frame);
        canvas.Box(left, Top + 7.6f, right, Top + 8.3f, frame);
        canvas.Box(left - 1.2f, Top - 1.3f, right + 1.2f, Top - 1.1f, Palette.Shadow, 0.2f);
        canvas.RoundBox(left - 2.2f, Bottom, right + 2.2f, Bottom + 1.3f, 0.3f, frame);
        canvas.Box(left - 2, Bottom + 1.2f, right + 2, Bottom + 1.6f, Palette.Shadow, 0.15f);

        // Light curtains at both sides.
        Curtain(canvas, left - 3.4f, left + 2.6f);
        Curtain(canvas, right - 2.6f, right + 3.4f);
        canvas.Line(left - 5, Top - 2, right + 5, Top - 2, 0.5f, Palette.WoodDeep);
    }

    private static void Curtain(Canvas canvas, float left, float right)
    {
        canvas.Box(left, -25, right, 4.4f, Palette.Yellow.Mix(Palette.White, 0.35f));
        for (var fold = 1; fold < 5; fold++)
        {
            var x = left + ((right - left) * fold / 5);
            canvas.Box(x - 0.25f, -25, x + 0.25f, 4.4f, Palette.Orange, 0.22f);
        }
    }

    private static void Cloud(Canvas canvas, float x, float y, float size)
    {
        canvas.Ellipse(x, y, 3.6f * size, 1.3f * size, Palette.White);
        canvas.Circle(x - (1.1f * size), y - (0.8f * size), 1.5f * size, Palette.White);
        canvas.Circle(x + (0.8f * size), y - (1.1f * size), 1.8f * size, Palette.White);
    }

    private static void Tree(Canvas canvas, float x, float foot)
    {
        canvas.Polygon([new(x - 0.7f, foot), new(x - 0.4f, foot - 8), new(x + 0.4f, foot - 8), new(x + 0.7f, foot)], Palette.Bark);
        canvas.Circle(x - 2, foot - 8.6f, 3, Palette.GreenDark);
        canvas.Circle(x + 2.1f, foot - 8.8f, 3.1f, Palette.GreenDark);
        canvas.Circle(x, foot - 11, 3.5f, Palette.Green);
        canvas.Circle(x - 1, foot - 11.9f, 1.7f, Palette.Meadow, 0.5f);
    }

    private static void Sunlight(Canvas canvas, float left, float right)
        => canvas.Polygon([new(left, 14), new(right, 14), new(right + 22, 34), new(left + 14, 34)], Palette.Sun, 0.22f);

    private static void Door(Canvas canvas, float left)
    {
        canvas.Box(left - 1.2f, -21.2f, left + 16.2f, Room.FloorLine, Palette.Paper);
        canvas.Box(left, -20, left + 15, Room.FloorLine, Palette.Teal);
        canvas.Box(left + 1.4f, -4, left + 13.6f, 8, Palette.Shadow, 0.1f);
        canvas.RoundBox(left + 3.5f, -17, left + 11.5f, -7, 0.6f, Palette.Paper);
        canvas.Gradient(left + 4.2f, -16.3f, left + 10.8f, -7.7f, Palette.SkyLow, Palette.WindowWall);
        canvas.Box(left + 7.2f, -16.3f, left + 7.8f, -7.7f, Palette.Paper);
        canvas.Circle(left + 13, -3.4f, 0.6f, Palette.Yellow);
        canvas.Line(left + 11.6f, -3.4f, left + 13, -3.4f, 0.45f, Palette.Yellow);
        canvas.Box(left + 5.6f, -26.4f, left + 9.8f, -23, Palette.GreenDark);
        StrokeFont.Write(canvas, "2 B", left + 6.2f, -23.9f, 1.5f, 0.22f, Palette.White);
    }

    private static void Coats(Canvas canvas, float left)
    {
        canvas.RoundBox(left, -9.6f, left + 22, -8, 0.4f, Palette.WoodLight);
        Ink[] coats = [Palette.Red, Palette.BlueDark, Palette.Yellow, Palette.Violet];
        for (var i = 0; i < coats.Length; i++)
        {
            var x = left + 3 + (i * 5.3f);
            canvas.Circle(x, -8.6f, 0.45f, Palette.Metal);
            canvas.Blob([new(x, -8.6f), new(x + 1.7f, -7.2f), new(x + 2.2f, 2), new(x, 2.6f), new(x - 2.2f, 2), new(x - 1.7f, -7.2f)], coats[i]);
            canvas.Line(x, -7.4f, x, 2, 0.18f, Palette.Shadow, 0.35f);
        }

        canvas.RoundBox(left, 6, left + 22, 7, 0.3f, Palette.WoodLight);
        canvas.Box(left + 1, 7, left + 2, 10.4f, Palette.WoodDark);
        canvas.Box(left + 20, 7, left + 21, 10.4f, Palette.WoodDark);
        canvas.RoundBox(left + 5, 3.4f, left + 9, 6, 0.9f, Palette.Teal);
        canvas.RoundBox(left + 12, 3, left + 16.5f, 6, 0.9f, Palette.Orange);
    }

    private static void Shelf(Canvas canvas, float left)
    {
        const float Width = 32;
        canvas.Box(left - 0.5f, -15, left + Width + 0.9f, 11, Palette.Shadow, 0.14f);
        canvas.RoundBox(left, -15.5f, left + Width, 10.6f, 0.4f, Palette.Wood);
        var random = new Random(4);
        for (var row = 0; row < 3; row++)
        {
            var top = -14.4f + (row * 8.3f);
            var bottom = top + 7.3f;
            canvas.Box(left + 1, top, left + Width - 1, bottom, Palette.WoodDeep);
            for (var x = left + 1.6f; x < left + Width - 4;)
            {
                var thickness = 1 + ((float)random.NextDouble() * 1.1f);
                var height = 4.6f + ((float)random.NextDouble() * 2.1f);
                var ink = Spines[random.Next(Spines.Length)];
                canvas.Box(x, bottom - height, x + thickness, bottom, ink);
                canvas.Box(x, bottom - height + 0.9f, x + thickness, bottom - height + 1.3f, Palette.White, 0.6f);
                canvas.Box(x + thickness - 0.15f, bottom - height, x + thickness, bottom, Palette.Shadow, 0.3f);
                x += thickness + (random.Next(6) == 0 ? 1.8f : 0.06f);
            }
        }

        canvas.RoundBox(left + 4, -19, left + 12, -15.5f, 0.5f, Palette.ChalkBlue);
        canvas.RoundBox(left + 18, -20.4f, left + 22, -15.5f, 0.8f, Palette.Orange);
        canvas.Circle(left + 20, -22, 2, Palette.Green);
        canvas.Circle(left + 18.6f, -21, 1.4f, Palette.GreenDark);
    }

    private static void WorldMap(Canvas canvas, float left)
    {
        canvas.Box(left - 0.6f, -17.6f, left + 32.6f, 1.6f, Palette.WoodDeep);
        canvas.Box(left, -17, left + 32, 1, Palette.ChalkBlue);
        canvas.Blob([new(left + 3, -14), new(left + 9, -15), new(left + 11, -11), new(left + 7, -8), new(left + 4, -11)], Palette.Green);
        canvas.Blob([new(left + 8, -7), new(left + 11, -6), new(left + 9.5f, -1), new(left + 7.8f, -3)], Palette.Yellow);
        canvas.Blob([new(left + 14, -14), new(left + 19, -14.5f), new(left + 19, -11), new(left + 15, -10)], Palette.Pink);
        canvas.Blob([new(left + 15, -9.5f), new(left + 19, -9.5f), new(left + 19.5f, -5), new(left + 17, -2), new(left + 15, -6)], Palette.Orange);
        canvas.Blob([new(left + 19.5f, -14.5f), new(left + 27, -15), new(left + 29, -10), new(left + 24, -7), new(left + 20.5f, -10)], Palette.Violet);
        canvas.Blob([new(left + 25, -4.5f), new(left + 28.5f, -4.5f), new(left + 28, -2), new(left + 25.3f, -2.2f)], Palette.Red);
    }

    private static void Drawings(Canvas canvas, float left)
    {
        canvas.Box(left - 0.7f, -18.7f, left + 32.7f, 1.7f, Palette.WoodDark);
        canvas.Box(left, -18, left + 32, 1, Palette.WoodLight);
        for (var i = 0; i < 8; i++)
        {
            var x = left + 1.5f + (i % 4 * 7.7f);
            var y = -17f + (i / 4 * 9.2f);
            canvas.Box(x, y, x + 6.4f, y + 7.6f, Palette.Paper);
            canvas.Circle(x + 3.2f, y + 0.4f, 0.35f, Palette.Red);
            Sketch(canvas, i, new Vector2(x, y));
        }
    }

    private static void Sketch(Canvas canvas, int which, Vector2 at)
    {
        var ink = Spines[which];
        switch (which % 4)
        {
            case 0: // a house
                canvas.Box(at.X + 1.8f, at.Y + 3.6f, at.X + 4.6f, at.Y + 6.4f, ink);
                canvas.Polygon([new(at.X + 1.3f, at.Y + 3.7f), new(at.X + 5.1f, at.Y + 3.7f), new(at.X + 3.2f, at.Y + 1.7f)], Palette.WoodDeep);
                break;
            case 1: // a flower
                canvas.Line(at.X + 3.2f, at.Y + 4, at.X + 3.2f, at.Y + 6.6f, 0.25f, Palette.Green);
                for (var petal = 0; petal < 6; petal++)
                {
                    var (sine, cosine) = MathF.SinCos(petal * MathF.PI / 3);
                    canvas.Circle(at.X + 3.2f + (1.1f * cosine), at.Y + 3 + (1.1f * sine), 0.75f, ink);
                }

                canvas.Circle(at.X + 3.2f, at.Y + 3, 0.7f, Palette.Yellow);
                break;
            case 2: // a fish
                canvas.Ellipse(at.X + 3, at.Y + 4, 1.9f, 1.1f, ink);
                canvas.Polygon([new(at.X + 4.5f, at.Y + 4), new(at.X + 5.7f, at.Y + 3), new(at.X + 5.7f, at.Y + 5)], ink);
                canvas.Circle(at.X + 2, at.Y + 3.8f, 0.2f, Palette.Dark);
                break;
            default: // a boat
                canvas.Polygon([new(at.X + 1, at.Y + 5), new(at.X + 5.4f, at.Y + 5), new(at.X + 4.4f, at.Y + 6.3f), new(at.X + 2, at.Y + 6.3f)], ink);
                canvas.Polygon([new(at.X + 3.2f, at.Y + 1.4f), new(at.X + 3.2f, at.Y + 4.7f), new(at.X + 5.2f, at.Y + 4.7f)], Palette.ChalkBlue);
                break;
        }
    }
}

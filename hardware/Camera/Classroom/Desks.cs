using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>Tables and the pupils at them; only the buddy moves, and is drawn elsewhere.</summary>
internal static class Desks
{
    public static void Paint(Canvas canvas)
    {
        FrontRow(canvas, -31, new(Pupil.Light, Pupil.Chestnut, HairStyle.Ponytail, Palette.Violet), Palette.Teal);
        FrontRow(canvas, -17.5f, new(Pupil.DarkBrown, Pupil.Black, HairStyle.Curls, Palette.Yellow), Palette.Red);
        FrontRow(canvas, -4, new(Pupil.Light, Pupil.Blond, HairStyle.Short, Palette.Blue), Palette.Orange);
        FrontRow(canvas, 38, new(Pupil.Tan, Palette.Teal, HairStyle.Headscarf, Palette.Pink), Palette.Violet);
        FrontRow(canvas, 55, new(Pupil.Light, Pupil.Ginger, HairStyle.Bun, Palette.Green), Palette.Blue);
        FrontRow(canvas, -48, new(Pupil.Tan, Pupil.Black, HairStyle.Long, Palette.Orange), Palette.Green);

        Facing(canvas, 84, new(Pupil.Brown, Pupil.Black, HairStyle.Short, Palette.Teal));
        Facing(canvas, 110, new(Pupil.Light, Pupil.Blond, HairStyle.Long, Palette.Violet));
        Facing(canvas, -118, new(Pupil.Tan, Pupil.Chestnut, HairStyle.Short, Palette.Red));
        Facing(canvas, 158, new(Pupil.Light, Pupil.Ginger, HairStyle.Ponytail, Palette.Blue));
        Facing(canvas, -155, new(Pupil.DarkBrown, Pupil.Black, HairStyle.Ponytail, Palette.Yellow));
        RobotsTable(canvas);
    }

    /// <summary>A table with somebody behind it who looks at us. Also the buddy's.</summary>
    public static void TableFor(Canvas canvas, float x, float y)
    {
        canvas.Polygon([new(x - 11, y), new(x + 11, y), new(x + 13, y + 3), new(x - 13, y + 3)], Palette.WoodLight);
        canvas.Box(x - 13, y + 3, x + 13, y + 4.4f, Palette.WoodDark);
        canvas.Line(x - 11.6f, y + 4.4f, x - 11.6f, y + 19, 0.9f, Palette.Metal);
        canvas.Line(x + 11.6f, y + 4.4f, x + 11.6f, y + 19, 0.9f, Palette.Metal);
        Book(canvas, x - 7, y + 1.6f);
        canvas.Line(x + 5.4f, y + 2, x + 9, y + 1.1f, 0.35f, Palette.Orange);
        canvas.RoundBox(x + 3.2f, y - 1.2f, x + 5, y + 1.2f, 0.4f, Palette.Teal);
    }

    private static void FrontRow(Canvas canvas, float x, Pupil pupil, Ink book)
    {
        canvas.Ellipse(x, 31.5f, 8, 1.5f, Palette.Shadow, 0.2f);
        canvas.Polygon([new(x - 5.6f, 13.4f), new(x + 5.6f, 13.4f), new(x + 6.3f, 16.6f), new(x - 6.3f, 16.6f)], Palette.WoodLight);
        canvas.Box(x - 6.3f, 16.6f, x + 6.3f, 17.5f, Palette.WoodDark);
        canvas.Line(x - 5.6f, 17.4f, x - 5.8f, 29, 0.6f, Palette.Metal);
        canvas.Line(x + 5.6f, 17.4f, x + 5.8f, 29, 0.6f, Palette.Metal);
        canvas.RoundBox(x - 5, 14.1f, x - 3, 16, 0.15f, book);
        canvas.RoundBox(x + 3.1f, 14.3f, x + 5.2f, 15.9f, 0.15f, Palette.Paper);
        pupil.PaintFromBehind(new Figure(canvas, x, 10.4f, 0.92f));
    }

    private static void Facing(Canvas canvas, float x, Pupil pupil)
    {
        canvas.Ellipse(x, 31, 13, 1.7f, Palette.Shadow, 0.2f);
        pupil.PaintFromTheFront(new Figure(canvas, x, 3, 1));
        TableFor(canvas, x, 14.6f);
    }

    private static void Book(Canvas canvas, float x, float y)
    {
        canvas.Polygon([new(x, y - 1), new(x + 4, y - 1.3f), new(x + 4.4f, y + 0.9f), new(x, y + 1.2f)], Palette.Paper);
        canvas.Polygon([new(x, y - 1), new(x - 4, y - 1.3f), new(x - 4.4f, y + 0.9f), new(x, y + 1.2f)], Palette.Paper);
        canvas.Line(x, y - 1, x, y + 1.2f, 0.12f, Palette.WoodDark);
        for (var line = 0; line < 3; line++)
        {
            canvas.Line(x - 3.4f, y - 0.6f + (0.55f * line), x - 0.8f, y - 0.5f + (0.55f * line), 0.12f, Palette.Metal);
            canvas.Line(x + 0.8f, y - 0.5f + (0.55f * line), x + 3.4f, y - 0.6f + (0.55f * line), 0.12f, Palette.Metal);
        }
    }

    /// <summary>What the robot stands on: seen when it looks down.</summary>
    private static void RobotsTable(Canvas canvas)
    {
        canvas.Polygon([new(-30, 33), new(30, 33), new(40, 48.5f), new(-40, 48.5f)], Palette.Wood);
        canvas.Polygon([new(-30, 33), new(30, 33), new(30.7f, 34.2f), new(-30.7f, 34.2f)], Palette.WoodLight);
        canvas.Polygon([new(-17, 36), new(-1, 36), new(-1, 46), new(-20, 46)], Palette.Paper);
        canvas.Polygon([new(-1, 36), new(15, 36), new(18, 46), new(-1, 46)], Palette.Paper.Mix(Palette.Shadow, 0.05f));
        canvas.Line(-1, 36, -1, 46, 0.2f, Palette.WoodDark);
        StrokeFont.Write(canvas, "1/2 = 2/4", -15.5f, 39.6f, 1.5f, 0.2f, Palette.Blue);
        StrokeFont.Write(canvas, "1/2 + 1/4 =", -16.5f, 43.2f, 1.5f, 0.2f, Palette.Blue);
        canvas.Line(20, 38, 27, 44, 0.9f, Palette.Yellow);
        canvas.Line(27, 44, 28.2f, 45, 0.7f, Palette.Dark);
        canvas.RoundBox(-31, 36, -23.5f, 40, 1.2f, Palette.Teal);
        canvas.Line(-30, 37.2f, -24.5f, 37.2f, 0.25f, Palette.Yellow);
    }
}

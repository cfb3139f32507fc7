using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>The board with today's lesson, and what hangs and stands around it.</summary>
internal static class FrontWall
{
    public const float ClockX = 32;
    public const float ClockY = -14.5f;
    public const float ClockRadius = 3.6f;

    private const float BoardLeft = -31;
    private const float BoardTop = -18.5f;
    private const float BoardRight = 13;
    private const float BoardBottom = 1.8f;

    public static void Paint(Canvas canvas)
    {
        Bunting(canvas);
        Board(canvas);
        Lesson(canvas);
        Clock(canvas);
        Poster(canvas);
        Plant(canvas, -38.5f);
        TeachersDesk(canvas);
    }

    private static void Board(Canvas canvas)
    {
        canvas.RoundBox(BoardLeft - 1, BoardTop - 0.5f, BoardRight + 1.5f, BoardBottom + 1.7f, 1, Palette.Shadow, 0.14f);
        canvas.RoundBox(BoardLeft - 1.1f, BoardTop - 1.1f, BoardRight + 1.1f, BoardBottom + 1.1f, 0.6f, Palette.WoodDark);
        canvas.RoundBox(BoardLeft - 0.8f, BoardTop - 0.9f, BoardRight + 0.8f, BoardBottom + 0.8f, 0.4f, Palette.Wood);
        canvas.Box(BoardLeft, BoardTop, BoardRight, BoardBottom, Palette.BoardGreen);

        // Where it was wiped: slightly lighter, soft.
        canvas.Ellipse(-14, -9, 13, 5, Palette.BoardGreenLight, 0.35f);
        canvas.Ellipse(2, -5, 8, 4, Palette.BoardGreenLight, 0.3f);
        canvas.Box(BoardLeft, BoardTop, BoardRight, BoardTop + 0.5f, Palette.Shadow, 0.25f);

        canvas.RoundBox(BoardLeft + 2, BoardBottom + 0.5f, BoardRight - 2, BoardBottom + 1.5f, 0.3f, Palette.WoodLight);
        canvas.Box(BoardLeft + 2, BoardBottom + 1.2f, BoardRight - 2, BoardBottom + 1.6f, Palette.WoodDark);
        canvas.RoundBox(-8, BoardBottom - 0.2f, -4.5f, BoardBottom + 0.6f, 0.2f, Palette.BlueDark);
        canvas.Box(-8, BoardBottom + 0.25f, -4.5f, BoardBottom + 0.6f, Palette.Paper);
        canvas.Line(-1, BoardBottom + 0.35f, 0.4f, BoardBottom + 0.35f, 0.35f, Palette.White);
        canvas.Line(1.4f, BoardBottom + 0.35f, 2.5f, BoardBottom + 0.35f, 0.35f, Palette.ChalkYellow);
        canvas.Line(3.4f, BoardBottom + 0.35f, 4.3f, BoardBottom + 0.35f, 0.35f, Palette.ChalkPink);
    }

    private static void Lesson(Canvas canvas)
    {
        var end = StrokeFont.Write(canvas, "Fractions:", -29, -12.2f, 2.35f, 0.3f, Palette.Chalk);
        StrokeFont.Write(canvas, "1/2 + 1/4 = ?", end + 1.3f, -12.2f, 2.35f, 0.3f, Palette.ChalkYellow);
        canvas.Curve([new(-28.6f, -11), new(-22, -10.7f), new(-14.8f, -11)], 0.2f, Palette.ChalkPink);

        Pie(canvas, -24.5f, -5.2f, quarters: 2, Palette.ChalkYellow);
        Plus(canvas, -17.9f, -5.2f);
        Pie(canvas, -11.3f, -5.2f, quarters: 1, Palette.ChalkPink);
        canvas.Line(-5.6f, -5.8f, -3.6f, -5.8f, 0.26f, Palette.Chalk);
        canvas.Line(-5.6f, -4.6f, -3.6f, -4.6f, 0.26f, Palette.Chalk);
        Pie(canvas, 2, -5.2f, quarters: 0, Palette.Chalk);
        StrokeFont.Write(canvas, "?", 1, -3.9f, 2.6f, 0.26f, Palette.ChalkBlue);
        StrokeFont.Write(canvas, "Book: page 12", -29, 0.7f, 1.15f, 0.15f, Palette.Chalk);
    }

    private static void Plus(Canvas canvas, float x, float y)
    {
        canvas.Line(x - 1, y, x + 1, y, 0.26f, Palette.Chalk);
        canvas.Line(x, y - 1, x, y + 1, 0.26f, Palette.Chalk);
    }

    private static void Pie(Canvas canvas, float x, float y, int quarters, Ink ink)
    {
        const float Radius = 3.6f;
        if (quarters == 2)
        {
            HalfDisc(canvas, x, y, Radius, fromDegrees: -90, toDegrees: 90, ink);
        }
        else if (quarters == 1)
        {
            HalfDisc(canvas, x, y, Radius, fromDegrees: -90, toDegrees: 0, ink);
        }

        Span<System.Numerics.Vector2> rim = stackalloc System.Numerics.Vector2[13];
        for (var i = 0; i < rim.Length; i++)
        {
            var (sine, cosine) = MathF.SinCos(2 * MathF.PI * i / (rim.Length - 1));
            rim[i] = new(x + (Radius * cosine), y + (Radius * sine));
        }

        rim[^1] = rim[0]; // exactly: a ring
        canvas.Curve(rim, 0.24f, Palette.Chalk);
        if (quarters > 0)
        {
            canvas.Line(x, y - Radius, x, y + Radius, 0.2f, Palette.Chalk);
        }

        if (quarters == 1)
        {
            canvas.Line(x - Radius, y, x + Radius, y, 0.2f, Palette.Chalk);
        }
    }

    private static void HalfDisc(Canvas canvas, float x, float y, float radius, float fromDegrees, float toDegrees, Ink ink)
    {
        Span<System.Numerics.Vector2> outline = stackalloc System.Numerics.Vector2[26];
        outline[0] = new(x, y);
        for (var i = 1; i < outline.Length; i++)
        {
            var angle = (fromDegrees + ((toDegrees - fromDegrees) * (i - 1) / (outline.Length - 2))) * MathF.PI / 180;
            outline[i] = new(x + (radius * MathF.Cos(angle)), y + (radius * MathF.Sin(angle)));
        }

        canvas.Polygon(outline, ink, 0.75f);
    }

    private static void Clock(Canvas canvas)
    {
        canvas.Circle(ClockX + 0.3f, ClockY + 0.5f, ClockRadius, Palette.Shadow, 0.15f);
        canvas.Circle(ClockX, ClockY, ClockRadius, Palette.Red);
        canvas.Circle(ClockX, ClockY, ClockRadius - 0.5f, Palette.Paper);
        for (var hour = 0; hour < 12; hour++)
        {
            var (sine, cosine) = MathF.SinCos(hour * MathF.PI / 6);
            var inner = hour % 3 == 0 ? 2.2f : 2.5f;
            canvas.Line(ClockX + (inner * sine), ClockY - (inner * cosine), ClockX + (2.8f * sine), ClockY - (2.8f * cosine),
                hour % 3 == 0 ? 0.26f : 0.16f, Palette.Dark);
        }
    }

    private static void Bunting(Canvas canvas)
    {
        Ink[] inks = [Palette.Red, Palette.Yellow, Palette.Teal, Palette.Violet, Palette.Orange, Palette.Blue];
        const int Flags = 22;
        for (var i = 0; i < Flags; i++)
        {
            var x = -43f + (i * 4);
            var sag = SagAt(x);
            canvas.Line(x, sag, x + 4, SagAt(x + 4), 0.14f, Palette.WoodDeep);
            canvas.Polygon([new(x + 0.5f, sag), new(x + 3.5f, SagAt(x + 3.5f)), new(x + 2, sag + 3.4f)], inks[i % inks.Length]);
        }

        static float SagAt(float x) => -26.5f + (1.6f * MathF.Sin((x + 43) % 22 / 22 * MathF.PI));
    }

    private static void Poster(Canvas canvas)
    {
        canvas.Box(28.2f, -7.6f, 37.2f, 2.6f, Palette.Shadow, 0.12f);
        canvas.Box(28, -8, 37, 2.2f, Palette.Paper);
        canvas.Box(28.5f, -7.5f, 36.5f, -1.6f, Palette.SkyLow);
        canvas.Circle(32.5f, -4.2f, 2, Palette.Yellow);
        for (var ray = 0; ray < 10; ray++)
        {
            var (sine, cosine) = MathF.SinCos(ray * MathF.PI / 5);
            canvas.Line(32.5f + (2.4f * cosine), -4.2f + (2.4f * sine), 32.5f + (3.1f * cosine), -4.2f + (3.1f * sine), 0.25f, Palette.Orange);
        }

        canvas.Circle(31.8f, -4.6f, 0.2f, Palette.Dark);
        canvas.Circle(33.2f, -4.6f, 0.2f, Palette.Dark);
        canvas.Curve([new(31.6f, -3.8f), new(32.5f, -3.2f), new(33.4f, -3.8f)], 0.18f, Palette.Dark);
        var width = StrokeFont.Measure("We help", 1.05f);
        StrokeFont.Write(canvas, "We help", 32.6f - (width / 2), 0.1f, 1.05f, 0.17f, Palette.Teal);
        width = StrokeFont.Measure("each other", 1.05f);
        StrokeFont.Write(canvas, "each other", 32.6f - (width / 2), 1.75f, 1.05f, 0.17f, Palette.Teal);
    }

    public static void Plant(Canvas canvas, float x)
    {
        canvas.Ellipse(x, 12, 3.2f, 0.6f, Palette.Shadow, 0.25f);
        for (var leaf = 0; leaf < 9; leaf++)
        {
            var lean = (leaf - 4) * 1.25f;
            var height = 11 - (MathF.Abs(leaf - 4) * 1.4f);
            var tip = new System.Numerics.Vector2(x + lean, 6.5f - height);
            canvas.Blob(
                [new(x - 0.3f, 7), new(x + (lean * 0.45f) - 1.1f, 6.5f - (height * 0.6f)), tip, new(x + (lean * 0.6f) + 1, 6.5f - (height * 0.5f))],
                leaf % 2 == 0 ? Palette.Green : Palette.GreenDark);
        }

        canvas.Polygon([new(x - 2.5f, 6.6f), new(x + 2.5f, 6.6f), new(x + 1.9f, 12), new(x - 1.9f, 12)], Palette.Orange);
        canvas.RoundBox(x - 2.8f, 6, x + 2.8f, 7.2f, 0.3f, Palette.Orange.Mix(Palette.White, 0.2f));
    }

    private static void TeachersDesk(Canvas canvas)
    {
        canvas.Ellipse(8, 13.3f, 9.5f, 1, Palette.Shadow, 0.22f);
        canvas.Box(1.5f, 6.8f, 14.5f, 13, Palette.Wood);
        canvas.Box(2.4f, 7.6f, 7.4f, 12.2f, Palette.WoodDark, 0.45f);
        canvas.Box(8.6f, 7.6f, 13.6f, 12.2f, Palette.WoodDark, 0.45f);
        canvas.RoundBox(0.6f, 5.6f, 15.4f, 6.9f, 0.4f, Palette.WoodLight);
        canvas.Box(0.8f, 6.6f, 15.2f, 7, Palette.WoodDark, 0.5f);

        // A globe, books, an apple.
        canvas.RoundBox(10.6f, 5, 13.4f, 5.7f, 0.3f, Palette.WoodDeep);
        canvas.Line(12, 5.2f, 12, 4.4f, 0.3f, Palette.WoodDeep);
        canvas.Circle(12, 2.7f, 2, Palette.Blue);
        canvas.Blob([new(10.6f, 1.9f), new(11.7f, 1.2f), new(12.1f, 2.4f), new(11.4f, 3.4f), new(10.7f, 2.9f)], Palette.Green);
        canvas.Blob([new(12.5f, 2.9f), new(13.4f, 2.4f), new(13.5f, 3.4f), new(12.8f, 4)], Palette.Green);
        canvas.RoundBox(2, 4.7f, 6.4f, 5.6f, 0.2f, Palette.Teal);
        canvas.RoundBox(2.3f, 3.9f, 6, 4.7f, 0.2f, Palette.Orange);
        canvas.RoundBox(2.1f, 3.1f, 5.6f, 3.9f, 0.2f, Palette.Violet);
        canvas.Circle(8.1f, 4.8f, 0.85f, Palette.Red);
        canvas.Circle(8.7f, 4.8f, 0.8f, Palette.Red);
        canvas.Line(8.4f, 4.1f, 8.6f, 3.5f, 0.16f, Palette.WoodDeep);
        canvas.Ellipse(9, 3.6f, 0.5f, 0.25f, Palette.Green);
    }
}

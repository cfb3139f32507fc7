using System.Numerics;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>The teacher at the board: sways, points at the lesson, blinks, and speaks when the voice does.</summary>
internal static class Teacher
{
    public const float X = 21;
    public const float HeadY = -8;

    private static readonly Ink Skin = Ink.Rgb(0xE9B48C);
    private static readonly Ink Hair = Ink.Rgb(0x5A3A2A);
    private static readonly Ink Cardigan = Ink.Rgb(0xC8553D);
    private static readonly Ink Blouse = Ink.Rgb(0xFFF6E6);
    private static readonly Ink Trousers = Ink.Rgb(0x3C4A63);
    private static readonly Ink Mouth = Ink.Rgb(0x8C2F35);

    /// <param name="canvas">Drawn upon.</param>
    /// <param name="seconds">Since the Unix epoch, any whole number of speech loops taken off.</param>
    public static void Paint(Canvas canvas, double seconds)
    {
        if (!canvas.Shows(X - 14, HeadY - 8, X + 10, 16))
        {
            return;
        }

        var sway = 0.35f * (float)Math.Sin(seconds * 1.1);
        var nod = 0.18f * (float)Math.Sin(seconds * 2.3);
        canvas.Ellipse(X, 14.3f, 5, 0.8f, Palette.Shadow, 0.28f);
        var body = new Figure(canvas, X + (sway * 0.5f), 0, 1);
        Legs(new Figure(canvas, X, 0, 1), sway);
        Torso(body);
        BookArm(body);
        Head(new Figure(canvas, X + sway, HeadY + nod, 1), seconds);
        PointingArm(body, seconds);
    }

    private static void Legs(Figure pen, float sway)
    {
        pen.Limb(new((sway * 0.4f) - 1.4f, 6), 2.7f, new(-1.6f, 12.9f), 1.9f, Trousers);
        pen.Limb(new((sway * 0.4f) + 1.4f, 6), 2.7f, new(1.6f, 12.9f), 1.9f, Trousers);
        pen.Ellipse(-1.9f, 13.8f, 1.6f, 0.7f, Palette.Dark);
        pen.Ellipse(1.9f, 13.8f, 1.6f, 0.7f, Palette.Dark);
    }

    private static void Torso(Figure pen)
    {
        pen.Blob([new(0, -4.2f), new(2.7f, -3.6f), new(3.5f, -1.5f), new(2.9f, 2.6f), new(3.2f, 7.2f), new(0, 7.8f), new(-3.2f, 7.2f), new(-2.9f, 2.6f), new(-3.5f, -1.5f), new(-2.7f, -3.6f)], Cardigan);
        pen.Polygon([new(-1.3f, -4.1f), new(1.3f, -4.1f), new(0.75f, 7), new(-0.75f, 7)], Blouse);
        pen.Polygon([new(-1.4f, -4.3f), new(0, -2.1f), new(1.4f, -4.3f)], Skin.Mix(Palette.Shadow, 0.12f));
        pen.Circle(0, 0.2f, 0.17f, Palette.WoodDark);
        pen.Circle(0, 2.4f, 0.17f, Palette.WoodDark);
        pen.Circle(0, 4.6f, 0.17f, Palette.WoodDark);
        pen.RoundBox(-0.9f, -5.7f, 0.9f, -3.4f, 0.7f, Skin.Mix(Palette.Shadow, 0.1f));
    }

    private static void BookArm(Figure pen)
    {
        pen.Limb(new(2.9f, -2.6f), 1.9f, new(4.3f, 1.3f), 1.6f, Cardigan.Mix(Palette.Shadow, 0.1f));
        pen.Polygon([new(0.9f, 0.2f), new(4.4f, -0.7f), new(5.1f, 3), new(1.6f, 3.9f)], Palette.Teal);
        pen.Polygon([new(1.3f, 0.6f), new(4.2f, -0.1f), new(4.5f, 1.2f), new(1.6f, 1.9f)], Palette.Paper, 0.85f);
        pen.Limb(new(4.3f, 1.3f), 1.5f, new(2.9f, 2.7f), 1.2f, Cardigan.Mix(Palette.Shadow, 0.05f));
        pen.Circle(2.5f, 2.9f, 0.75f, Skin);
    }

    private static void PointingArm(Figure pen, double seconds)
    {
        // Eight seconds: point at the board for a while, then rest.
        var phase = seconds % 8 / 8;
        var raise = (float)Math.Clamp(Math.Sin(phase * 2 * Math.PI) * 2.4, 0, 1);
        var wag = 0.5f * (float)Math.Sin(seconds * 3.7) * raise;
        var elbow = Vector2.Lerp(new(-4.3f, 1.2f), new(-5.4f, -2.6f), raise);
        var hand = Vector2.Lerp(new(-3.6f, 4.6f), new(-9, -5.4f + wag), raise);
        pen.Limb(new(-2.8f, -2.7f), 1.9f, elbow, 1.6f, Cardigan);
        if (raise > 0.5f)
        {
            pen.Line(hand.X, hand.Y, hand.X - 2.6f, hand.Y - 1.5f, 0.24f, Palette.Chalk);
        }

        pen.Limb(elbow, 1.5f, hand, 1.15f, Cardigan);
        pen.Circle(hand.X, hand.Y, 0.78f, Skin);
    }

    private static void Head(Figure pen, double seconds)
    {
        pen.Circle(0.4f, -3.9f, 1.5f, Hair);
        pen.Blob([new(0, -3.5f), new(2.7f, -2.3f), new(3.1f, 0.6f), new(2.6f, 2.4f), new(0, 2.6f), new(-2.6f, 2.4f), new(-3.1f, 0.6f), new(-2.7f, -2.3f)], Hair);
        pen.Blob([new(0, -2.6f), new(2, -1.9f), new(2.5f, 0.2f), new(1.8f, 2.2f), new(0, 3.1f), new(-1.8f, 2.2f), new(-2.5f, 0.2f), new(-2, -1.9f)], Skin);
        pen.Blob([new(-2.6f, 0), new(-2.6f, -2), new(-0.4f, -3.3f), new(2.2f, -2.4f), new(2.6f, 0), new(1.9f, -1.3f), new(-0.6f, -1.7f), new(-2, -1)], Hair);

        var isBlinking = seconds % 4.1 < 0.14;
        for (var side = -1; side <= 1; side += 2)
        {
            var x = 1.02f * side;
            pen.Circle(x, 0.3f, 0.86f, Palette.Dark, 0.9f);
            pen.Circle(x, 0.3f, 0.7f, Ink.Rgb(0xFBF3EA));
            if (isBlinking)
            {
                pen.Curve([new(x - 0.4f, 0.3f), new(x, 0.5f), new(x + 0.4f, 0.3f)], 0.15f, Palette.Dark);
            }
            else
            {
                pen.Ellipse(x, 0.33f, 0.27f, 0.36f, Palette.Dark);
                pen.Circle(x + 0.1f, 0.18f, 0.1f, Palette.White);
            }

            pen.Curve([new(x - 0.5f, -0.85f), new(x, -1.05f), new(x + 0.5f, -0.85f)], 0.17f, Hair);
            pen.Circle(1.65f * side, 1.25f, 0.45f, Palette.Red, 0.22f);
        }

        pen.Line(-0.2f, 0.2f, 0.2f, 0.2f, 0.15f, Palette.Dark);
        pen.Curve([new(-0.1f, 0.85f), new(0.12f, 1.05f), new(0.25f, 0.88f)], 0.13f, Palette.Shadow, 0.45f);

        var open = (float)TeacherSpeech.MouthOpening(seconds);
        if (open > 0.08f)
        {
            pen.Ellipse(0, 1.85f, 0.62f - (0.12f * open), 0.14f + (0.42f * open), Mouth);
            pen.Ellipse(0, 1.85f - (0.25f * open), 0.36f, 0.1f, Palette.White, open);
        }
        else
        {
            pen.Curve([new(-0.75f, 1.65f), new(0, 2.05f), new(0.75f, 1.65f)], 0.18f, Mouth);
        }
    }
}

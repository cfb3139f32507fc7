using System.Numerics;
using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

internal enum HairStyle
{
    Short,
    Ponytail,
    Bun,
    Curls,
    Long,
    Headscarf,
}

/// <summary>Somebody of the class; nobody in particular. A head is 6.4 units wide and centred on the figure's origin.</summary>
internal sealed record Pupil(Ink Skin, Ink Hair, HairStyle Style, Ink Top)
{
    public static readonly Ink Light = Ink.Rgb(0xF6CFAE);
    public static readonly Ink Tan = Ink.Rgb(0xD9A173);
    public static readonly Ink Brown = Ink.Rgb(0x9A6440);
    public static readonly Ink DarkBrown = Ink.Rgb(0x6B432B);
    public static readonly Ink Blond = Ink.Rgb(0xE0B45C);
    public static readonly Ink Chestnut = Ink.Rgb(0x7A4A2A);
    public static readonly Ink Black = Ink.Rgb(0x2C2422);
    public static readonly Ink Ginger = Ink.Rgb(0xC4692E);

    private static readonly Ink Mouth = Ink.Rgb(0x8C2F35);

    /// <summary>From behind, on a chair.</summary>
    public void PaintFromBehind(Figure pen)
    {
        var sleeve = Top.Mix(Palette.Shadow, 0.12f);
        pen.Limb(new(-4, 6.2f), 2.4f, new(-5.6f, 9.4f), 2, sleeve);
        pen.Limb(new(4, 6.2f), 2.4f, new(5.6f, 9.4f), 2, sleeve);
        pen.Blob([new(0, 3.4f), new(3.6f, 4.4f), new(5, 7), new(4.7f, 14), new(0, 15), new(-4.7f, 14), new(-5, 7), new(-3.6f, 4.4f)], Top);
        pen.RoundBox(-1.1f, 1.6f, 1.1f, 4.6f, 0.9f, Skin.Mix(Palette.Shadow, 0.15f));
        pen.Curve([new(-1.9f, 4.3f), new(0, 4.9f), new(1.9f, 4.3f)], 0.4f, Top.Mix(Palette.White, 0.35f));
        if (Style != HairStyle.Headscarf)
        {
            pen.Circle(-3.1f, 0.4f, 0.75f, Skin);
            pen.Circle(3.1f, 0.4f, 0.75f, Skin);
            pen.Ellipse(0, 0, 3.2f, 3.6f, Skin);
        }

        PaintHairFromBehind(pen);
        PaintChair(pen);
    }

    /// <summary>From the front.</summary>
    /// <param name="pen">Placed on the head's centre.</param>
    /// <param name="eyesOpen">0…1.</param>
    /// <param name="wave">0: hands on the table; 1: one hand up.</param>
    /// <param name="swing">−1…1, of the hand that is up.</param>
    public void PaintFromTheFront(Figure pen, float eyesOpen = 1, float wave = 0, float swing = 0)
    {
        var sleeve = Top.Mix(Palette.Shadow, 0.12f);
        if (Style is HairStyle.Long or HairStyle.Ponytail)
        {
            pen.Blob([new(0, -3.8f), new(3.7f, -2), new(4.1f, 3), new(3.2f, 6), new(-3.2f, 6), new(-4.1f, 3), new(-3.7f, -2)], Hair.Mix(Palette.Shadow, 0.25f));
        }

        pen.Limb(new(-2.3f, 14), 3.2f, new(-2.9f, 24), 2.2f, Palette.BlueDark);
        pen.Limb(new(2.3f, 14), 3.2f, new(2.9f, 24), 2.2f, Palette.BlueDark);
        pen.Ellipse(-3.2f, 25.2f, 2, 1, Palette.Dark);
        pen.Ellipse(3.2f, 25.2f, 2, 1, Palette.Dark);
        pen.Blob([new(0, 3.6f), new(3.6f, 4.5f), new(5.2f, 7), new(5, 14.4f), new(0, 15.2f), new(-5, 14.4f), new(-5.2f, 7), new(-3.6f, 4.5f)], Top);
        for (var stripe = 0; stripe < 3; stripe++)
        {
            var y = 7.4f + (2.3f * stripe);
            pen.Curve([new(-4.3f, y), new(0, y + 0.4f), new(4.3f, y)], 0.7f, Top.Mix(Palette.White, 0.6f));
        }

        pen.RoundBox(-1.1f, 2, 1.1f, 4.9f, 0.9f, Skin.Mix(Palette.Shadow, 0.14f));
        pen.Circle(-3.2f, 0.4f, 0.75f, Skin.Mix(Palette.Shadow, 0.08f));
        pen.Circle(3.2f, 0.4f, 0.75f, Skin.Mix(Palette.Shadow, 0.08f));
        pen.Blob([new(0, -3.5f), new(2.6f, -2.4f), new(3.2f, 0.2f), new(2.3f, 2.8f), new(0, 3.8f), new(-2.3f, 2.8f), new(-3.2f, 0.2f), new(-2.6f, -2.4f)], Skin);
        PaintFringe(pen);
        PaintFace(pen, eyesOpen);

        pen.Limb(new(-4.4f, 6.8f), 2.5f, new(-5.3f, 11.6f), 2.1f, sleeve);
        pen.Limb(new(-5.3f, 11.6f), 1.7f, new(-2.2f, 12.9f), 1.5f, Skin);
        var elbow = Vector2.Lerp(new(5.3f, 11.6f), new(7.4f, 9), wave);
        var hand = Vector2.Lerp(new(2.2f, 12.9f), new(7.9f + swing, 3.2f), wave);
        pen.Limb(new(4.4f, 6.8f), 2.5f, elbow, 2.1f, sleeve);
        pen.Limb(elbow, 1.7f, hand, 1.5f, Skin);
        pen.Circle(hand.X, hand.Y, 1.05f, Skin);
    }

    private static void PaintFace(Figure pen, float eyesOpen)
    {
        for (var side = -1; side <= 1; side += 2)
        {
            var x = 1.25f * side;
            if (eyesOpen > 0.4f)
            {
                pen.Ellipse(x, 0.25f, 0.62f, 0.72f * eyesOpen, Palette.White);
                pen.Ellipse(x, 0.3f, 0.4f, 0.5f * eyesOpen, Palette.Dark);
                pen.Circle(x + 0.14f, 0.1f, 0.14f, Palette.White);
            }
            else
            {
                pen.Curve([new(x - 0.55f, 0.3f), new(x, 0.55f), new(x + 0.55f, 0.3f)], 0.2f, Palette.Dark);
            }

            pen.Curve([new(x - 0.6f, -0.8f), new(x, -1.05f), new(x + 0.6f, -0.8f)], 0.2f, Palette.Shadow, 0.8f);
            pen.Circle(1.95f * side, 1.45f, 0.6f, Palette.Red, 0.2f);
        }

        pen.Curve([new(-0.2f, 1.1f), new(0.15f, 1.3f), new(0.3f, 1.05f)], 0.18f, Palette.Shadow, 0.5f);
        pen.Blob([new(-1.15f, 1.9f), new(0, 2.05f), new(1.15f, 1.9f), new(0.7f, 2.65f), new(0, 2.85f), new(-0.7f, 2.65f)], Mouth);
        pen.Blob([new(-0.85f, 1.98f), new(0, 2.08f), new(0.85f, 1.98f), new(0, 2.3f)], Palette.White);
    }

    private static void PaintChair(Figure pen)
    {
        pen.Line(-3.8f, 13.4f, -4.2f, 22, 0.6f, Palette.Metal);
        pen.Line(3.8f, 13.4f, 4.2f, 22, 0.6f, Palette.Metal);
        pen.RoundBox(-4.4f, 9.2f, 4.4f, 13.6f, 1.1f, Palette.WoodDark);
        pen.RoundBox(-4, 9.5f, 4, 13.1f, 0.9f, Palette.Wood);
        pen.RoundBox(-4.4f, 15.4f, 4.4f, 16.6f, 0.5f, Palette.WoodDark);
    }

    private void PaintHairFromBehind(Figure pen)
    {
        var shade = Hair.Mix(Palette.Shadow, 0.25f);
        switch (Style)
        {
            case HairStyle.Headscarf:
                pen.Blob([new(0, -3.9f), new(3.3f, -2), new(3.6f, 1.6f), new(4, 5.4f), new(0, 6.4f), new(-4, 5.4f), new(-3.6f, 1.6f), new(-3.3f, -2)], Hair);
                pen.Curve([new(-2.6f, 3.2f), new(0, 4.4f), new(2.8f, 2.8f)], 0.22f, shade);
                break;
            case HairStyle.Ponytail:
                pen.Blob([new(0, -3.9f), new(3.3f, -1.8f), new(3, 1.4f), new(0, 2.2f), new(-3, 1.4f), new(-3.3f, -1.8f)], Hair);
                pen.Blob([new(0, -0.9f), new(1.5f, 0.4f), new(1.7f, 4), new(0.2f, 6.6f), new(-1.3f, 4), new(-1.3f, 0.4f)], shade);
                pen.Ellipse(0, -0.7f, 1.1f, 0.6f, Palette.Pink);
                break;
            case HairStyle.Bun:
                pen.Circle(0, -4.3f, 1.7f, shade);
                pen.Blob([new(0, -3.9f), new(3.3f, -1.8f), new(3, 1.5f), new(0, 2.4f), new(-3, 1.5f), new(-3.3f, -1.8f)], Hair);
                break;
            case HairStyle.Curls:
                for (var i = 0; i < 11; i++)
                {
                    var (sine, cosine) = MathF.SinCos(i * 2 * MathF.PI / 11);
                    pen.Circle(2.5f * cosine, -0.8f + (2.3f * sine), 1.5f, i % 2 == 0 ? Hair : shade);
                }

                pen.Circle(0, -0.8f, 2.6f, Hair);
                break;
            case HairStyle.Long:
                pen.Blob([new(0, -3.9f), new(3.4f, -1.8f), new(3.7f, 2), new(3.1f, 6.3f), new(0, 6.9f), new(-3.1f, 6.3f), new(-3.7f, 2), new(-3.4f, -1.8f)], Hair);
                pen.Curve([new(0, -3.4f), new(0.2f, 1), new(0, 6.4f)], 0.16f, shade);
                break;
            default:
                pen.Blob([new(0, -3.9f), new(3.4f, -1.9f), new(3.1f, 1), new(1.6f, 1.9f), new(0, 2), new(-1.6f, 1.9f), new(-3.1f, 1), new(-3.4f, -1.9f)], Hair);
                pen.Curve([new(-1.6f, -2.6f), new(0, -3), new(1.4f, -2.5f)], 0.2f, shade);
                break;
        }
    }

    private void PaintFringe(Figure pen)
        => pen.Blob(
            [
                new(-3.3f, 0.1f), new(-3.5f, -2.2f), new(-1.6f, -4.1f), new(1.2f, -4.2f), new(3.4f, -2.5f), new(3.3f, 0.1f),
                new(2.6f, -1.5f), new(0.6f, -2.1f), new(-1.4f, -1.5f), new(-2.6f, -1.1f),
            ],
            Hair);
}

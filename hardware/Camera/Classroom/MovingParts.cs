using AV1Relay.Hardware.Camera.Drawing;

namespace AV1Relay.Hardware.Camera.Classroom;

/// <summary>What is drawn anew on each picture: the clock's hands, the buddy, the teacher.</summary>
internal static class MovingParts
{
    public const float BuddyX = -68;
    public const float BuddyY = 0;

    private static readonly Pupil Buddy = new(Pupil.Brown, Pupil.Black, HairStyle.Short, Palette.Red);

    /// <param name="canvas">Drawn upon.</param>
    /// <param name="localTime">What the clock on the wall shows.</param>
    /// <param name="seconds">Drives the movements; the same clock as the teacher's speech.</param>
    public static void Paint(Canvas canvas, DateTimeOffset localTime, double seconds)
    {
        PaintClockHands(canvas, localTime.TimeOfDay);
        PaintBuddy(canvas, seconds);
        Teacher.Paint(canvas, seconds);
    }

    private static void PaintClockHands(Canvas canvas, TimeSpan time)
    {
        const float Reach = FrontWall.ClockRadius;
        const float X = FrontWall.ClockX;
        const float Y = FrontWall.ClockY;
        if (!canvas.Shows(X - Reach, Y - Reach, X + Reach, Y + Reach))
        {
            return;
        }

        Hand(time.TotalHours / 12, 1.5f, 0.38f, Palette.Dark);
        Hand(time.TotalHours, 2.4f, 0.26f, Palette.Dark);
        Hand(Math.Floor(time.TotalSeconds) / 60, 2.6f, 0.13f, Palette.Red);
        canvas.Circle(X, Y, 0.3f, Palette.Red);

        void Hand(double turns, float length, float width, Ink ink)
        {
            var (sine, cosine) = MathF.SinCos((float)(turns % 1 * 2 * Math.PI));
            canvas.Line(X - (0.4f * sine), Y + (0.4f * cosine), X + (length * sine), Y - (length * cosine), width, ink);
        }
    }

    private static void PaintBuddy(Canvas canvas, double seconds)
    {
        if (!canvas.Shows(BuddyX - 18, BuddyY - 8, BuddyX + 18, BuddyY + 36))
        {
            return;
        }

        var sway = 0.25f * (float)Math.Sin(seconds * 0.9);
        var phase = seconds % 12;
        var wave = (float)Math.Clamp(Math.Min(phase / 0.5, (3.5 - phase) / 0.5), 0, 1); // three seconds in twelve
        canvas.Ellipse(BuddyX, 34, 17, 2, Palette.Shadow, 0.2f);
        Buddy.PaintFromTheFront(
            new Figure(canvas, BuddyX + sway, BuddyY, 1.3f),
            eyesOpen: seconds % 3.3 < 0.13 ? 0 : 1,
            wave,
            swing: (float)Math.Sin(seconds * 7));
        Desks.TableFor(canvas, BuddyX, BuddyY + 15.4f);
    }
}

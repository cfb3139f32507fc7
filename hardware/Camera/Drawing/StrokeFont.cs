using System.Numerics;

namespace AV1Relay.Hardware.Camera.Drawing;

/// <summary>Letters of round strokes, as chalk writes them.</summary>
/// <remarks>A glyph is its advance, then strokes: <c>-</c> straight, <c>~</c> smooth, followed by points of two hexadecimal digits
/// (x, y). Capitals reach from y = 1 to 8, small letters from 4 to 8, tails to 11.</remarks>
internal static class StrokeFont
{
    private const float CapHeight = 7;
    private const float Baseline = 8;
    private const float SpaceAdvance = 4;

    private static readonly Dictionary<char, Glyph> Glyphs = Parse("""
        0 6 ~31 13 16 38 56 53 31
        1 5 -13 31 38
        2 6 ~13 21 41 53 45 27 18 -18 58
        3 6 ~12 31 52 44 34 ~34 55 57 38 17
        4 6 -41 16 56 -41 48
        5 6 -51 11 14 ~14 34 56 38 17
        6 6 ~42 23 15 17 38 56 35 16
        7 6 -11 51 28
        8 6 ~31 12 13 34 56 57 38 17 16 34 53 52 31
        9 6 ~53 35 13 31 53 46 28
        + 6 -33 37 -15 55
        = 6 -14 54 -16 56
        ? 6 ~12 31 52 44 35 36 -38 38
        / 6 -51 18
        : 3 -24 24 -27 27
        . 3 -28 28
        , 3 -27 19
        ! 3 -21 26 -28 28
        - 6 -15 45
        ' 2 -11 13
        A 6 -18 31 58 -26 46
        B 6 -11 18 ~11 32 43 34 14 ~14 45 56 47 18
        C 6 ~52 31 13 16 38 57
        D 6 -11 18 ~11 32 54 55 37 18
        E 6 -51 11 18 58 -14 44
        F 6 -51 11 18 -14 44
        G 6 ~52 31 13 16 38 57 55 -55 35
        H 6 -11 18 -51 58 -14 54
        I 3 -21 28
        J 5 -41 46 ~46 28 16
        K 6 -11 18 -51 14 58
        L 6 -11 18 58
        M 6 -18 11 35 51 58
        N 6 -18 11 58 51
        O 6 ~31 13 16 38 56 53 31
        P 6 -11 18 ~11 31 53 35 15
        Q 6 ~31 13 16 38 56 53 31 -46 58
        R 6 -11 18 ~11 31 53 35 15 -35 58
        S 6 ~52 31 12 13 34 56 57 38 17
        T 6 -11 51 -31 38
        U 6 ~11 16 38 56 51
        V 6 -11 38 51
        W 8 -11 28 44 68 71
        X 6 -11 58 -51 18
        Y 6 -11 34 51 -34 38
        Z 6 -11 51 18 58
        a 6 ~55 34 16 38 56 -54 58
        b 6 -11 18 ~15 34 56 38 17
        c 6 ~54 34 16 38 57
        d 6 -51 58 ~55 34 16 38 57
        e 6 -16 56 ~56 34 16 38 57
        f 5 ~41 23 28 -14 44
        g 6 ~55 34 16 38 57 -54 59 ~59 3b 1a
        h 6 -11 18 ~16 34 55 58
        i 3 -24 28 -22 22
        j 4 -34 39 ~39 2b 1a -32 32
        k 5 -11 18 -44 16 48
        l 3 -21 28
        m 8 -14 18 ~15 34 45 48 ~45 64 75 78
        n 6 -14 18 ~16 34 55 58
        o 6 ~34 16 38 56 34
        p 6 -14 1b ~15 34 56 38 17
        q 6 -54 5b ~55 34 16 38 57
        r 5 -14 18 ~16 34 44
        s 5 ~44 24 15 36 47 28 17
        t 5 -21 27 ~27 38 48 -14 44
        u 6 ~14 17 38 56 -54 58
        v 6 -14 38 54
        w 8 -14 28 44 68 74
        x 5 -14 48 -44 18
        y 6 -14 38 -54 1b
        z 5 -14 44 18 48
        """);

    private sealed record Glyph(float Advance, Vector2[][] Strokes, bool[] IsSmooth);

    /// <param name="canvas">Written upon.</param>
    /// <param name="text">Characters that the font lacks are left out.</param>
    /// <param name="x">Left end.</param>
    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="capHeight">Of capitals.</param>
    /// <param name="strokeWidth">Of the chalk.</param>
    /// <param name="ink">Its colour.</param>
    /// <returns>Where the next letter would start.</returns>
    public static float Write(Canvas canvas, string text, float x, float baseline, float capHeight, float strokeWidth, Ink ink)
    {
        var unit = capHeight / CapHeight;
        Span<Vector2> placed = stackalloc Vector2[16];
        foreach (var character in text)
        {
            if (!Glyphs.TryGetValue(character, out var glyph))
            {
                x += character == ' ' ? SpaceAdvance * unit : 0;
                continue;
            }

            for (var stroke = 0; stroke < glyph.Strokes.Length; stroke++)
            {
                var points = glyph.Strokes[stroke];
                for (var i = 0; i < points.Length; i++)
                {
                    placed[i] = new Vector2(x + (points[i].X * unit), baseline + ((points[i].Y - Baseline) * unit));
                }

                Stroke(canvas, placed[..points.Length], glyph.IsSmooth[stroke], strokeWidth, ink);
            }

            x += glyph.Advance * unit;
        }

        return x;
    }

    /// <summary>How wide a text is.</summary>
    public static float Measure(string text, float capHeight)
        => text.Sum(character => Glyphs.TryGetValue(character, out var glyph) ? glyph.Advance : character == ' ' ? SpaceAdvance : 0)
            * capHeight / CapHeight;

    private static void Stroke(Canvas canvas, ReadOnlySpan<Vector2> points, bool isSmooth, float width, Ink ink)
    {
        if (isSmooth)
        {
            canvas.Curve(points, width, ink);
            return;
        }

        for (var i = 0; i + 1 < points.Length; i++)
        {
            canvas.Line(points[i].X, points[i].Y, points[i + 1].X, points[i + 1].Y, width, ink);
        }
    }

    private static Dictionary<char, Glyph> Parse(string table)
    {
        var glyphs = new Dictionary<char, Glyph>();
        foreach (var line in table.Split('\n'))
        {
            var words = line.Trim().Split(' ');
            var strokes = new List<List<Vector2>>();
            var isSmooth = new List<bool>();
            foreach (var word in words[2..])
            {
                var digits = word;
                if (word[0] is '-' or '~')
                {
                    strokes.Add([]);
                    isSmooth.Add(word[0] == '~');
                    digits = word[1..];
                }

                strokes[^1].Add(new Vector2(Convert.ToInt32(digits[..1], 16), Convert.ToInt32(digits[1..], 16)));
            }

            glyphs[words[0][0]] = new Glyph(
                float.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture),
                [.. strokes.Select(stroke => stroke.ToArray())],
                [.. isSmooth]);
        }

        return glyphs;
    }
}

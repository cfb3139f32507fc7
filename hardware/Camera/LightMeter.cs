namespace AV1Relay.Hardware.Camera;

/// <summary>How light a picture is.</summary>
/// <param name="Mean">Of luma, 16 (black) to 235 (white).</param>
/// <param name="DarkShare">Of pixels that are as good as black, 0…1.</param>
/// <param name="ClippedShare">Of pixels that are as white as can be, 0…1.</param>
public readonly record struct LightReading(double Mean, double DarkShare, double ClippedShare)
{
    private const int Step = 8; // every 64th pixel: 3,600 of a small picture
    private const byte AlmostBlack = 32;
    private const byte Clipped = 234;

    /// <summary>Looks at some of a picture's pixels. Allocates nothing.</summary>
    public static LightReading Of(VideoFrame picture)
    {
        var (sum, dark, clipped, count) = (0L, 0, 0, 0);
        var luma = picture.Y;
        for (var y = Step / 2; y < picture.Height; y += Step)
        {
            var row = luma.Slice(y * picture.YStride, picture.Width);
            for (var x = Step / 2; x < row.Length; x += Step)
            {
                sum += row[x];
                dark += row[x] <= AlmostBlack ? 1 : 0;
                clipped += row[x] >= Clipped ? 1 : 0;
                count++;
            }
        }

        return count == 0 ? default : new((double)sum / count, (double)dark / count, (double)clipped / count);
    }
}

/// <summary>What is worth telling about the light.</summary>
public enum LightHint
{
    /// <summary>There is enough to see.</summary>
    None,

    /// <summary>It is dark where the robot looks.</summary>
    Dark,

    /// <summary>The sun or a lamp shines into the lens.</summary>
    Glare,
}

/// <summary>Makes a hint of readings: one that comes late and goes late, so that nobody walking past a window raises one.</summary>
/// <remarks>Sans-I/O. The thresholds are from pictures that were made up; a real camera evens out much by its own exposure.</remarks>
public sealed class LightMeter
{
    private const double DarkBelow = 45;
    private const double DarkShareAbove = 0.5;
    private const double LightAgainAbove = 60;
    private const double GlareAbove = 0.2;
    private const double GlareOverBelow = 0.1;
    private static readonly TimeSpan HoldsFor = TimeSpan.FromSeconds(3);

    private LightHint _next;
    private TimeSpan _nextSince;

    public LightHint Hint { get; private set; }

    /// <param name="reading">Of a picture.</param>
    /// <param name="at">Monotonic time of its capture.</param>
    /// <returns>True: the hint has changed.</returns>
    public bool Update(in LightReading reading, TimeSpan at)
    {
        var now = Judge(reading);
        if (now == Hint)
        {
            _next = now;
            return false;
        }

        if (now != _next)
        {
            (_next, _nextSince) = (now, at);
            return false;
        }

        if (at - _nextSince < HoldsFor) return false;
        Hint = now;
        return true;
    }

    private LightHint Judge(in LightReading reading)
    {
        var isGlare = reading.ClippedShare > (Hint == LightHint.Glare ? GlareOverBelow : GlareAbove);
        if (isGlare) return LightHint.Glare;
        var isDark = Hint == LightHint.Dark ? reading.Mean < LightAgainAbove : reading is { Mean: < DarkBelow, DarkShare: > DarkShareAbove };
        return isDark ? LightHint.Dark : LightHint.None;
    }
}

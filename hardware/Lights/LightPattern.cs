using System.Collections.Immutable;

namespace AV1Relay.Hardware.Lights;

/// <summary>How the LEDs of one layer move in time.</summary>
public enum LightMotion
{
    Steady,

    /// <summary>Swells and fades as a sine between 25 % and all of its brightness.</summary>
    Breathe,

    /// <summary>Swells and fades as a sine between dark and all of its brightness.</summary>
    Pulse,

    /// <summary>A dot with a soft tail goes round the layer's LEDs, clockwise.</summary>
    Rotate,
}

/// <summary>Some LEDs in one colour and one motion.</summary>
/// <param name="Positions">Bit <c>n</c> is LED <c>n</c>; LED 0 is at twelve o'clock, clockwise.</param>
/// <param name="Color">At its brightest.</param>
/// <param name="Motion">What it does in time.</param>
/// <param name="Period">Of one swell or one turn; not used when steady.</param>
public sealed record LightLayer(ushort Positions, LedColor Color, LightMotion Motion, TimeSpan Period)
{
    /// <summary>Flashes a second that any one LED of this layer makes.</summary>
    public double FlashesPerSecond => Motion == LightMotion.Steady ? 0 : 1 / Period.TotalSeconds;
}

/// <summary>The look of one sign: layers, later ones over earlier ones. No layers: dark.</summary>
/// <param name="Words">For the printed card, the robot's page and people who cannot see the ring.</param>
/// <param name="Layers">From the lowest to the topmost.</param>
public sealed record LightPattern(string Words, ImmutableArray<LightLayer> Layers)
{
    private const int AllPositions = (1 << LightFrame.LedCount) - 1;
    private const int TailLeds = 4;

    /// <summary>Over the whole pattern; the general flash limit of WCAG 2.3.1 is three a second.</summary>
    public double FlashesPerSecond => Layers.Sum(layer => layer.FlashesPerSecond);

    /// <summary>The ring at one instant.</summary>
    public LightFrame FrameAt(TimeSpan now)
    {
        Span<LedColor> leds = stackalloc LedColor[LightFrame.LedCount];
        leds.Clear();
        foreach (var layer in Layers)
        {
            Paint(layer, now, leds);
        }

        return new LightFrame(leds);
    }

    private static void Paint(LightLayer layer, TimeSpan now, Span<LedColor> leds)
    {
        var phase = layer.Motion == LightMotion.Steady ? 0 : now / layer.Period % 1;
        var members = System.Numerics.BitOperations.PopCount((uint)(layer.Positions & AllPositions));
        var member = 0;
        for (var led = 0; led < leds.Length; led++)
        {
            if ((layer.Positions >> led & 1) == 0)
            {
                continue;
            }

            var share = layer.Motion switch
            {
                LightMotion.Breathe => 0.25 + (0.75 * Swell(phase)),
                LightMotion.Pulse => Swell(phase),
                LightMotion.Rotate => Tail(phase * members, member, members),
                _ => 1,
            };
            leds[led] = layer.Color with { Brightness = (byte)Math.Round(layer.Color.Brightness * share) };
            member++;
        }
    }

    private static double Swell(double phase) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * phase));

    /// <summary>Brightness of one LED while a dot at <paramref name="dot"/> passes: rises over one LED, falls over the tail.</summary>
    private static double Tail(double dot, int member, int members)
    {
        var behind = (dot - member + members) % members;
        if (behind > members - 1)
        {
            return behind - (members - 1); // the dot is about to arrive
        }

        return Math.Max(0, 1 - (behind / TailLeds));
    }
}

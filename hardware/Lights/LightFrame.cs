using System.Collections.Immutable;

namespace AV1Relay.Hardware.Lights;

/// <summary>What the whole ring shows at one instant. A value: two equal frames look alike.</summary>
/// <remarks>LED 0 is at twelve o'clock as the class sees the robot; numbers go clockwise.</remarks>
public sealed class LightFrame : IEquatable<LightFrame>
{
    public const int LedCount = 12;

    private readonly ImmutableArray<LedColor> _leds;

    /// <exception cref="ArgumentException">Not exactly <see cref="LedCount"/> LEDs, or a brightness over 31.</exception>
    public LightFrame(ReadOnlySpan<LedColor> leds)
    {
        if (leds.Length != LedCount)
        {
            throw new ArgumentException($"A frame has {LedCount} LEDs, not {leds.Length}.", nameof(leds));
        }

        foreach (var led in leds)
        {
            if (led.Brightness > LedColor.MaxBrightness)
            {
                throw new ArgumentException($"Brightness {led.Brightness} is over {LedColor.MaxBrightness}.", nameof(leds));
            }
        }

        _leds = [.. leds];
    }

    public static LightFrame Dark { get; } = new(new LedColor[LedCount]);

    public LedColor this[int led] => _leds[led];

    public ReadOnlySpan<LedColor> Leds => _leds.AsSpan();

    public bool IsDark
    {
        get
        {
            foreach (var led in _leds)
            {
                if (led.IsLit)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public bool Equals(LightFrame? other) => other is not null && Leds.SequenceEqual(other.Leds);

    public override bool Equals(object? obj) => Equals(obj as LightFrame);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var led in _leds)
        {
            hash.Add(led);
        }

        return hash.ToHashCode();
    }
}

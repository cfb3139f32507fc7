using System.Collections.Immutable;

namespace AV1Relay.Hardware.Lights;

/// <summary>Which pattern means what. Data, because schools that know another robot may want its signs.</summary>
/// <remarks>Always true: every sign has a pattern; no two signs differ in colour only; no pattern flashes three times a second;
/// only <see cref="LightSign.Dark"/> is dark.</remarks>
public sealed class LightLanguage
{
    /// <summary>The general flash limit (WCAG 2.3.1): a pattern stays below it.</summary>
    public const double FlashLimitPerSecond = 3;

    private const ushort Ring = 0xFFF;
    private const ushort Top = 1 << 11 | 1 << 0 | 1 << 1;
    private const ushort Bottom = 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8;
    private const ushort Sides = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 8 | 1 << 9 | 1 << 10;
    private const ushort Quarters = 1 << 0 | 1 << 3 | 1 << 6 | 1 << 9;
    private const ushort EverySecond = 0x555;
    private const ushort Column = 1 << 0 | 1 << 6;
    private const ushort ClockHands = 1 << 0 | 1 << 3;
    private const ushort Triangle = 1 << 0 | 1 << 4 | 1 << 8;

    private static readonly LedColor Amber = new(255, 120, 0, 24);

    private readonly ImmutableDictionary<LightSign, LightPattern> _patterns;

    /// <exception cref="ArgumentException">One of the rules above is broken; the message says which sign breaks it.</exception>
    public LightLanguage(IReadOnlyDictionary<LightSign, LightPattern> patterns)
    {
        _patterns = patterns.ToImmutableDictionary();
        foreach (var sign in Enum.GetValues<LightSign>())
        {
            Check(sign);
        }
    }

    public static LightLanguage Default { get; } = new(new Dictionary<LightSign, LightPattern>
    {
        [LightSign.Dark] = new("dark: nothing is on", []),
        [LightSign.Fault] = new(
            "four amber dots, slowly pulsing: a part is broken, please fetch the technician",
            [new(Quarters, Amber, LightMotion.Pulse, TimeSpan.FromSeconds(1.5))]),
        [LightSign.CertificateEnded] = new(
            "two amber dots one above the other, slowly pulsing: the robot's certificate has ended, please fetch the technician",
            [new(Column, Amber, LightMotion.Pulse, TimeSpan.FromSeconds(1.5))]),
        [LightSign.TimeUnknown] = new(
            "two amber dots like clock hands at three, slowly pulsing: the robot does not know the time, please fetch the technician",
            [new(ClockHands, Amber, LightMotion.Pulse, TimeSpan.FromSeconds(1.5))]),
        [LightSign.SessionRefused] = new(
            "three amber dots, slowly pulsing: the robot did not take this session, please fetch the technician",
            [new(Triangle, Amber, LightMotion.Pulse, TimeSpan.FromSeconds(1.5))]),
        [LightSign.Privacy] = new(
            "violet along the bottom, steady: curtain drawn or switched to private, nobody sees or hears",
            [new(Bottom, new(150, 60, 255, 14), LightMotion.Steady, TimeSpan.Zero)]),
        [LightSign.Connecting] = new(
            "a blue dot going round: on the way",
            [new(Ring, new(40, 110, 255, 18), LightMotion.Rotate, TimeSpan.FromSeconds(3))]),
        [LightSign.Live] = new(
            "the whole ring green, steady: your classmate is here",
            [new(Ring, new(30, 220, 90, 16), LightMotion.Steady, TimeSpan.Zero)]),
        [LightSign.HandRaised] = new(
            "green ring, white at the top, swelling: the hand is up",
            [
                new(Ring, new(30, 220, 90, 8), LightMotion.Steady, TimeSpan.Zero),
                new(Top, new(255, 240, 210, 31), LightMotion.Breathe, TimeSpan.FromSeconds(1)),
            ]),
        [LightSign.NeedsAMinute] = new(
            "both sides blue, swelling slowly: here, and in need of a quiet minute",
            [new(Sides, new(60, 130, 255, 14), LightMotion.Breathe, TimeSpan.FromSeconds(6))]),
        [LightSign.Passive] = new(
            "every second light teal, steady: listening, please don't ask",
            [new(EverySecond, new(0, 180, 170, 12), LightMotion.Steady, TimeSpan.Zero)]),
    });

    public LightPattern this[LightSign sign] => _patterns[sign];

    /// <summary>What the ring shows for a sign; <paramref name="now"/> is monotonic time since any fixed start.</summary>
    public LightFrame FrameFor(LightSign sign, TimeSpan now) => _patterns[sign].FrameAt(now);

    private void Check(LightSign sign)
    {
        if (!_patterns.TryGetValue(sign, out var pattern))
        {
            throw new ArgumentException($"The light language has no pattern for {sign}.");
        }

        if (pattern.FlashesPerSecond >= FlashLimitPerSecond)
        {
            throw new ArgumentException($"{sign} flashes {pattern.FlashesPerSecond:0.#} times a second; fewer than {FlashLimitPerSecond} are safe.");
        }

        if (pattern.Layers.All(layer => layer.Positions == 0 || !layer.Color.IsLit) != (sign == LightSign.Dark))
        {
            throw new ArgumentException($"Only {LightSign.Dark} may be dark, and it must be; look at {sign}.");
        }

        foreach (var (other, otherPattern) in _patterns)
        {
            if (other != sign && pattern.Layers.Select(Shape).SequenceEqual(otherPattern.Layers.Select(Shape)))
            {
                throw new ArgumentException($"{sign} and {other} differ in colour only; not everybody sees colours.");
            }
        }
    }

    private static (ushort Positions, LightMotion Motion) Shape(LightLayer layer) => (layer.Positions, layer.Motion);
}

using AV1Relay.Hardware.Lights;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Lights;

public sealed class LightLanguageTests
{
    public static TheoryData<LightSign> Signs => [.. Enum.GetValues<LightSign>()];

    [Theory]
    [MemberData(nameof(Signs))]
    public void No_LED_flashes_three_times_in_any_second(LightSign sign)
    {
        // WCAG 2.3.1: a flash is a pair of opposing changes of 10 % or more of the full luminance; a smaller step hides nothing here.
        const int StepMs = 5;
        for (var led = 0; led < LightFrame.LedCount; led++)
        {
            var turns = new List<int>();
            double extreme = LightLanguage.Default.FrameFor(sign, TimeSpan.Zero)[led].Luminance;
            var direction = 0;
            for (var ms = 0; ms < 20_000; ms += StepMs)
            {
                var luminance = LightLanguage.Default.FrameFor(sign, TimeSpan.FromMilliseconds(ms))[led].Luminance;
                var change = luminance - extreme;
                if (Math.Abs(change) >= 0.02 && Math.Sign(change) != direction)
                {
                    direction = Math.Sign(change);
                    turns.Add(ms);
                }

                if (Math.Sign(change) == direction || direction == 0)
                {
                    extreme = luminance;
                }
            }

            foreach (var start in turns)
            {
                Assert.InRange(turns.Count(at => at >= start && at < start + 1000), 0, 5); // six changes are three flashes
            }
        }
    }

    [Fact]
    public void Every_sign_can_be_told_from_every_other_without_colour()
    {
        var grey = Enum.GetValues<LightSign>().ToDictionary(sign => sign, GreyFilm);
        foreach (var (sign, film) in grey)
        {
            foreach (var (other, otherFilm) in grey)
            {
                Assert.True(sign == other || film != otherFilm, $"{sign} and {other} look alike in grey");
            }
        }
    }

    [Fact]
    public void Only_dark_is_ever_dark()
    {
        foreach (var sign in Enum.GetValues<LightSign>())
        {
            for (var ms = 0; ms < 6000; ms += 100)
            {
                var frame = LightLanguage.Default.FrameFor(sign, TimeSpan.FromMilliseconds(ms));
                var mayBeDark = LightLanguage.Default[sign].Layers.All(layer => layer.Motion == LightMotion.Pulse); // passes through dark
                Assert.True(mayBeDark || !frame.IsDark, $"{sign} is dark at {ms} ms");
                Assert.True(sign != LightSign.Dark || frame.IsDark);
            }
        }
    }

    [Fact]
    public void Signs_that_differ_in_colour_only_are_refused()
    {
        var patterns = Enum.GetValues<LightSign>().ToDictionary(sign => sign, sign => LightLanguage.Default[sign]);
        patterns[LightSign.Passive] = new("red ring", [new(0xFFF, new(255, 0, 0, 10), LightMotion.Steady, TimeSpan.Zero)]);
        var problem = Assert.Throws<ArgumentException>(() => new LightLanguage(patterns));
        Assert.Contains("colour only", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_flashes_three_times_a_second_is_refused()
    {
        var patterns = Enum.GetValues<LightSign>().ToDictionary(sign => sign, sign => LightLanguage.Default[sign]);
        patterns[LightSign.Fault] = new("strobe", [new(1, new(255, 0, 0, 31), LightMotion.Pulse, TimeSpan.FromSeconds(1 / 3.0))]);
        Assert.Throws<ArgumentException>(() => new LightLanguage(patterns));
    }

    [Fact]
    public void A_map_without_one_of_the_signs_is_refused()
    {
        var patterns = Enum.GetValues<LightSign>().ToDictionary(sign => sign, sign => LightLanguage.Default[sign]);
        patterns.Remove(LightSign.Privacy);
        Assert.Contains("Privacy", Assert.Throws<ArgumentException>(() => new LightLanguage(patterns)).Message, StringComparison.Ordinal);
    }

    /// <summary>What somebody who sees no colours sees in ten seconds, with the overall brightness taken out.</summary>
    private static string GreyFilm(LightSign sign)
    {
        var frames = Enumerable.Range(0, 100)
            .Select(i => LightLanguage.Default.FrameFor(sign, TimeSpan.FromMilliseconds(100 * i)))
            .ToList();
        var brightest = frames.Max(frame => frame.Leds.ToArray().Max(led => led.Luminance));
        return string.Join('|', frames.Select(frame => string.Concat(frame.Leds.ToArray()
            .Select(led => brightest == 0 ? '0' : (char)('0' + Math.Round(led.Luminance / brightest * 3))))));
    }
}

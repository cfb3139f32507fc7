using AV1Relay.Hardware;
using AV1Relay.Hardware.Lights;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Lights;

public sealed class SimulatedLightsTests
{
    [Fact]
    public async Task It_shows_the_last_frame_it_took()
    {
        await using var lights = new SimulatedLights();
        Assert.Null(lights.Shown);
        var frame = LightLanguage.Default.FrameFor(LightSign.Live, TimeSpan.Zero);
        await lights.ShowAsync(frame, CancellationToken.None);
        Assert.Equal(frame, lights.Shown);
    }

    [Fact]
    public async Task A_broken_ring_throws_and_claims_to_show_nothing()
    {
        await using var lights = new SimulatedLights();
        await lights.ShowAsync(LightFrame.Dark, CancellationToken.None);
        lights.IsBroken = true;
        await Assert.ThrowsAsync<HardwareException>(async () => await lights.ShowAsync(LightFrame.Dark, CancellationToken.None));
        Assert.Null(lights.Shown);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void A_frame_has_twelve_LEDs(int count) => Assert.Throws<ArgumentException>(() => new LightFrame(new LedColor[count]));

    [Fact]
    public void A_brightness_that_an_APA102_cannot_show_is_refused()
    {
        var leds = new LedColor[LightFrame.LedCount];
        leds[3] = new LedColor(1, 1, 1, 32);
        Assert.Throws<ArgumentException>(() => new LightFrame(leds));
    }
}

using AV1Relay.Hardware.Lights;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Lights;

public sealed class LightFrameTests
{
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

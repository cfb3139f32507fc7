using System.Text;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Lights;
using AV1Relay.Hardware.Linux.Lights;
using AV1Relay.Tests.Unit.Hardware.Lights;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Lights;

public sealed class Apa102LightsTests : LightsContract
{
    private readonly Ring _ring = new();

    private protected override ILights Create() => new Apa102Lights(new FakeSpiLine(_ring));

    private protected override void SetBroken(ILights lights, bool isBroken) => _ring.IsBroken = isBroken;

    [Fact]
    public async Task A_frame_is_four_zero_bytes_each_LED_from_brightness_to_red_and_the_end()
    {
        var leds = new LedColor[LightFrame.LedCount];
        leds[0] = new LedColor(R: 0x11, G: 0x22, B: 0x33, Brightness: 31);
        leds[11] = new LedColor(R: 0xFF, G: 0x00, B: 0x80, Brightness: 1);
        await using var lights = Create();
        await lights.ShowAsync(new LightFrame(leds), CancellationToken.None);

        var expected = new StringBuilder("00000000").Append("FF332211");
        for (var i = 0; i < 10; i++) expected.Append("E0000000");
        expected.Append("E18000FF").Append("00000000").Append("00");
        Assert.Equal(expected.ToString(), _ring.Sent);
    }

    [Fact]
    public async Task Dark_is_every_LED_at_nothing()
    {
        await using var lights = Create();
        await lights.ShowAsync(LightFrame.Dark, CancellationToken.None);
        Assert.Equal("00000000" + string.Concat(Enumerable.Repeat("E0000000", 12)) + "0000000000", _ring.Sent);
    }

    [Fact]
    public async Task A_board_without_SPI_says_how_to_switch_it_on()
    {
        await using var lights = Apa102Lights.OnSpi(97, 3);
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await lights.ShowAsync(LightFrame.Dark, CancellationToken.None));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        Assert.Contains("/dev/spidev97.3", problem.Message, StringComparison.Ordinal);
        Assert.Contains("dtparam=spi=on", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>What the LEDs have got.</summary>
    private sealed class Ring
    {
        public bool IsBroken { get; set; }

        public string Sent { get; set; } = "";
    }

    private sealed class FakeSpiLine(Ring ring) : ISpiLine
    {
        public string Name => "/dev/spidevFAKE";

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (ring.IsBroken) throw new HardwareException("SPI takes nothing.");
            ring.Sent = Convert.ToHexString(bytes);
        }

        public void Dispose()
        {
        }
    }
}

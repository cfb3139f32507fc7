using AV1Relay.Hardware;
using AV1Relay.Hardware.Lights;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Lights;

/// <summary>What every ring keeps to, simulated or real: "lights before media" stands on it.</summary>
public abstract class LightsContract
{
    private static readonly LightFrame Live = LightLanguage.Default.FrameFor(LightSign.Live, TimeSpan.Zero);

    private protected abstract ILights Create();

    /// <summary>Breaks a ring, or mends it.</summary>
    private protected abstract void SetBroken(ILights lights, bool isBroken);

    [Fact]
    public async Task It_claims_to_show_nothing_before_the_first_frame()
    {
        await using var lights = Create();
        Assert.Null(lights.Shown);
    }

    [Fact]
    public async Task It_shows_the_last_frame_it_took()
    {
        await using var lights = Create();
        await lights.ShowAsync(LightFrame.Dark, CancellationToken.None);
        await lights.ShowAsync(Live, CancellationToken.None);
        Assert.Equal(Live, lights.Shown);
    }

    [Fact]
    public async Task A_broken_ring_says_what_to_check_and_claims_to_show_nothing()
    {
        await using var lights = Create();
        await lights.ShowAsync(Live, CancellationToken.None);
        SetBroken(lights, true);
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await lights.ShowAsync(Live, CancellationToken.None));
        Assert.Contains("light ring", problem.Message, StringComparison.Ordinal);
        Assert.Contains("SPI", problem.Message, StringComparison.Ordinal);
        Assert.Null(lights.Shown);
    }

    [Fact]
    public async Task A_mended_ring_shows_again()
    {
        await using var lights = Create();
        SetBroken(lights, true);
        await Assert.ThrowsAsync<HardwareException>(async () => await lights.ShowAsync(Live, CancellationToken.None));
        SetBroken(lights, false);
        await lights.ShowAsync(Live, CancellationToken.None);
        Assert.Equal(Live, lights.Shown);
    }

    [Fact]
    public async Task A_cancelled_frame_is_not_shown()
    {
        await using var lights = Create();
        await lights.ShowAsync(LightFrame.Dark, CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lights.ShowAsync(Live, new CancellationToken(canceled: true)));
        Assert.Equal(LightFrame.Dark, lights.Shown);
    }
}

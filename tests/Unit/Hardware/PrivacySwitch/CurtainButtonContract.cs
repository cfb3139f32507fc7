using AV1Relay.Hardware.PrivacySwitch;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.PrivacySwitch;

/// <summary>What every curtain button keeps to.</summary>
public abstract class CurtainButtonContract
{
    private protected abstract ICurtainButton Create();

    /// <summary>Presses the button made last and lets it go.</summary>
    private protected abstract void Press();

    [Fact]
    public void Each_press_is_told_once()
    {
        var button = Create();
        var presses = 0;
        button.Pressed += () => presses++;
        Press();
        Assert.Equal(1, presses);
        Press();
        Assert.Equal(2, presses);
    }
}

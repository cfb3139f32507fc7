using AV1Relay.Hardware.Audio;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio;

/// <summary>What every pair of volume buttons keeps to.</summary>
public abstract class VolumeButtonsContract
{
    private protected abstract IVolumeButtons Create();

    /// <summary>Presses a button of those made last and lets it go.</summary>
    private protected abstract void Press(int step);

    [Fact]
    public void Each_press_is_told_once_with_its_direction()
    {
        var buttons = Create();
        List<int> told = [];
        buttons.Pressed += told.Add;
        Press(1);
        Press(-1);
        Press(-1);
        Assert.Equal([1, -1, -1], told);
    }
}

public sealed class SimulatedVolumeButtonsTests : VolumeButtonsContract
{
    private SimulatedVolumeButtons _buttons = new();

    private protected override IVolumeButtons Create() => _buttons = new();

    private protected override void Press(int step) => _buttons.Press(step);
}

using AV1Relay.Hardware.PrivacySwitch;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.PrivacySwitch;

/// <summary>What every privacy switch keeps to.</summary>
public abstract class PrivacySwitchContract
{
    /// <summary>One that is not private, with nothing pending.</summary>
    private protected abstract IPrivacySwitch Create();

    /// <summary>Flips the switch made last and lets its contact settle.</summary>
    private protected abstract void Flip(bool isPrivate);

    [Fact]
    public void It_is_private_after_it_was_flipped_and_open_after_it_was_flipped_back()
    {
        var privacy = Create();
        Flip(true);
        Assert.True(privacy.IsPrivate);
        Flip(false);
        Assert.False(privacy.IsPrivate);
    }

    [Fact]
    public void It_tells_of_changes_once_and_only_of_changes()
    {
        var privacy = Create();
        List<bool> told = [];
        privacy.Changed += () => told.Add(privacy.IsPrivate);
        Flip(true);
        Flip(true);
        Flip(false);
        Assert.Equal([true, false], told);
    }
}

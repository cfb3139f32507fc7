using AV1Relay.Domain.Sessions;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Sessions;

public sealed class CapabilitySetTests
{
    [Fact]
    public void Everything_off_is_the_default()
    {
        Assert.Equal(CapabilitySet.Nothing, default);
        Assert.Empty(CapabilitySet.Nothing.ToNames());
        Assert.False(CapabilitySet.Nothing.Has(Capability.See));
    }

    [Fact]
    public void Everything_is_the_nine_capabilities()
    {
        Assert.Equal(
            ["see", "zoom", "hear", "look-around", "lights-and-hand", "expressions", "whisper", "speak", "be-seen"],
            CapabilitySet.Everything.ToNames());
        Assert.Equal(9, CapabilitySet.Everything.Each().Count());
    }

    [Fact]
    public void Names_are_read_back()
    {
        var some = new CapabilitySet(Capability.See | Capability.LookAround);

        Assert.True(CapabilitySet.TryParse(some.ToNames(), out var again));
        Assert.Equal(some, again);
        Assert.True(again.Has(Capability.See | Capability.LookAround));
        Assert.False(again.Has(Capability.See | Capability.Speak));
    }

    [Fact]
    public void An_unknown_name_grants_nothing()
    {
        Assert.False(CapabilitySet.TryParse(["see", "fly"], out var capabilities));
        Assert.Equal(CapabilitySet.Nothing, capabilities);
    }
}

using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.Gpio;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Gpio;

public sealed class GpioChipTests
{
    private static readonly GpioChip[] Pi5 = [new(11, "gpio-brcmstb@107d508500"), new(4, "pinctrl-rp1"), new(0, "pinctrl-rp1")];

    [Fact]
    public void The_header_is_found_by_its_label_wherever_its_number_has_moved_to() =>
        Assert.Equal(0, GpioChip.Find(Pi5, ["pinctrl-bcm2711", "pinctrl-rp1"]).Number);

    [Fact]
    public void A_chip_that_is_not_there_is_named_with_those_that_are()
    {
        var problem = Assert.Throws<HardwareException>(() => GpioChip.Find(Pi5, ["pinctrl-bcm2711"]));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        Assert.Contains("no GPIO chip pinctrl-bcm2711", problem.Message, StringComparison.Ordinal);
        Assert.Contains("there are gpio-brcmstb@107d508500, pinctrl-rp1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_on_which_none_can_be_opened_says_which_group_is_needed() =>
        Assert.Contains("group gpio", Assert.Throws<HardwareException>(() => GpioChip.Find([], ["x"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Looking_for_chips_never_fails() => Assert.NotNull(GpioChip.List());
}

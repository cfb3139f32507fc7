using AV1Relay.Hardware.Linux;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux;

public sealed class ReferenceWiringTests
{
    // The Raspberry Pi header's pins and the lines behind them, as its documentation gives them.
    private static readonly Dictionary<int, int> LineOfPin = new() { [11] = 17, [13] = 27, [15] = 22, [16] = 23 };

    [Fact]
    public void The_readme_shows_each_part_as_the_drivers_have_it()
    {
        var readme = File.ReadAllText(Path.Combine(ArchitectureTests.Root, "hardware", "README.md"));
        foreach (var part in ReferenceWiring.Parts)
        {
            var pins = part.Pins.Count == 0 ? "–" : string.Join(", ", part.Pins.Select(pin => $"{pin.Number} {pin.Signal}"));
            Assert.Contains($"| {part.Name} | {part.Device} | {part.Bus} | {pins} |", readme, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Contacts_are_on_the_pins_of_the_lines_that_are_read()
    {
        var pins = ReferenceWiring.Parts.SelectMany(part => part.Pins).Select(pin => pin.Number).Where(LineOfPin.ContainsKey).Select(pin => LineOfPin[pin]);
        Assert.Equal([ReferenceWiring.PrivacySwitchLine, ReferenceWiring.CurtainLine, ReferenceWiring.LouderLine, ReferenceWiring.SofterLine], pins);
    }

    [Fact]
    public void No_pin_has_two_signals()
    {
        var pins = ReferenceWiring.Parts.SelectMany(part => part.Pins).Distinct().ToList();
        Assert.Equal(pins.Count, pins.Select(pin => pin.Number).Distinct().Count());
        Assert.All(pins, pin => Assert.InRange(pin.Number, 1, 40));
    }
}

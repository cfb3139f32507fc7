using AV1Relay.Hardware.Linux;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux;

public sealed class WiringDiagramTests
{
    [Fact]
    public void The_picture_is_what_the_drivers_use()
    {
        var file = Path.Combine(ArchitectureTests.Root, "hardware", "wiring.svg");
        var picture = WiringDiagram.Draw();
        if (Environment.GetEnvironmentVariable("AV1RELAY_UPDATE_SCREENS") is not null) File.WriteAllText(file, picture);

        Assert.Equal(picture, File.ReadAllText(file)); // ./test.sh --update-screens draws it anew
    }
}

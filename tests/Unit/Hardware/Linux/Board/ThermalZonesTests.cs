using AV1Relay.Hardware.Board;
using AV1Relay.Hardware.Linux.Board;
using AV1Relay.Tests.Unit.Hardware.Board;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Board;

public sealed class ThermalZonesTests : ThermometerContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("thermal");

    public void Dispose()
    {
        if (_folder.Exists) _folder.Delete(recursive: true);
    }

    private protected override IBoardThermometer Create()
    {
        Zone(0, "51500\n");
        return new ThermalZones(_folder.FullName);
    }

    private protected override void Break(IBoardThermometer thermometer) => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_hottest_zone_counts_wherever_it_is(int hottest)
    {
        for (var zone = 1; zone <= 3; zone++) Zone(zone, zone == hottest ? "63250\n" : "38000\n");
        Assert.Equal(63.25, Create().ReadCelsius());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hot")]
    [InlineData("-274000")] // a zone that is switched off
    [InlineData("2147483647")]
    public void What_can_not_be_is_left_out(string text)
    {
        Zone(4, text);
        Assert.Equal(51.5, Create().ReadCelsius());
    }

    private void Zone(int number, string text) => File.WriteAllText(Path.Combine(_folder.CreateSubdirectory($"thermal_zone{number}").FullName, "temp"), text);
}

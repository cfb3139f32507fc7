using AV1Relay.Hardware;
using AV1Relay.Hardware.Board;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Board;

/// <summary>What every board's thermometer keeps to.</summary>
public abstract class ThermometerContract
{
    /// <summary>At 51.5 °C.</summary>
    private protected abstract IBoardThermometer Create();

    private protected abstract void Break(IBoardThermometer thermometer);

    [Fact]
    public void It_reads_degrees_Celsius() => Assert.Equal(51.5, Create().ReadCelsius(), tolerance: 0.01);

    [Fact]
    public void Without_a_sensor_it_says_so()
    {
        var thermometer = Create();
        Break(thermometer);
        Assert.Contains("no temperature", Assert.Throws<HardwareException>(() => thermometer.ReadCelsius()).Message, StringComparison.Ordinal);
    }
}

public sealed class SimulatedThermometerTests : ThermometerContract
{
    private protected override IBoardThermometer Create() => new SimulatedThermometer { Celsius = 51.5 };

    private protected override void Break(IBoardThermometer thermometer) => ((SimulatedThermometer)thermometer).IsBroken = true;
}

using AV1Relay.Hardware.Board;
using AV1Relay.Hardware.Power;
using AV1Relay.RobotAgent.Running;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Running;

public sealed class PowerWatchTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedBattery _battery;
    private readonly SimulatedThermometer _board = new();
    private readonly CancellationTokenSource _stopping = new();

    public PowerWatchTests() => _battery = new(_time, percent: 64);

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task It_knows_battery_and_board_at_once()
    {
        var watch = new PowerWatch(_battery, _board, _time);
        await WatchAsync(watch, () => Assert.Equal((64, 45), (watch.BatteryPercent, watch.Celsius)));
        Assert.All(watch.Faults, Assert.Null);
    }

    [Fact]
    public async Task Without_a_gauge_and_a_sensor_nothing_is_known_and_nothing_is_wrong()
    {
        _board.IsBroken = true;
        var watch = new PowerWatch(null, _board, _time);
        await WatchAsync(watch, () => Assert.Equal((PowerWatch.Unknown, PowerWatch.Unknown), (watch.BatteryPercent, watch.Celsius)));
        Assert.All(watch.Faults, Assert.Null);
    }

    [Fact]
    public async Task A_gauge_that_falls_silent_is_a_fault_until_it_answers_again()
    {
        var watch = new PowerWatch(_battery, _board, _time);
        await WatchAsync(watch, () =>
        {
            _battery.IsBroken = true;
            _time.Advance(TimeSpan.FromSeconds(15));
            Assert.Contains("battery gauge", Assert.Single(watch.Faults.OfType<string>()), StringComparison.Ordinal);
            Assert.Equal(PowerWatch.Unknown, watch.BatteryPercent);

            _battery.IsBroken = false;
            _time.Advance(TimeSpan.FromSeconds(15));
            Assert.All(watch.Faults, Assert.Null);
        });
    }

    [Fact]
    public async Task A_hot_board_is_a_fault_that_says_what_to_do()
    {
        _board.Celsius = 83;
        var watch = new PowerWatch(_battery, _board, _time);
        await WatchAsync(watch, () => Assert.Contains("83 °C", Assert.Single(watch.Faults.OfType<string>()), StringComparison.Ordinal));
    }

    private async Task WatchAsync(PowerWatch watch, Action look)
    {
        var running = watch.RunAsync(_stopping.Token);
        look();
        await _stopping.CancelAsync();
        await running;
    }
}

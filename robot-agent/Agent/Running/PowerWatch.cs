using AV1Relay.Hardware;
using AV1Relay.Hardware.Board;
using AV1Relay.Hardware.Power;

namespace AV1Relay.RobotAgent.Running;

/// <summary>Reads battery and board now and then, and keeps what they said. What it tells is thread-safe.</summary>
/// <param name="battery">Null: no gauge.</param>
/// <param name="thermometer">The board's.</param>
/// <param name="time">Paces the reading.</param>
internal sealed class PowerWatch(IBattery? battery, IBoardThermometer thermometer, TimeProvider time)
{
    /// <summary>There is no gauge or sensor, or it does not answer.</summary>
    public const double Unknown = -1;

    /// <summary>A Raspberry Pi slows itself down from here on.</summary>
    private const double HotCelsius = 80;

    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);

    private double _batteryPercent = Unknown;
    private double _celsius = Unknown;
    private volatile string? _batteryFault;

    /// <summary>0…100, or <see cref="Unknown"/>.</summary>
    public double BatteryPercent => Volatile.Read(ref _batteryPercent);

    /// <summary>Of the board, or <see cref="Unknown"/>.</summary>
    public double Celsius => Volatile.Read(ref _celsius);

    /// <summary>In words.</summary>
    public IEnumerable<string?> Faults =>
        [_batteryFault, Celsius >= HotCelsius ? FormattableString.Invariant($"The robot's computer is {Celsius:0} °C hot and slows down: free its vents, take it out of the sun.") : null];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(ReadEvery, time);
            do
            {
                await ReadBatteryAsync(cancellationToken);
                ReadBoard();
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The robot stops.
        }
    }

    private async Task ReadBatteryAsync(CancellationToken cancellationToken)
    {
        if (battery is null) return;
        try
        {
            Volatile.Write(ref _batteryPercent, (await battery.ReadAsync(cancellationToken)).Percent);
            _batteryFault = null;
        }
        catch (HardwareException problem)
        {
            Volatile.Write(ref _batteryPercent, Unknown);
            _batteryFault = problem.Message;
        }
    }

    private void ReadBoard()
    {
        try
        {
            Volatile.Write(ref _celsius, thermometer.ReadCelsius());
        }
        catch (HardwareException)
        {
            Volatile.Write(ref _celsius, Unknown); // many boards have no sensor: nothing is wrong with them
        }
    }
}

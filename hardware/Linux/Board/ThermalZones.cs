using System.Globalization;
using AV1Relay.Hardware.Board;

namespace AV1Relay.Hardware.Linux.Board;

/// <summary>The kernel's thermal zones: the hottest of them counts.</summary>
/// <param name="folder">Where the kernel shows them.</param>
public sealed class ThermalZones(string folder = ThermalZones.KernelFolder) : IBoardThermometer
{
    private const string KernelFolder = "/sys/class/thermal";
    private const double MilliDegrees = 1000;
    private const double LeastCelsius = -40;
    private const double MostCelsius = 150;

    public double ReadCelsius()
    {
        var zones = Directory.Exists(folder) ? Directory.GetDirectories(folder, "thermal_zone*") : [];
        double? hottest = null;
        foreach (var zone in zones)
        {
            if (TryRead(Path.Combine(zone, "temp")) is { } celsius && !(celsius <= hottest)) hottest = celsius;
        }

        return hottest ?? throw new HardwareException(
            HardwareFault.Missing, "This board tells no temperature: nothing has to be done, but nobody is warned when it is too hot.");
    }

    /// <summary>Zones may be switched off, or be of something that is not there: those are left out.</summary>
    private static double? TryRead(string file)
    {
        try
        {
            var isNumber = int.TryParse(File.ReadAllText(file).AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milli);
            return isNumber && milli / MilliDegrees is > LeastCelsius and < MostCelsius ? milli / MilliDegrees : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Globalization;

namespace AV1Relay.Benchmarks.Load;

/// <summary>What a process has used so far, read from /proc (proc(5)).</summary>
/// <param name="Cpu">User and system time of all its threads, those that have ended included; steps of 10 ms.</param>
internal readonly record struct ProcessCost(TimeSpan Cpu, long ResidentKiB)
{
    private const int TicksPerSecond = 100; // USER_HZ

    /// <param name="processId">0: nobody, who costs nothing.</param>
    public static ProcessCost Of(int processId)
    {
        if (processId == 0) return default;
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before may hold anything
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        var resident = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kibibytes = long.Parse(resident.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return new ProcessCost(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), kibibytes);
    }
}

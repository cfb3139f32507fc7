namespace AV1Relay.Tests.Workbench;

/// <summary>Which capture devices a process holds open, as the kernel knows it.</summary>
internal sealed class OpenDevices(int processId)
{
    private readonly string _folder = $"/proc/{processId}/fd";

    /// <summary>Paths of the cameras and capturing sound devices that are open.</summary>
    public IReadOnlyList<string> List() => [.. Descriptors().Select(open => open.Device).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Does something, and waits until none of what was open before is.</summary>
    /// <exception cref="TimeoutException">One stayed open.</exception>
    public async Task<Closing> MeasureClosingAsync(Action act, TimeSpan patience)
    {
        var open = Descriptors();
        if (open.Count == 0) throw new InvalidOperationException("No device is open that could close.");
        act();
        var startedAt = TimeProvider.System.GetTimestamp();
        var lookedAt = startedAt;
        var longestGap = TimeSpan.Zero;
        while (true)
        {
            var last = open[^1].Device;
            open.RemoveAll(was => TargetOf(was.Descriptor) != was.Device);
            var (elapsed, gap) = (TimeProvider.System.GetElapsedTime(startedAt), TimeProvider.System.GetElapsedTime(lookedAt));
            if (gap > longestGap) longestGap = gap;
            if (open.Count == 0) return new(elapsed.TotalMilliseconds, longestGap.TotalMilliseconds, last);
            if (elapsed > patience) throw new TimeoutException($"{string.Join(", ", open.Select(was => was.Device))} stayed open.");
            lookedAt = TimeProvider.System.GetTimestamp();
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System); // the only core is the agent's as well
        }
    }

    private List<(string Descriptor, string Device)> Descriptors() =>
    [
        .. Directory.GetFiles(_folder).Select(descriptor => (descriptor, TargetOf(descriptor)))
            .Where(open => open.Item2 is { } device && IsCapture(device)).Select(open => (open.descriptor, open.Item2!)),
    ];

    private static bool IsCapture(string device) =>
        device.StartsWith("/dev/video", StringComparison.Ordinal)
        || (device.StartsWith("/dev/snd/pcm", StringComparison.Ordinal) && device.EndsWith('c'));

    private static string? TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}

/// <summary>How soon capture devices were closed.</summary>
/// <param name="Ms">From the contact to the last device's being closed, ms.</param>
/// <param name="LongestGapMs">Between two looks, ms: how long the computer let nobody run who was ready to.</param>
/// <param name="Last">The device that was closed last.</param>
internal sealed record Closing(double Ms, double LongestGapMs, string Last);

namespace AV1Relay.Tests.Workbench;

/// <summary>Which capture devices a process holds open, as the kernel knows it.</summary>
internal sealed class OpenDevices(int processId)
{
    private readonly string _folder = $"/proc/{processId}/fd";

    /// <summary>Paths of the cameras and capturing sound devices that are open.</summary>
    public IReadOnlyList<string> List() => [.. Descriptors().Select(open => open.Device).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Does something, and waits until none of what was open before is.</summary>
    /// <returns>ms from the end of <paramref name="act"/> to the last device's being closed.</returns>
    /// <exception cref="TimeoutException">One stayed open.</exception>
    public double MeasureClosing(Action act, TimeSpan patience)
    {
        var open = Descriptors();
        if (open.Count == 0) throw new InvalidOperationException("No device is open that could close.");
        act();
        var startedAt = TimeProvider.System.GetTimestamp();
        while (open.RemoveAll(was => TargetOf(was.Descriptor) != was.Device) >= 0 && open.Count > 0)
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > patience) throw new TimeoutException($"{string.Join(", ", open.Select(was => was.Device))} stayed open.");
            Thread.Yield();
        }

        return TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds;
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

namespace AV1Relay.Hardware.Linux.Discovery;

/// <summary>The USB cameras that are plugged in.</summary>
/// <remarks>A camera has several video nodes, of which the first gives pictures. A board's own codecs and scalers are video nodes too, and
/// no cameras. A camera behind the board's ribbon connector is not found here: it has no node that gives pictures.</remarks>
public sealed class Cameras
{
    private const string StableNames = "/dev/v4l/by-id";
    private const string KernelNodes = "/sys/class/video4linux";
    private const string FirstNode = "-video-index0";

    /// <summary>Drivers of cameras; vivid is the kernel's camera for tests.</summary>
    private static readonly string[] Drivers = ["uvcvideo", "vivid"];

    private readonly string _stableNames;
    private readonly string _kernelNodes;

    /// <param name="stableNames">Where udev keeps names that stay.</param>
    /// <param name="kernelNodes">Where the kernel shows its nodes; asked where there is no udev.</param>
    public Cameras(string stableNames = StableNames, string kernelNodes = KernelNodes) => (_stableNames, _kernelNodes) = (stableNames, kernelNodes);

    /// <summary>In the order of their names. Never fails: what vanishes while it is looked at is not there.</summary>
    public IReadOnlyList<MediaDevice> List()
    {
        try
        {
            var named = ListNamed();
            return named.Count > 0 ? named : ListNodes();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <exception cref="HardwareException">There is none.</exception>
    public MediaDevice First() => List() is [var first, ..]
        ? first
        : throw new HardwareException(HardwareFault.Missing, "No camera is plugged in, or the privacy switch has cut its power.");

    private List<MediaDevice> ListNamed()
    {
        if (!Directory.Exists(_stableNames)) return [];
        return [.. Directory.GetFiles(_stableNames, "*" + FirstNode).Order(StringComparer.Ordinal).Select(path => new MediaDevice(Path.GetFileName(path)[..^FirstNode.Length], path))];
    }

    private List<MediaDevice> ListNodes()
    {
        if (!Directory.Exists(_kernelNodes)) return [];
        return
        [
            .. Directory.GetDirectories(_kernelNodes, "video*")
                .Where(node => Read(node, "index") == "0" && DriverOf(node) is { } driver && Drivers.Contains(driver))
                .Order(StringComparer.Ordinal)
                .Select(node => new MediaDevice(Read(node, "name") ?? Path.GetFileName(node), $"/dev/{Path.GetFileName(node)}")),
        ];
    }

    private static string? Read(string node, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(node, file)).Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? DriverOf(string node)
    {
        try
        {
            return Path.GetFileName(new DirectoryInfo(Path.Combine(node, "device", "driver")).ResolveLinkTarget(returnFinalTarget: false)?.FullName);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

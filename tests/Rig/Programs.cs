namespace AV1Relay.Tests.Rig;

/// <summary>Where the built programs are, found from the place of whoever uses the rig.</summary>
public static class Programs
{
    public static string RelayServer { get; } = Place("AV1Relay.RelayServer", "relay-server");

    public static string RobotAgent { get; } = Place("AV1Relay.RobotAgent", "robot-agent");

    /// <summary>The library's sample: see webrtc/README.md.</summary>
    public static string Echo { get; } = Place("AV1Relay.WebRtc.Echo", "webrtc-echo");

    /// <summary>A school's sign-in by OpenID Connect, for tests alone.</summary>
    public static string OpenIdProvider { get; } = Place("AV1Relay.Tests.OpenIdProvider", "openid-provider");

    /// <summary>A mail server, for tests alone.</summary>
    public static string MailServer { get; } = Place("AV1Relay.Tests.MailServer", "mail-server");

    /// <summary>What an emulated robot is tried with: see HardwareInLoop/README.md.</summary>
    public static string Workbench { get; } = Place("AV1Relay.Tests.Workbench", "workbench");

    /// <summary>Which of the programs is not built, in words; null when all are.</summary>
    public static string? Missing
        => new[] { RelayServer, RobotAgent }.FirstOrDefault(path => !File.Exists(path)) is { } path ? $"{Path.GetFileName(path)} is not built ({path})." : null;

    /// <summary>The folder that holds <c>demo.sh</c>.</summary>
    public static string Root { get; } = FindRoot();

    // artifacts/bin/<project>/<configuration>/
    private static string Place(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program); // a program's folder lies two below artifacts/bin's parent
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AV1Relay.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("AV1Relay.sln is not above this program.");
    }
}

namespace AV1Relay.Tests.Rig;

/// <summary>Where the built programs are, found from the place of whoever uses the rig.</summary>
public static class Programs
{
    public static string RelayServer { get; } = Find("AV1Relay.RelayServer", "relay-server");

    public static string RobotAgent { get; } = Find("AV1Relay.RobotAgent", "robot-agent");

    /// <summary>The folder that holds <c>demo.sh</c>.</summary>
    public static string Root { get; } = FindRoot();

    // artifacts/bin/<project>/<configuration>/
    private static string Find(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{program} is not built: run 'dotnet build -c Release AV1Relay.sln'.", path);
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

using AV1Relay.RelayServer.Commands;

namespace AV1Relay.RelayServer.Composition;

/// <summary>Finds the pupil's built pages.</summary>
internal static class PagesFolder
{
    /// <summary>
    /// What was given; else <c>pages</c> beside the program, as it is installed; else <c>student-client/dist</c> above it, as
    /// it is built from source. Null when nothing is there: the relay says so on its page.
    /// </summary>
    /// <exception cref="CommandException">A folder was given that is not there.</exception>
    public static string? Find(string? given)
    {
        if (given is not null)
            return Directory.Exists(given) ? Path.GetFullPath(given) : throw new CommandException($"--pages {given}: there is no such folder.");
        var installed = Path.Combine(AppContext.BaseDirectory, "pages");
        if (Directory.Exists(installed))
            return installed;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "student-client", "dist");
            if (Directory.Exists(built))
                return built;
        }

        return null;
    }
}

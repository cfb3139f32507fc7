namespace AV1Relay.Api.Join;

/// <summary>Where the pupil's built pages lie.</summary>
/// <param name="Folder">Absolute; null when there are none.</param>
public sealed record PupilPages(string? Folder)
{
    /// <summary>The page itself; null when it has not been built.</summary>
    public string? Index => Folder is not null && Path.Combine(Folder, "index.html") is var index && File.Exists(index) ? index : null;
}

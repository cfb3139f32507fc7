using System.Collections.Concurrent;
using System.Text.Json;

namespace AV1Relay.Tests.Rig;

/// <summary>A relay's data with an invented authority in it: invented once for each wish, since it takes seconds, and copied for whoever asks.</summary>
public sealed class InventedAuthority
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<InventedAuthority>>> Invented = new();
    private readonly string _folder;

    private InventedAuthority(string folder, IReadOnlyList<StaffOffice.Person> people) => (_folder, People) = (folder, people);

    public IReadOnlyList<StaffOffice.Person> People { get; }

    /// <param name="wish">Options of <c>relay-server seed</c>.</param>
    public static Task<InventedAuthority> LikeAsync(params string[] wish) =>
        Invented.GetOrAdd(string.Join(' ', wish), _ => new(() => InventAsync(wish))).Value;

    /// <param name="folder">Not there yet.</param>
    public Task CopyToAsync(string folder) => ChildProcess.RunAsync("cp", "--archive", _folder, folder); // with the modes of what is secret

    private static async Task<InventedAuthority> InventAsync(string[] wish)
    {
        var root = Directory.CreateTempSubdirectory("av1relay-authority").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        var folder = Path.Combine(root, "relay");
        await ChildProcess.RunAsync(Programs.RelayServer, ["seed", "--data", folder, .. wish]);
        using var listed = JsonDocument.Parse(await ChildProcess.RunAsync(Programs.RelayServer, "people", "--data", folder, "--json"));
        return new(folder, [.. listed.RootElement.GetProperty("people").EnumerateArray().Select(StaffOffice.Person.Read)]);
    }
}

using AV1Relay.RelayServer;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

/// <summary>Runs relay-server's command line in this process, on folders that go with the test.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-commands");

    public string Folder(string name) => Path.Combine(_folder.FullName, name);

    public static async Task<(int ExitCode, string Output, string Error)> TryAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await RelayProgram.RunAsync(arguments, output, error, TimeProvider.System, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString().Trim(), error.ToString().Trim());
    }

    /// <returns>What it printed; the test fails where it failed.</returns>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(arguments);
        Assert.True(exitCode == 0, $"{string.Join(' ', arguments)} ended with {exitCode}: {error}");
        return output;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

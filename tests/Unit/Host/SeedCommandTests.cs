using System.Text.Json;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class SeedCommandTests : IDisposable
{
    private readonly CommandLine _commands = new();

    private string Data => _commands.Folder("relay");

    public void Dispose() => _commands.Dispose();

    [Fact]
    public async Task An_invented_authority_has_two_schools_twelve_pupils_and_four_robots()
    {
        using var report = JsonDocument.Parse(await CommandLine.RunAsync("seed", "--data", Data, "--json"));

        int Count(string name) => report.RootElement.GetProperty(name).GetInt32();
        Assert.Equal((2, 12, 4), (Count("schools"), Count("plans"), Count("robots")));
        Assert.Equal(96, Count("sessions"));
    }

    [Fact]
    public async Task A_database_with_schools_is_left_as_it_is()
    {
        await CommandLine.RunAsync("seed", "--data", Data);

        var (exitCode, _, error) = await CommandLine.TryAsync("seed", "--data", Data);

        Assert.Equal(1, exitCode);
        Assert.Contains("has 2 schools already", error, StringComparison.Ordinal);
        Assert.Contains("--again", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_again_gets_more_schools_and_the_audit_chain_holds()
    {
        await CommandLine.RunAsync("seed", "--data", Data);

        await CommandLine.RunAsync("seed", "--data", Data, "--again", "--schools", "1");

        Assert.Contains("has 3 schools already", (await CommandLine.TryAsync("seed", "--data", Data)).Error, StringComparison.Ordinal);
        Assert.Contains("holds", await CommandLine.RunAsync("audit", "verify", "--data", Data), StringComparison.Ordinal);
    }
}

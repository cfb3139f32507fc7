using System.Text.Json;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class SchoolCommandTests : IDisposable
{
    private readonly CommandLine _commands = new();

    private string Data => _commands.Folder("relay");

    public void Dispose() => _commands.Dispose();

    [Fact]
    public async Task A_school_is_entered_changed_and_listed_and_each_is_in_the_audit()
    {
        var id = (await CommandLine.RunAsync("school", "add", "--data", Data, "--name", "Hill School", "--concerns-to", "dsl@hill.example")).Trim();

        await CommandLine.RunAsync("school", "change", "--data", Data, "--school", id, "--name", "Hill Academy");

        using var listed = JsonDocument.Parse(await CommandLine.RunAsync("school", "list", "--data", Data, "--json"));
        var school = Assert.Single(listed.RootElement.GetProperty("schools").EnumerateArray().ToList());
        Assert.Equal(
            (id, "Hill Academy", "Europe/London", "mailto:dsl@hill.example"),
            (Text(school, "id"), Text(school, "name"), Text(school, "zone"), Text(school, "concernsTo")));
        Assert.Contains("2 entries", await CommandLine.RunAsync("audit", "verify", "--data", Data), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Enter its name.", "school", "add", "--name", " ")]
    [InlineData("Enter Europe/London", "school", "add", "--name", "Hill School", "--zone", "Europe/Devon")]
    [InlineData("starting with https://", "school", "add", "--name", "Hill School", "--concerns-to", "http://hill.example")]
    [InlineData("relay-server school list", "school", "change", "--school", "6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e", "--name", "Hill Academy")]
    public async Task What_can_not_be_entered_is_refused_with_what_to_do(string words, params string[] command)
    {
        await CommandLine.RunAsync("school", "add", "--data", Data, "--name", "There already");

        var (exitCode, _, error) = await CommandLine.TryAsync([.. command, "--data", Data]);

        Assert.Equal(1, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement school, string name) => school.GetProperty(name).GetString();
}

using System.Text.Json;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage.Records;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class PrivacyCommandsTests : IDisposable
{
    private readonly CommandLine _commands = new();

    private string Data => _commands.Folder("relay");

    private string ExportFile => _commands.Folder("export.json");

    private static string Pupil => OnePupil.Id.ToString();

    public void Dispose() => _commands.Dispose();

    [Fact]
    public async Task Everything_on_a_pupil_is_exported_into_one_file()
    {
        await AddPupilAsync();

        await CommandLine.RunAsync("pupil", "export", "--data", Data, "--pupil", Pupil, "--file", ExportFile);

        using var export = JsonDocument.Parse(await File.ReadAllTextAsync(ExportFile, TestContext.Current.CancellationToken));
        Assert.Equal(OnePupil.Kinds.Length, export.RootElement.GetProperty("records").GetArrayLength());
        Assert.Equal("Family", export.RootElement.GetProperty("for").GetString());
        var rating = export.RootElement.GetProperty("records").EnumerateArray().Single(record => Text(record, "kind") == "rating");
        var before = rating.GetProperty("record").GetProperty("forPupil").GetProperty("before");
        Assert.Equal(3, before.GetInt32()); // not shared with adults, and the family's to have
        Assert.Contains("1 entries", await CommandLine.RunAsync("audit", "verify", "--data", Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_writes_over_nothing()
    {
        await AddPupilAsync();
        await File.WriteAllTextAsync(ExportFile, "mine", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await CommandLine.TryAsync("pupil", "export", "--data", Data, "--pupil", Pupil, "--file", ExportFile);

        Assert.Equal(1, exitCode);
        Assert.Contains("choose another --file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_erasure_there_is_nothing_to_export()
    {
        await AddPupilAsync();

        await CommandLine.RunAsync("pupil", "erase", "--data", Data, "--pupil", Pupil, "--why", "The family asked for it");

        var (exitCode, _, error) = await CommandLine.TryAsync("pupil", "export", "--data", Data, "--pupil", Pupil, "--file", ExportFile);
        Assert.Equal(1, exitCode);
        Assert.Contains("Nothing is kept", error, StringComparison.Ordinal);
        Assert.False(File.Exists(ExportFile));
    }

    [Fact]
    public async Task A_retention_run_says_what_it_deleted()
    {
        await AddPupilAsync();

        var said = JsonDocument.Parse(await CommandLine.RunAsync("retention", "run", "--data", Data, "--json"));

        Assert.Equal(Enum.GetValues<AV1Relay.Domain.Privacy.RetentionClass>().Length, said.RootElement.GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public async Task A_hold_that_was_placed_keeps_a_pupil_from_being_erased_until_it_is_lifted()
    {
        await AddPupilAsync();
        var hold = await CommandLine.RunAsync("hold", "place", "--data", Data, "--pupil", Pupil, "--why", "A claim was announced");

        await CommandLine.RunAsync("pupil", "erase", "--data", Data, "--pupil", Pupil, "--why", "The family asked for it");
        Assert.Equal(OnePupil.Kinds.Length, await ExportAsync("held.json"));

        await CommandLine.RunAsync("hold", "lift", "--data", Data, "--hold", hold, "--why", "Settled");
        await CommandLine.RunAsync("pupil", "erase", "--data", Data, "--pupil", Pupil, "--why", "The family asked for it");
        var (_, _, error) = await CommandLine.TryAsync("pupil", "export", "--data", Data, "--pupil", Pupil, "--file", ExportFile);
        Assert.Contains("Nothing is kept", error, StringComparison.Ordinal);
        var verified = await CommandLine.RunAsync("audit", "verify", "--data", Data);
        Assert.Contains("5 entries", verified, StringComparison.Ordinal); // placed, erased, exported, lifted, erased
    }

    [Fact]
    public async Task Holds_are_listed_with_whose_which_and_why()
    {
        await AddPupilAsync();
        var hold = await CommandLine.RunAsync(
            "hold", "place", "--data", Data, "--pupil", Pupil, "--class", "session-detail", "--why", "A claim was announced");
        await CommandLine.RunAsync("hold", "place", "--data", Data, "--everybody", "--why", "An inquiry");
        await CommandLine.RunAsync("hold", "lift", "--data", Data, "--hold", hold, "--why", "Settled");

        using var said = JsonDocument.Parse(await CommandLine.RunAsync("hold", "list", "--data", Data, "--json"));

        var holds = said.RootElement.GetProperty("holds").EnumerateArray().ToList();

        var ofPupil = holds.Single(one => Text(one, "hold") == hold);
        Assert.Equal(
            (Pupil, "SessionDetail", "A claim was announced", "Settled"),
            (Text(ofPupil, "pupil"), Text(ofPupil, "class"), Text(ofPupil, "why"), Text(ofPupil, "liftedWhy")));
        var ofEverybody = holds.Single(one => Text(one, "hold") != hold);
        Assert.Equal(
            (null, null, "An inquiry", null),
            (Text(ofEverybody, "pupil"), Text(ofEverybody, "class"), Text(ofEverybody, "why"), Text(ofEverybody, "liftedWhy")));
        Assert.Contains("session-detail", await CommandLine.RunAsync("hold", "list", "--data", Data), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--pupil UUID, or --everybody", "hold", "place", "--why", "x")]
    [InlineData("look at the id", "hold", "place", "--pupil", "00000000-0000-0000-0000-0000000000ff", "--why", "x")]
    [InlineData("needs a reason", "hold", "place", "--everybody", "--why", " ")]
    [InlineData("no such hold", "hold", "lift", "--hold", "00000000-0000-0000-0000-0000000000ff", "--why", "x")]
    [InlineData("session-detail", "hold", "place", "--everybody", "--class", "sessions", "--why", "x")]
    [InlineData("30d", "retention", "set", "--class", "plan-record", "--period", "long", "--start", "birth", "--why", "x")]
    [InlineData("a day or more", "retention", "set", "--class", "plan-record", "--period", "0d", "--start", "recorded", "--why", "x")]
    [InlineData("no birth", "retention", "set", "--class", "telemetry", "--period", "1y", "--start", "birth", "--why", "x")]
    [InlineData("where it comes from", "retention", "set", "--class", "plan-record", "--period", "1y", "--start", "recorded", "--why", " ")]
    public async Task What_can_not_be_done_says_what_to_do(string words, params string[] command)
    {
        await AddPupilAsync();

        var (exitCode, _, error) = await CommandLine.TryAsync([.. command, "--data", Data]);

        Assert.Equal(1, exitCode);
        Assert.Contains(words, error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("0 entries", await CommandLine.RunAsync("audit", "verify", "--data", Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_of_keeping_that_was_set_is_shown_and_holds_for_the_next_run()
    {
        await AddPupilAsync();
        await CommandLine.RunAsync(
            "retention", "set", "--data", Data, "--class", "session-detail", "--period", "2y", "--start", "end-of-academic-year",
            "--why", "Our schedule of 2026");

        var shown = await CommandLine.RunAsync("retention", "show", "--data", Data);

        Assert.Contains("session-detail\tP2Y from end-of-academic-year\tOur schedule of 2026", shown, StringComparison.Ordinal);
        Assert.Contains("telemetry\tP30D from recorded", shown, StringComparison.Ordinal); // as it was
        var cancellation = TestContext.Current.CancellationToken;
        await using var relay = await RelayData.OpenAsync(Data, TimeProvider.System, cancellation);
        await using var work = await relay.Get<IRecords>().BeginAsync(PlanFixture.KeyAdult, PlanFixture.Start, [], cancellation);
        var retention = (await work.Settings.FindAsync(cancellation))?.Value.Retention;
        Assert.Equal("Our schedule of 2026", retention?.RuleFor(AV1Relay.Domain.Privacy.RetentionClass.SessionDetail).Source);
        Assert.Contains("1 entries", await CommandLine.RunAsync("audit", "verify", "--data", Data), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retention", "run")]
    [InlineData("retention", "show")]
    [InlineData("retention", "set", "--class", "telemetry", "--period", "1y", "--start", "recorded", "--why", "x")]
    [InlineData("hold", "list")]
    [InlineData("hold", "place", "--everybody", "--why", "x")]
    [InlineData("hold", "lift", "--hold", "00000000-0000-0000-0000-000000000001", "--why", "x")]
    [InlineData("administrator", "--name", "Ms Reed")]
    [InlineData("assign", "--role", "administrator")]
    [InlineData("api-token", "--person", "00000000-0000-0000-0000-000000000001")]
    [InlineData("debug-token")]
    [InlineData("token", "--session", "a", "--role", "pupil")]
    [InlineData("link", "--session", "a")]
    [InlineData("enroll-code")]
    [InlineData("robot", "list")]
    [InlineData("robot", "remove", "--robot", "robot-1")]
    [InlineData("audit", "verify")]
    [InlineData("backup", "--file", "x")]
    [InlineData("pupil", "export", "--pupil", "00000000-0000-0000-0000-000000000001", "--file", "x")]
    [InlineData("pupil", "erase", "--pupil", "00000000-0000-0000-0000-000000000001", "--why", "x")]
    public async Task A_folder_without_data_is_an_error_and_stays_as_it_was(params string[] command)
    {
        var (exitCode, _, error) = await CommandLine.TryAsync([.. command, "--data", Data]);

        Assert.Equal(1, exitCode);
        Assert.Contains("look at --data", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private async Task<int> ExportAsync(string name)
    {
        var file = _commands.Folder(name);
        await CommandLine.RunAsync("pupil", "export", "--data", Data, "--pupil", Pupil, "--file", file);
        using var export = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        return export.RootElement.GetProperty("records").GetArrayLength();
    }

    private async Task AddPupilAsync()
    {
        await using var relay = await RelayData.OpenAsync(Data, TimeProvider.System, TestContext.Current.CancellationToken);
        await using var work = await relay.Get<IRecords>().BeginAsync(PlanFixture.KeyAdult, PlanFixture.Start, [Claim.On(OnePupil.Id)], TestContext.Current.CancellationToken);
        OnePupil.Add(work);
        Assert.Null(await work.CommitAsync(TestContext.Current.CancellationToken));
    }
}

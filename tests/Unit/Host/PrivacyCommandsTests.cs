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

    [Theory]
    [InlineData("retention", "run")]
    [InlineData("pupil", "export", "--pupil", "00000000-0000-0000-0000-000000000001", "--file", "x")]
    [InlineData("pupil", "erase", "--pupil", "00000000-0000-0000-0000-000000000001", "--why", "x")]
    public async Task A_folder_without_data_is_an_error_and_stays_as_it_was(params string[] command)
    {
        var (exitCode, _, error) = await CommandLine.TryAsync([.. command, "--data", Data]);

        Assert.Equal(1, exitCode);
        Assert.Contains("look at --data", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    private async Task AddPupilAsync()
    {
        await using var relay = await RelayData.OpenAsync(Data, TimeProvider.System, TestContext.Current.CancellationToken);
        await using var work = await relay.Get<IRecords>().BeginAsync(PlanFixture.KeyAdult, PlanFixture.Start, [Claim.On(OnePupil.Id)], TestContext.Current.CancellationToken);
        OnePupil.Add(work);
        Assert.Null(await work.CommitAsync(TestContext.Current.CancellationToken));
    }
}

using System.Runtime.Versioning;
using AV1Relay.Domain.Sessions;
using AV1Relay.RelayServer.Data;
using AV1Relay.Tests.Unit.Storage;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public abstract class BackupContract(TestDatabase database) : IDisposable
{
    private readonly CommandLine _commands = new();

    private string Data => _commands.Folder("relay");

    private string File => _commands.Folder("relay.backup");

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_backed_up_is_there_again_after_a_restore()
    {
        await MakeAsync();
        await CommandLine.RunAsync("enroll-code", "--data", Data);
        var token = await CommandLine.RunAsync("token", "--data", Data, "--session", "a", "--role", "pupil");
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);
        var restored = _commands.Folder("restored");
        await PrepareAsync(restored);

        var said = await CommandLine.RunAsync("restore", "--data", restored, "--file", File);

        Assert.Contains("2 entries", said, StringComparison.Ordinal); // code, token
        Assert.Contains("erase again", said, StringComparison.Ordinal);
        var verified = await CommandLine.RunAsync("audit", "verify", "--data", restored);
        Assert.Contains("3 entries", verified, StringComparison.Ordinal); // and the restore
        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(Data, "token-key.pem")), System.IO.File.ReadAllText(Path.Combine(restored, "token-key.pem")));
        Assert.NotEmpty(token);
    }

    [Fact]
    public async Task A_record_that_went_back_to_a_backup_goes_on_and_holds()
    {
        await MakeAsync();
        await CommandLine.RunAsync("enroll-code", "--data", Data);
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);
        await CommandLine.RunAsync("enroll-code", "--data", Data, "--count", "5"); // the backup knows nothing of these
        var restored = _commands.Folder("restored");
        await PrepareAsync(restored);

        await CommandLine.RunAsync("restore", "--data", restored, "--file", File);
        await CommandLine.RunAsync("enroll-code", "--data", restored, "--count", "5");

        Assert.Contains("7 entries", await CommandLine.RunAsync("audit", "verify", "--data", restored), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_went_back_without_its_notes_shows_what_it_lost()
    {
        await MakeAsync();
        await CommandLine.RunAsync("enroll-code", "--data", Data);
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);
        await CommandLine.RunAsync("enroll-code", "--data", Data, "--count", "5");
        var restored = _commands.Folder("restored");
        await PrepareAsync(restored);
        await CommandLine.RunAsync("restore", "--data", restored, "--file", File);
        System.IO.File.Copy(Path.Combine(Data, "audit.heads"), Path.Combine(restored, "audit.heads"), overwrite: true); // kept elsewhere

        await CommandLine.RunAsync("enroll-code", "--data", restored, "--count", "9");

        var (exitCode, _, error) = await CommandLine.TryAsync("audit", "verify", "--data", restored);
        Assert.Equal(1, exitCode);
        Assert.Contains("Entry 2 is not the one that was noted", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restore_robots_see_only_higher_numbers_than_any_they_have_seen()
    {
        await MakeAsync();
        await BindAsync(Data, "before");
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);
        var last = 0L;
        for (var lesson = 0; lesson < 5; lesson++) last = await BindAsync(Data, $"lesson-{lesson}"); // the backup knows nothing of these
        var restored = _commands.Folder("restored");
        await PrepareAsync(restored);

        await CommandLine.RunAsync("restore", "--data", restored, "--file", File);

        await using (var relay = await OpenAsync(restored))
            Assert.Empty(await relay.Get<ISessionBindings>().ListOpenAsync(relay.Clock.Wall, TestContext.Current.CancellationToken));
        Assert.True(await BindAsync(restored, "after") > last);
    }

    [Fact]
    public async Task After_a_restore_nothing_is_deleted_at_night_until_somebody_has_run_retention()
    {
        await MakeAsync();
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);
        var restored = _commands.Folder("restored");
        await PrepareAsync(restored);

        var said = await CommandLine.RunAsync("restore", "--data", restored, "--file", File);

        var waits = DataDirectory.Open(restored).RetentionWaitsFile;
        Assert.Contains("Place again the legal holds", said, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(waits));
        await CommandLine.RunAsync("retention", "run", "--data", restored);
        Assert.False(System.IO.File.Exists(waits));
    }

    [Fact]
    public async Task A_restore_that_was_cut_off_is_not_served_from()
    {
        await MakeAsync();
        await System.IO.File.WriteAllTextAsync(DataDirectory.Open(Data).UnfinishedRestoreFile, File, TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await CommandLine.TryAsync("serve", "--data", Data);

        Assert.Equal(1, exitCode);
        Assert.Contains("was not finished: empty the folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_backup_that_was_killed_has_left_is_gone_with_the_next_one()
    {
        await MakeAsync();
        var left = Directory.CreateDirectory(Path.Combine(Data, $"backup-{int.MaxValue}"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(left.FullName, "relay.db"), "personal data", TestContext.Current.CancellationToken);

        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);

        Assert.False(left.Exists && Directory.Exists(left.FullName));
    }

    [Fact]
    public async Task A_backup_that_can_not_be_made_says_so_and_is_not_in_the_audit()
    {
        await MakeAsync();

        var nowhere = Path.Combine(_commands.Folder("nowhere"), "relay.backup");

        var (exitCode, _, error) = await CommandLine.TryAsync("backup", "--data", Data, "--file", nowhere);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("The backup was not made", error, StringComparison.Ordinal);
        Assert.Contains("0 entries", await CommandLine.RunAsync("audit", "verify", "--data", Data), StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_somebody_put_beside_the_file_is_neither_used_nor_followed()
    {
        await MakeAsync();
        var elsewhere = _commands.Folder("elsewhere");
        System.IO.File.CreateSymbolicLink(File + ".part", elsewhere);

        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);

        Assert.False(System.IO.File.Exists(elsewhere));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File, File + ".part"], Directory.GetFiles(Path.GetDirectoryName(File)!, "relay.backup*").Order()); // it has a folder
    }

    [Fact]
    public async Task A_restore_writes_over_nothing()
    {
        await MakeAsync();
        await CommandLine.RunAsync("enroll-code", "--data", Data);
        await CommandLine.RunAsync("token", "--data", Data, "--session", "a", "--role", "pupil");
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);

        var (exitCode, _, error) = await CommandLine.TryAsync("restore", "--data", Data, "--file", File);

        Assert.Equal(1, exitCode);
        Assert.Contains("not written over", error, StringComparison.Ordinal);
        Assert.Contains("3 entries", await CommandLine.RunAsync("audit", "verify", "--data", Data), StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_backup_is_readable_by_its_owner_alone_and_never_replaces_a_file()
    {
        await MakeAsync();
        await CommandLine.RunAsync("enroll-code", "--data", Data);
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(1, (await CommandLine.TryAsync("backup", "--data", Data, "--file", File)).ExitCode);
    }

    [Fact]
    public async Task What_is_no_backup_is_refused_and_leaves_nothing()
    {
        await System.IO.File.WriteAllTextAsync(File, "no backup", TestContext.Current.CancellationToken);
        await PrepareAsync(Data);

        var (exitCode, _, error) = await CommandLine.TryAsync("restore", "--data", Data, "--file", File);

        Assert.Equal(1, exitCode);
        Assert.Contains("not restored", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Data), entry => Path.GetFileName(entry) is not ("relay.lock" or "postgres.connection"));
    }

    protected virtual void Dispose(bool isDisposing) => _commands.Dispose();

    private async Task MakeAsync()
    {
        await PrepareAsync(Data);
        await using var relay = await OpenAsync(Data);
    }

    private static Task<RelayData> OpenAsync(string data) =>
        RelayData.OpenAsync(data, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <returns>The number that the robot sees.</returns>
    private static async Task<long> BindAsync(string data, string session)
    {
        await using var relay = await OpenAsync(data);
        var now = relay.Clock.Wall;
        var binding = await relay.Get<ISessionBindings>().BindAsync(
            session, "robot-1", new SessionWindow(now, now + Duration.FromHours(1)), now, TestContext.Current.CancellationToken);
        return binding.FencingNumber;
    }

    private async Task PrepareAsync(string data)
    {
        if (database == TestDatabase.Postgres)
            await CommandLine.RunAsync("database", "--data", data, "--postgres", await PostgresServer.CreateDatabaseAsync());
    }
}

public sealed class BackupOnSqliteTests() : BackupContract(TestDatabase.Sqlite);

public sealed class BackupOnPostgresTests() : BackupContract(TestDatabase.Postgres)
{
    [Fact]
    public async Task A_relay_that_goes_over_to_an_empty_database_begins_a_record_of_its_own()
    {
        using var commands = new CommandLine();
        var data = commands.Folder("relay");
        await using (await RelayData.OpenAsync(data, TimeProvider.System, TestContext.Current.CancellationToken))
            await CommandLine.RunAsync("enroll-code", "--data", data, "--count", "3");
        await CommandLine.RunAsync("database", "--data", data, "--postgres", await PostgresServer.CreateDatabaseAsync(), "--start-empty");

        await CommandLine.RunAsync("enroll-code", "--data", data);

        Assert.Contains("1 entries", await CommandLine.RunAsync("audit", "verify", "--data", data), StringComparison.Ordinal);
    }
}

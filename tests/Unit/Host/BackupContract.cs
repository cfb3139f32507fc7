using System.Runtime.Versioning;
using AV1Relay.Tests.Unit.Storage;
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
        await PrepareAsync(Data);
        await CommandLine.RunAsync("enroll-code", "--data", Data);
        var token = await CommandLine.RunAsync("token", "--data", Data, "--session", "a", "--role", "pupil");
        await CommandLine.RunAsync("backup", "--data", Data, "--file", File);
        var restored = _commands.Folder("restored");
        await PrepareAsync(restored);

        var said = await CommandLine.RunAsync("restore", "--data", restored, "--file", File);

        Assert.Contains("3 entries", said, StringComparison.Ordinal); // code, token, backup
        Assert.Contains("4 entries", await CommandLine.RunAsync("audit", "verify", "--data", restored), StringComparison.Ordinal); // and the restore
        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(Data, "token-key.pem")), System.IO.File.ReadAllText(Path.Combine(restored, "token-key.pem")));
        Assert.NotEmpty(token);
    }

    [Fact]
    public async Task A_restore_writes_over_nothing()
    {
        await PrepareAsync(Data);
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
        await PrepareAsync(Data);
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

    private async Task PrepareAsync(string data)
    {
        if (database == TestDatabase.Postgres)
            await CommandLine.RunAsync("database", "--data", data, "--postgres", await PostgresServer.CreateDatabaseAsync());
    }
}

public sealed class BackupOnSqliteTests() : BackupContract(TestDatabase.Sqlite);

public sealed class BackupOnPostgresTests() : BackupContract(TestDatabase.Postgres);

using System.Runtime.Versioning;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public sealed class RelayStorageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_its_owner_reads_the_database_and_its_companions()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync();
        // A connection of our own keeps SQLite from tidying up when another test empties the pools.
        await using var held = new SqliteConnection($"Data Source={storage.DatabaseFile}");
        await held.OpenAsync(Cancellation);
        await using var look = new SqliteCommand("SELECT COUNT(*) FROM sqlite_master", held);
        await look.ExecuteScalarAsync(Cancellation);
        await storage.Get<IEnrolmentCodes>().CountWrongTryAsync("ABCD", Cancellation);

        var files = Directory.GetFiles(Path.GetDirectoryName(storage.DatabaseFile)!); // a file path has a folder
        Assert.Contains(storage.DatabaseFile + "-wal", files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Opening_a_database_again_keeps_what_is_in_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync();
        await storage.Get<IEnrolmentCodes>().TryAddAsync(
            new StoredEnrolmentCode("ABCD", "S", NodaTime.Instant.FromUnixTimeSeconds(60), 0, null), Cancellation);

        await using var again = await storage.OpenAsync();

        Assert.NotNull(await storage.Get<IEnrolmentCodes>().FindAsync("ABCD", Cancellation));
        Assert.Equal("ok", await RelayStorage.CheckAsync(again, Cancellation));
    }
}

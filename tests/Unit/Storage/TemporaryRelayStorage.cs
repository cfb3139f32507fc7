using AV1Relay.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.Tests.Unit.Storage;

/// <summary>The relay's stores on a real database file in a temporary folder.</summary>
internal sealed class TemporaryRelayStorage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-storage");
    private ServiceProvider _services = null!; // set by CreateAsync

    private TemporaryRelayStorage()
    {
    }

    public string DatabaseFile => Path.Combine(_folder.FullName, "relay.db");

    public IServiceProvider Services => _services;

    public static async Task<TemporaryRelayStorage> CreateAsync()
    {
        var storage = new TemporaryRelayStorage();
        storage._services = await storage.OpenAsync();
        return storage;
    }

    /// <summary>Opens the same file once more, as another process would.</summary>
    public async Task<ServiceProvider> OpenAsync()
    {
        var services = new ServiceCollection().AddRelayStorage(DatabaseFile).BuildServiceProvider();
        await RelayStorage.MigrateAsync(services, CancellationToken.None);
        return services;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}

using AV1Relay.Storage;
using AV1Relay.Storage.Databases;
using AV1Relay.Tests.Rig;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

[assembly: AssemblyFixture(typeof(AV1Relay.Tests.Unit.Storage.PostgresServer))]

namespace AV1Relay.Tests.Unit.Storage;

public enum TestDatabase
{
    Sqlite,
    Postgres,
}

/// <summary>The relay's stores on a real database of their own: a file in a temporary folder, or a database of a throw-away server.</summary>
internal sealed class TemporaryRelayStorage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-storage");
    private RelayDatabase _database = null!; // set by CreateAsync
    private ServiceProvider _services = null!; // set by CreateAsync
    private IInterceptor? _watch;

    private TemporaryRelayStorage()
    {
    }

    public string DatabaseFile => Path.Combine(_folder.FullName, "relay.db");

    public string AuditHeadsFile => Path.Combine(_folder.FullName, "audit.heads");

    /// <summary>For another process: the file, or the connection string.</summary>
    public string ConnectTo => _database is RelayDatabase.Postgres postgres ? postgres.ConnectionString : DatabaseFile;

    public IServiceProvider Services => _services;

    /// <param name="watch">Sees each command that goes to the database.</param>
    /// <param name="at">An earlier version's last migration, where the tables are to be that version's; null for today's.</param>
    public static async Task<TemporaryRelayStorage> CreateAsync(TestDatabase database = TestDatabase.Sqlite, IInterceptor? watch = null, string? at = null)
    {
        var storage = new TemporaryRelayStorage { _watch = watch };
        storage._database = database == TestDatabase.Sqlite
            ? new RelayDatabase.Sqlite(storage.DatabaseFile)
            : new RelayDatabase.Postgres(await PostgresServer.CreateDatabaseAsync() + ";Maximum Pool Size=10");
        storage._services = storage.Connect();
        if (at is null)
        {
            await RelayStorage.MigrateAsync(storage._services, CancellationToken.None);
            return storage;
        }

        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync();
        await context.GetService<IMigrator>().MigrateAsync(at);
        return storage;
    }

    /// <summary>Opens the same database once more, as another process would.</summary>
    public async Task<ServiceProvider> OpenAsync()
    {
        var services = Connect();
        await RelayStorage.MigrateAsync(services, CancellationToken.None);
        return services;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task ExecuteAsync(string sql)
    {
        await using var context = await Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private ServiceProvider Connect()
    {
        var collection = new ServiceCollection().AddRelayStorage(_database, AuditHeadsFile);
        if (_watch is { } watch)
        {
            collection.ConfigureDbContext<SqliteRelayDbContext>(options => options.AddInterceptors(watch));
            collection.ConfigureDbContext<PostgresRelayDbContext>(options => options.AddInterceptors(watch));
        }

        return collection.BuildServiceProvider();
    }
}

/// <summary>One server for all tests; started by the first that asks, stopped after the last.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresCluster>> Cluster = new(() => PostgresCluster.StartAsync());

    public static async Task<string> CreateDatabaseAsync() => await (await Cluster.Value).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (Cluster.IsValueCreated) await (await Cluster.Value).DisposeAsync();
    }
}

using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage.Addresses;
using AV1Relay.Storage.Audit;
using AV1Relay.Storage.Databases;
using AV1Relay.Storage.Joining;
using AV1Relay.Storage.Privacy;
using AV1Relay.Storage.Records;
using AV1Relay.Storage.Robots;
using AV1Relay.Storage.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AV1Relay.Storage;

/// <summary>Registers the domain's stores on one database, and brings that database up to date.</summary>
public static class RelayStorage
{
    /// <param name="database">Which database.</param>
    /// <param name="auditHeadsFile">Where the audit's newest entries are noted, outside the database; its folder exists.</param>
    public static IServiceCollection AddRelayStorage(this IServiceCollection services, RelayDatabase database, string auditHeadsFile)
    {
        switch (database)
        {
            case RelayDatabase.Sqlite sqlite:
                var connectionString = new SqliteConnectionStringBuilder { DataSource = sqlite.File, ForeignKeys = true }.ToString();
                services.AddPooledDbContextFactory<SqliteRelayDbContext>(
                    options => options.UseSqlite(connectionString).AddInterceptors(new SecureDeletes()));
                services.AddSingleton<IDbContextFactory<RelayDbContext>, RelayDbContexts<SqliteRelayDbContext>>();
                services.AddSingleton<IDataVersion>(_ => new SqliteDataVersion(connectionString));
                services.AddSingleton<IDeletedTraces>(new SqliteTraces(connectionString));
                break;
            case RelayDatabase.Postgres postgres:
                services.AddSingleton(_ => NpgsqlDataSource.Create(postgres.ConnectionString));
                services.AddPooledDbContextFactory<PostgresRelayDbContext>(
                    (provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
                services.AddSingleton<IDbContextFactory<RelayDbContext>, RelayDbContexts<PostgresRelayDbContext>>();
                services.AddSingleton<IDataVersion, PostgresDataVersion>();
                services.AddSingleton<IDeletedTraces, PostgresTraces>();
                break;
            default:
                throw new ArgumentException("A database of an unknown kind.", nameof(database));
        }

        services.AddSingleton<IRobotRegistry, RobotRegistry>();
        services.AddSingleton<IEnrolmentCodes, EnrolmentCodes>();
        services.AddSingleton<ISessionBindings, SessionBindings>();
        services.AddSingleton<IGrantNumbers, GrantNumbers>();
        services.AddSingleton<IJoinCodes, JoinCodes>();
        services.AddSingleton(new AuditHeads(auditHeadsFile));
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IRecords, RecordStore>();
        services.AddSingleton<IRelayAddresses, StoredRelayAddresses>();
        return services;
    }

    /// <summary>Creates the tables or brings them up to date. Call it before anything else touches a store.</summary>
    /// <remarks>SQLite's file is created readable by its owner only; SQLite gives its companions (-wal, -shm) the same rights.</remarks>
    /// <exception cref="DatabaseException">It can't be used; in words.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            var contexts = services.GetRequiredService<IDbContextFactory<RelayDbContext>>();
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (context.Database.IsSqlite()) CreatePrivately(new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource);
            // Asked first, since applying takes a lock in SQLite's file that a killed process would leave behind.
            if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                await context.Database.MigrateAsync(cancellationToken);
            // Write-ahead log: the command line writes while the server reads. Stays in the file once set.
            if (context.Database.IsSqlite()) await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException(failure.Message, failure);
        }
    }

    /// <summary>The database's own check of itself: <c>ok</c>, or what is wrong with it.</summary>
    public static async Task<string> CheckAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<RelayDbContext>>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!context.Database.IsSqlite())
            return await context.Database.CanConnectAsync(cancellationToken) ? "ok" : "the server does not answer";
        return await context.Database.SqlQueryRaw<string>("PRAGMA quick_check(1)").AsAsyncEnumerable().FirstAsync(cancellationToken);
    }

    private static void CreatePrivately(string databaseFile)
    {
        if (OperatingSystem.IsWindows())
            return; // the folder's rights are what counts there
        if (File.Exists(databaseFile))
        {
            File.SetUnixFileMode(databaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return;
        }

        using var _ = new FileStream(databaseFile, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }
}

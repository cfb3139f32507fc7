using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage.Addresses;
using AV1Relay.Storage.Audit;
using AV1Relay.Storage.Joining;
using AV1Relay.Storage.Robots;
using AV1Relay.Storage.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.Storage;

/// <summary>Registers the domain's stores on one SQLite file, and brings that file up to date.</summary>
public static class RelayStorage
{
    /// <param name="services">Where to register.</param>
    /// <param name="databaseFile">Path of the database; its folder exists.</param>
    public static IServiceCollection AddRelayStorage(this IServiceCollection services, string databaseFile)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = databaseFile, ForeignKeys = true }.ToString();
        services.AddPooledDbContextFactory<RelayDbContext>(options => options.UseSqlite(connectionString));
        services.AddSingleton(_ => new DataVersion(connectionString));
        services.AddSingleton<IRobotRegistry, RobotRegistry>();
        services.AddSingleton<IEnrolmentCodes, EnrolmentCodes>();
        services.AddSingleton<ISessionBindings, SessionBindings>();
        services.AddSingleton<IJoinCodes, JoinCodes>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IRelayAddresses, StoredRelayAddresses>();
        return services;
    }

    /// <summary>Creates the database or brings it up to date. Call it before anything else touches a store.</summary>
    /// <remarks>The file is created readable by its owner only; SQLite gives its companions (-wal, -shm) the same rights.</remarks>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<RelayDbContext>>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        CreatePrivately(new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource);
        // Asked first, since applying takes a lock in the database that a killed process would leave behind.
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await context.Database.MigrateAsync(cancellationToken);
        // Write-ahead log: the command line writes while the server reads. Stays in the file once set.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
    }

    /// <summary>SQLite's own check of the file: <c>ok</c>, or what is wrong with it.</summary>
    public static async Task<string> CheckAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<RelayDbContext>>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
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

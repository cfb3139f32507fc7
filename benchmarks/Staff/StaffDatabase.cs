using AV1Relay.Application;
using AV1Relay.Application.Live;
using AV1Relay.Application.Sample;
using AV1Relay.Storage;
using AV1Relay.Storage.Databases;
using AV1Relay.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>A county in a database that is gone afterwards, or in a folder that is kept.</summary>
internal sealed class StaffDatabase : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";

    /// <summary>A Wednesday in autumn, ten minutes into a lesson: a county is the same whenever it is measured.</summary>
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 11, 10, 0);

    private const int Seed = 1;

    private readonly DirectoryInfo? _temporary;
    private readonly PostgresCluster? _cluster;
    private readonly Action<IServiceCollection> _register;
    private readonly ServiceProvider _services;

    private StaffDatabase(string name, Action<IServiceCollection> register, int schools, DirectoryInfo? temporary, PostgresCluster? cluster)
    {
        (Name, _register, _temporary, _cluster) = (name, register, temporary, cluster);
        var services = new ServiceCollection();
        register(services);
        _services = services.BuildServiceProvider();
        Size = SampleSize.County(schools);
        County = new CountyGenerator(Seed, Size, Now);
    }

    public string Name { get; }

    public SampleSize Size { get; }

    public CountyGenerator County { get; }

    /// <summary>Null: it was there.</summary>
    public double? SeedSeconds { get; private set; }

    public static async Task<StaffDatabase> OpenAsync(string name, int schools, DirectoryInfo? kept, CancellationToken cancellationToken)
    {
        var temporary = name == Sqlite && kept is not null ? null : Directory.CreateTempSubdirectory("av1relay-staff");
        var folder = (temporary ?? kept!).FullName; // one of them
        Directory.CreateDirectory(folder);
        var cluster = name == PostgreSql ? await PostgresCluster.StartAsync(isDurable: true) : null;
        RelayDatabase database = cluster is null
            ? new RelayDatabase.Sqlite(Path.Combine(folder, "relay.db"))
            : new RelayDatabase.Postgres(await cluster.CreateDatabaseAsync());
        var county = new StaffDatabase(
            name,
            services => services.AddSingleton<TimeProvider>(new StandingClock(Now.ToDateTimeOffset()))
                .AddSingleton<IRobotsNow, CountyRobots>()
                .AddRelayStorage(database, Path.Combine(folder, "audit.heads"))
                .AddRelayApplication(),
            schools, temporary, cluster);
        try
        {
            await RelayStorage.MigrateAsync(county._services, cancellationToken);
            await county.SeedAsync(cancellationToken);
            return county;
        }
        catch
        {
            await county.DisposeAsync();
            throw;
        }
    }

    /// <summary>The county's services, for a program that serves it.</summary>
    public void Register(IServiceCollection services) => _register(services);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The same as in the database, without reading it.</summary>
    public SampleSchool School(int number) => new CountyGenerator(Seed, Size with { FirstSchool = number, Schools = 1 }, Now).Schools().Single();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
        _temporary?.Delete(recursive: true);
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        var seeder = Get<CountySeeder>();
        var there = await seeder.CountSchoolsAsync(cancellationToken);
        if (there == Size.Schools) return;
        if (there > 0) throw new InvalidOperationException($"The folder has a county of {there} schools: choose another, or say --schools {there}.");
        await Console.Error.WriteLineAsync($"seeding {Size.Schools} schools into {Name} …");
        var started = TimeProvider.System.GetTimestamp();
        await seeder.SeedAsync(County, "benchmarks staff", null, cancellationToken);
        SeedSeconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1);
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

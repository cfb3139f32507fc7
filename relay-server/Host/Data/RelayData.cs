using AV1Relay.Api.Clock;
using AV1Relay.Api.Join;
using AV1Relay.Api.Tokens;
using AV1Relay.Application;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Joining;
using AV1Relay.RelayServer.Commands;
using AV1Relay.StaffConsole.SignIn;
using AV1Relay.Storage;
using AV1Relay.Storage.Databases;

namespace AV1Relay.RelayServer.Data;

/// <summary>The relay's data as the command line uses it, beside a running server or without one.</summary>
internal sealed class RelayData : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RelayData(DataDirectory directory, ServiceProvider services) => (Directory, _services) = (directory, services);

    /// <summary>As the audit names who ran a command.</summary>
    public static string Actor => $"command line ({Environment.UserName})";

    public DataDirectory Directory { get; }

    public RelayClock Clock => Get<RelayClock>();

    public IServiceProvider Services => _services;

    /// <exception cref="CommandException">It can't be used; in words.</exception>
    public static async Task<RelayData> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = DataDirectory.Open(path);
        var services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton<RelayClock>()
            .AddSingleton(_ => directory.TokenKey())
            .AddSingleton<JwtSessionTokens>()
            .AddSingleton<TechnicianTokens>()
            .AddSingleton<PersonTokens>()
            .AddRelayStorage(directory.Database, directory.AuditHeadsFile)
            .AddRelayApplication()
            .AddSingleton<DrawJoinCode>(JoinCode.Draw)
            .AddLogging()
            .AddHttpContextAccessor()
            .AddStaffAccounts(directory.SealingKeys)
            .BuildServiceProvider();
        await MigrateAsync(services, directory, cancellationToken);
        return new RelayData(directory, services);
    }

    /// <exception cref="CommandException">The database can't be used; in words.</exception>
    public static async Task MigrateAsync(IServiceProvider services, DataDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            await RelayStorage.MigrateAsync(services, cancellationToken);
        }
        catch (DatabaseException failure)
        {
            throw new CommandException($"The database {directory.DatabaseName} can't be used: {failure.Message}");
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Records what the command line did, with the name of the account that ran it.</summary>
    public Task RecordAsync(string what, string subject, string detail, CancellationToken cancellationToken) =>
        Get<IAuditLog>().AppendAsync(
            new AuditEntry(Clock.Wall, Actor, what, subject, detail), cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

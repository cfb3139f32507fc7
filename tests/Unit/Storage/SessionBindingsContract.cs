using AV1Relay.Domain.Sessions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public abstract class SessionBindingsContract(TestDatabase database)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 9, 9, 0);
    private static readonly SessionWindow Hour = new(Now, Now + Duration.FromHours(1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fencing_numbers_rise_also_for_whoever_opens_the_database_later()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var first = await storage.Get<ISessionBindings>().BindAsync("a", "robot-1", Hour, Now, Cancellation);
        await using var later = await storage.OpenAsync();
        var second = await later.GetRequiredService<ISessionBindings>().BindAsync("b", "robot-1", Hour, Now, Cancellation);

        Assert.True(second.FencingNumber > first.FencingNumber);
    }

    [Theory]
    [InlineData("a", "robot-2")]
    [InlineData("b", "robot-1")]
    public async Task The_newest_binding_of_a_robot_or_a_session_counts(string session, string robot)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var bindings = storage.Get<ISessionBindings>();
        await bindings.BindAsync("a", "robot-1", Hour, Now, Cancellation);

        var newest = await bindings.BindAsync(session, robot, Hour, Now, Cancellation);

        Assert.Equal([newest], await bindings.ListOpenAsync(Now, Cancellation));
    }

    [Fact]
    public async Task A_binding_is_open_until_its_window_ends()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var bindings = storage.Get<ISessionBindings>();
        var binding = await bindings.BindAsync("a", "robot-1", Hour, Now, Cancellation);

        Assert.Equal(binding, await bindings.FindOpenAsync("a", Hour.End - Duration.FromMilliseconds(1), Cancellation));
        Assert.Null(await bindings.FindOpenAsync("a", Hour.End, Cancellation));
        Assert.Empty(await bindings.ListOpenAsync(Hour.End, Cancellation));
    }

    [Fact]
    public async Task What_another_process_writes_changes_the_version()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var bindings = storage.Get<ISessionBindings>();
        var before = await bindings.ReadVersionAsync(Cancellation);
        if (database == TestDatabase.Sqlite) Assert.Equal(before, await bindings.ReadVersionAsync(Cancellation)); // a server is written to by others too

        await using var other = await storage.OpenAsync();
        await other.GetRequiredService<ISessionBindings>().BindAsync("a", "robot-1", Hour, Now, Cancellation);

        Assert.NotEqual(before, await bindings.ReadVersionAsync(Cancellation));
    }
}

public sealed class SessionBindingsOnSqliteTests() : SessionBindingsContract(TestDatabase.Sqlite);

public sealed class SessionBindingsOnPostgresTests() : SessionBindingsContract(TestDatabase.Postgres);

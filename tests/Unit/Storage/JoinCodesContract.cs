using AV1Relay.Domain.Joining;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public abstract class JoinCodesContract(TestDatabase database)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 9, 9, 0);

    private static readonly StoredJoinCode Code =
        new("amber-otter-1234", "a", Now + Duration.FromMinutes(15), Now + Duration.FromHours(1), null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_who_use_a_code_at_once_one_succeeds()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IJoinCodes>();
        Assert.True(await codes.TryAddAsync(Code, Cancellation));
        Assert.False(await codes.TryAddAsync(Code, Cancellation));

        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => codes.TryUseAsync(Code.Code, Now, Cancellation))));

        Assert.Single(used, success => success);
        Assert.Equal(JoinCodeStanding.Used, (await codes.FindAsync(Code.Code, Cancellation))?.StandingAt(Now));
    }

    [Fact]
    public async Task A_code_ends_with_its_time_or_with_its_session()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IJoinCodes>();
        await codes.TryAddAsync(Code, Cancellation);
        await codes.TryAddAsync(Code with { Code = "long", ExpiresAt = Now + Duration.FromDays(1) }, Cancellation);

        Assert.False(await codes.TryUseAsync(Code.Code, Code.ExpiresAt, Cancellation));
        Assert.False(await codes.TryUseAsync("long", Code.SessionEndsAt, Cancellation));
        Assert.True(await codes.TryUseAsync("long", Code.ExpiresAt, Cancellation));
        Assert.Null(await codes.FindAsync("unknown", Cancellation));
    }
}

public sealed class JoinCodesOnSqliteTests() : JoinCodesContract(TestDatabase.Sqlite);

public sealed class JoinCodesOnPostgresTests() : JoinCodesContract(TestDatabase.Postgres);

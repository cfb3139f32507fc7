using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Records;
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

        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => UseAsync(storage, Code.Code, Now))));

        Assert.Single(used, success => success);
        Assert.Equal(JoinCodeStanding.Used, (await codes.FindAsync(Code.Code, Cancellation))?.StandingAt(Now));
    }

    [Fact]
    public async Task Before_its_time_a_code_is_as_if_it_were_not_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IJoinCodes>();
        var later = Code with { GoodFrom = Now + Duration.FromMinutes(5) };
        await codes.TryAddAsync(later, Cancellation);

        Assert.Equal(JoinCodeStanding.NotYet, (await codes.FindAsync(Code.Code, Cancellation))?.StandingAt(Now));
        Assert.False(await UseAsync(storage, Code.Code, Now));
        Assert.True(await UseAsync(storage, Code.Code, Now + Duration.FromMinutes(5)));
    }

    [Fact]
    public async Task A_code_that_is_used_in_work_that_is_not_kept_still_works()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IJoinCodes>();
        await codes.TryAddAsync(Code, Cancellation);
        await using (var work = await storage.Get<IRecords>().BeginAsync(default, Now, [Claim.OnAuthority], Cancellation))
            Assert.True(await work.Codes.TryUseAsync(Code.Code, Now, Cancellation));

        Assert.Equal(JoinCodeStanding.Usable, (await codes.FindAsync(Code.Code, Cancellation))?.StandingAt(Now));
    }

    [Fact]
    public async Task A_sessions_codes_end_together_and_no_other_sessions()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IJoinCodes>();
        foreach (var (code, session) in new[] { ("one", "a"), ("two", "a"), ("three", "b") })
            await codes.TryAddAsync(Code with { Code = code, Session = session }, Cancellation);

        await using (var work = await storage.Get<IRecords>().BeginAsync(default, Now, [Claim.OnAuthority], Cancellation))
        {
            await work.Codes.EndAsync("a", Now, Cancellation);
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        Assert.Equal(JoinCodeStanding.Expired, (await codes.FindAsync("one", Cancellation))?.StandingAt(Now));
        Assert.Equal(JoinCodeStanding.Expired, (await codes.FindAsync("two", Cancellation))?.StandingAt(Now));
        Assert.Equal(JoinCodeStanding.Usable, (await codes.FindAsync("three", Cancellation))?.StandingAt(Now));
    }

    [Fact]
    public async Task A_code_ends_with_its_time_or_with_its_session()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IJoinCodes>();
        await codes.TryAddAsync(Code, Cancellation);
        await codes.TryAddAsync(Code with { Code = "long", ExpiresAt = Now + Duration.FromDays(1) }, Cancellation);

        Assert.False(await UseAsync(storage, Code.Code, Code.ExpiresAt));
        Assert.False(await UseAsync(storage, "long", Code.SessionEndsAt));
        Assert.True(await UseAsync(storage, "long", Code.ExpiresAt));
        Assert.Null(await codes.FindAsync("unknown", Cancellation));
    }

    private static async Task<bool> UseAsync(TemporaryRelayStorage storage, string code, Instant now)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(default, now, [Claim.OnAdHoc("a")], Cancellation);
        return await work.Codes.TryUseAsync(code, now, Cancellation) && await work.CommitAsync(Cancellation) is null;
    }
}

public sealed class JoinCodesOnSqliteTests() : JoinCodesContract(TestDatabase.Sqlite);

public sealed class JoinCodesOnPostgresTests() : JoinCodesContract(TestDatabase.Postgres);

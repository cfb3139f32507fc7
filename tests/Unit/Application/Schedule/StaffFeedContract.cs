using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Records;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Schedule;

/// <summary>What a person's own calendar holds.</summary>
public abstract class StaffFeedContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_carries_teaches_or_is_key_adult_has_the_session_and_nobody_else()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, feed) = await OpenAsync(storage);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);

        foreach (var who in new[] { InventedSchool.Carrier(0), InventedSchool.Teacher, InventedSchool.KeyAdult })
        {
            var own = Assert.Single((await feed.ReadAsync(who, Cancellation)).Value.Sessions);
            Assert.Equal((InventedSchool.Session(1), "8B", 1L), (own.Session.Id, own.Room, own.Version));
        }

        foreach (var who in new[] { InventedSchool.Sendco, InventedSchool.OtherTeacher, InventedSchool.Technician, EveryRole.OtherKeyAdult })
            Assert.Empty((await feed.ReadAsync(who, Cancellation)).Value.Sessions);
    }

    [Fact]
    public async Task Parents_outsiders_and_people_without_a_role_have_none()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, feed) = await OpenAsync(storage);

        foreach (var who in new[] { InventedSchool.Parent, EveryRole.External, new Caller(InventedSchool.Administrator), new Caller(new(InventedSchool.Number(4_711))) })
        {
            Assert.True((await feed.ReadAsync(who, Cancellation)).IsRefused);
            Assert.False(await feed.MayHaveAsync(who, Cancellation));
        }
    }

    [Fact]
    public async Task It_ends_with_the_role()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, feed) = await OpenAsync(storage);
        Assert.True(await feed.MayHaveAsync(EveryRole.OtherKeyAdult, Cancellation));

        _time.Advance(TimeSpan.FromDays(31)); // its role was given for thirty

        Assert.True((await feed.ReadAsync(EveryRole.OtherKeyAdult, Cancellation)).IsRefused);
    }

    [Fact]
    public async Task Names_are_in_it_only_once_the_school_wants_them()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, feed) = await OpenAsync(storage);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        var before = Assert.Single((await feed.ReadAsync(InventedSchool.Teacher, Cancellation)).Value.Sessions).WithName;

        await school.Records.NamesOutsideAsync(areOn: true);

        Assert.Equal((false, true), (before, Assert.Single((await feed.ReadAsync(InventedSchool.Teacher, Cancellation)).Value.Sessions).WithName));
    }

    private async Task<(InventedSchool School, StaffFeed Feed)> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        return (school, new StaffFeed(new Desk(school.Records, _time)));
    }
}

public sealed class StaffFeedOnSqliteTests() : StaffFeedContract(TestDatabase.Sqlite);

public sealed class StaffFeedOnPostgresTests() : StaffFeedContract(TestDatabase.Postgres);

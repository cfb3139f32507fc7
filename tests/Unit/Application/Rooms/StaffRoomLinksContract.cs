using AV1Relay.Application.Asking;
using AV1Relay.Application.Rooms;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Rooms;

/// <summary>A room link opens one room for one day, to whoever holds it, and nothing else.</summary>
public abstract class StaffRoomLinksContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Administrators_and_sendcos_make_and_end_links_and_nobody_else()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var links = LinksOf(storage);

        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(caller => links.ChoicesAsync(caller, InventedSchool.Id, Cancellation)));
        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(caller =>
            links.MakeAsync(caller, InventedSchool.Id, InventedSchool.Room, InventedSchool.Monday, "", Cancellation)));
        Assert.Equal("Administrator Sendco", await EveryRole.WhoMayAsync(async caller => await links.EndAsync(caller, (await MakeAsync(links)).Id, "", Cancellation)));
    }

    [Fact]
    public async Task Its_holder_sees_the_rooms_sessions_of_that_day_and_nothing_of_whose_they_are()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, day: 1), "", Cancellation); // on Tuesday
        var holder = new Caller((await MakeAsync(LinksOf(storage))).Link);

        var day = (await DaysOf(storage).ReadAsync(holder, Cancellation)).Value;

        Assert.Equal(("Invented School", "8B", InventedSchool.Monday), (day.School, day.Room, day.Date));
        var session = Assert.Single(day.Sessions);
        Assert.Equal(InventedSchool.Session(1), session.Session.Id);
        Assert.Equal(LeftOut.Pupils | LeftOut.PlanContents, session.LeftOut);
        Assert.Equal("room.day-read", (await storage.LastAuditedAsync()).What);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, NamesTurnedOn.Name)]
    public async Task Its_holder_reads_what_the_pupil_wants_to_be_called_once_the_school_has_names_outside(bool areOn, string? name)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Records.NamesOutsideAsync(areOn);
        var holder = new Caller((await MakeAsync(LinksOf(storage))).Link);

        var day = (await DaysOf(storage).ReadAsync(holder, Cancellation)).Value;

        Assert.Equal(name, day.Names.Of.GetValueOrDefault(InventedSchool.Pupil(1))?.Text);
    }

    [Fact]
    public async Task It_opens_no_other_day_and_no_list_of_the_school()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, day: 1), "", Cancellation);
        var holder = new Caller((await MakeAsync(LinksOf(storage))).Link);

        Assert.False((await school.Schedule.ReadAsync(holder, InventedSchool.Session(1), Cancellation)).IsRefused);
        Assert.Equal(["access.out-of-reach"], (await school.Schedule.ReadAsync(holder, InventedSchool.Session(2), Cancellation)).Codes());
        Assert.True((await school.Schedule.ReadCalendarAsync(
            holder, InventedSchool.Id, new DateInterval(InventedSchool.Monday, InventedSchool.Monday), Cancellation)).IsRefused);
        Assert.True((await school.Schedule.DayAsync(holder, InventedSchool.Id, Cancellation)).IsRefused);
    }

    [Fact]
    public async Task It_closes_with_the_schools_hours_and_says_that_it_has_ended()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var link = await MakeAsync(LinksOf(storage));
        Assert.Equal(new LocalTime(18, 0), link.Closes);
        var holder = new Caller(link.Link);

        _time.Advance(TimeSpan.FromHours(10) - TimeSpan.FromSeconds(1)); // 17:59:59
        Assert.False((await DaysOf(storage).ReadAsync(holder, Cancellation)).IsRefused);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["access.ended"], (await DaysOf(storage).ReadAsync(holder, Cancellation)).Codes());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["access.ended"], (await DaysOf(storage).ReadAsync(holder, Cancellation)).Codes());
    }

    [Fact]
    public async Task A_link_for_tomorrow_opens_tomorrow()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var holder = new Caller((await MakeAsync(LinksOf(storage), day: 1)).Link);

        Assert.Equal(["access.not-begun"], (await DaysOf(storage).ReadAsync(holder, Cancellation)).Codes());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False((await DaysOf(storage).ReadAsync(holder, Cancellation)).IsRefused);
    }

    [Fact]
    public async Task A_link_that_was_ended_opens_nothing_from_then_on_and_is_not_in_the_list()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var links = LinksOf(storage);
        var (kept, ended) = (await MakeAsync(links), await MakeAsync(links, day: 1));

        Assert.False((await links.EndAsync(InventedSchool.Sendco, ended.Id, "", Cancellation)).IsRefused);

        Assert.Equal("room.link-ended", (await storage.LastAuditedAsync()).What);
        Assert.Equal([kept.Id], (await links.ChoicesAsync(InventedSchool.Sendco, InventedSchool.Id, Cancellation)).Value.Links.Select(link => link.Id));
        Assert.Equal(["access.ended"], (await DaysOf(storage).ReadAsync(new Caller(ended.Link), Cancellation)).Codes());
        Assert.Equal(["access.already-ended"], (await links.EndAsync(InventedSchool.Sendco, ended.Id, "", Cancellation)).Codes());
    }

    [Theory]
    [InlineData(-1, "room-link.day-over")]
    [InlineData(8, "room-link.too-far-ahead")]
    public async Task A_link_is_made_for_a_day_that_is_near(int day, string code)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        Assert.Equal([code], (await LinksOf(storage).MakeAsync(
            InventedSchool.Sendco, InventedSchool.Id, InventedSchool.Room, InventedSchool.Monday.PlusDays(day), "", Cancellation)).Codes());
    }

    [Fact]
    public async Task A_link_is_made_for_a_room_of_that_school()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        Assert.Equal(["room-link.room-unknown"], (await LinksOf(storage).MakeAsync(
            InventedSchool.Sendco, InventedSchool.Id, new RoomId(Guid.NewGuid()), InventedSchool.Monday, "", Cancellation)).Codes());
    }

    [Fact]
    public async Task Who_holds_it_is_in_no_list_of_people_and_carries_no_booking()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var link = await MakeAsync(LinksOf(storage));

        var booked = await school.Schedule.BookAsync(
            InventedSchool.Sendco, InventedSchool.Wish(1) with { Carrier = link.Link }, "", Cancellation);

        Assert.NotEmpty(booked.Refusals);
    }

    private static Outcome<HeldRoomLink> Check(Outcome<HeldRoomLink> outcome) => outcome.IsRefused ? throw new InvalidOperationException(string.Join(' ', outcome.Codes())) : outcome;

    private static async Task<HeldRoomLink> MakeAsync(StaffRoomLinks links, int day = 0) => Check(await links.MakeAsync(
        InventedSchool.Sendco, InventedSchool.Id, InventedSchool.Room, InventedSchool.Monday.PlusDays(day), "", Cancellation)).Value;

    private StaffRoomLinks LinksOf(TemporaryRelayStorage storage) => new(new Desk(storage.Get<IRecords>(), _time));

    private RoomDays DaysOf(TemporaryRelayStorage storage) => new(new Desk(storage.Get<IRecords>(), _time));
}

public sealed class StaffRoomLinksOnSqliteTests() : StaffRoomLinksContract(TestDatabase.Sqlite);

public sealed class StaffRoomLinksOnPostgresTests() : StaffRoomLinksContract(TestDatabase.Postgres);

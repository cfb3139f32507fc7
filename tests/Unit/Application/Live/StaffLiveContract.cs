using AV1Relay.Application.Asking;
using AV1Relay.Application.Live;
using AV1Relay.Application.Rooms;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.StaffConsole.Pages.Live;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Live;

/// <summary>A live session as whoever stands in the room looks after it.</summary>
public abstract class StaffLiveContract(TestDatabase database)
{
    private static readonly ScheduledSessionId Session = InventedSchool.Session(1);
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());
    private readonly PlayedRobots _robots = new() { Robot = PlayedRobots.Serving(Session) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_in_and_near_the_room_look_after_it_and_others_do_not()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);

        Assert.Equal("Sendco KeyAdult Teacher", await EveryRole.WhoMayAsync(caller => live.OpenAsync(caller, Session, Cancellation)));
        Assert.Equal("Sendco KeyAdult Teacher", await EveryRole.WhoMayAsync(caller => live.GlanceAsync(caller, Session, Cancellation)));
        Assert.Equal("Sendco KeyAdult Teacher", await EveryRole.WhoMayAsync(caller => live.DrawCurtainAsync(caller, Session, true, Cancellation)));
        Assert.Equal("Sendco KeyAdult Teacher", await EveryRole.WhoMayAsync(caller => live.DrawCurtainAsync(caller, Session, false, Cancellation)));
        Assert.Equal("KeyAdult Teacher", await EveryRole.WhoMayAsync(caller => live.AcknowledgeHandAsync(caller, Session, Cancellation)));
        Assert.Equal(
            "Sendco KeyAdult Teacher", await EveryRole.WhoMayAsync(caller => live.ExtendAsync(caller, Session, Duration.FromMinutes(1), Cancellation)));
        Assert.Equal("Sendco KeyAdult Teacher", await EveryRole.WhoMayAsync(caller => live.EndAsync(caller, Session, "", Cancellation)));
        Assert.Equal(
            "Sendco KeyAdult Teacher Technician", await EveryRole.WhoMayAsync(caller => live.PlaceAsync(caller, Session, true, true, true, Cancellation)));
    }

    [Fact]
    public async Task A_room_link_looks_after_its_rooms_sessions()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        var holder = await HolderAsync(storage);

        var seen = (await live.OpenAsync(holder, Session, Cancellation)).Value;

        Assert.Equal(("8B", true, true), (seen.Room, seen.IsServed, seen.IsPupilIn));
        Assert.Equal(5, seen.May.Count);
        Assert.False((await live.DrawCurtainAsync(holder, Session, true, Cancellation)).IsRefused);
        Assert.False((await live.EndAsync(holder, Session, "The lesson is over", Cancellation)).IsRefused);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, NamesTurnedOn.Name)]
    public async Task Whoever_takes_the_class_reads_whom_they_have_at_the_desk_once_the_school_has_names_outside(bool areOn, string? name)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        await storage.Get<IRecords>().NamesOutsideAsync(areOn);

        var seen = (await live.OpenAsync(await HolderAsync(storage), Session, Cancellation)).Value;

        Assert.Equal(name, seen.PupilsName?.Text);
    }

    [Fact]
    public async Task The_curtain_is_wished_of_the_robot_and_noted()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);

        var drawn = await live.DrawCurtainAsync(InventedSchool.Teacher, Session, drawn: true, Cancellation);

        Assert.True(drawn.Value.Robot?.IsCurtainDrawn);
        var noted = await storage.LastAuditedAsync();
        Assert.Equal(("session.curtain-drawn", $"session {Session}"), (noted.What, noted.Subject));
        Assert.Contains("drawn", noted.Detail, StringComparison.Ordinal);
        Assert.Equal([RobotWish.DrawCurtain], _robots.Asked);
    }

    [Fact]
    public async Task Of_a_session_that_is_over_the_page_offers_no_curtain_and_no_hand_and_asks_no_more()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        _robots.Robot = _robots.Robot! with { IsHandRaised = true };
        var during = LiveText.Of((await live.GlanceAsync(InventedSchool.Teacher, Session, Cancellation)).Value);

        await live.EndAsync(InventedSchool.Teacher, Session, "", Cancellation);
        var after = LiveText.Of((await live.GlanceAsync(InventedSchool.Teacher, Session, Cancellation)).Value); // the robot still serves it

        Assert.Equal((true, true, false), (during.Is(LiveText.Draw), during.Is(LiveText.Hand), during.Is(LiveText.Over)));
        Assert.Equal([LiveText.Over], after.When);
    }

    [Fact]
    public async Task A_curtain_that_was_drawn_at_the_robot_is_lifted_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        _robots.Robot = _robots.Robot! with { IsCurtainDrawn = true, IsCurtainAtRobot = true };

        Assert.Equal(["live.curtain-at-robot"], (await live.DrawCurtainAsync(InventedSchool.Teacher, Session, drawn: false, Cancellation)).Codes());
        Assert.Empty(_robots.Asked);
    }

    [Fact]
    public async Task A_robot_that_is_away_or_elsewhere_or_does_nothing_is_told_as_it_is()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        var robot = _robots.Robot!;

        _robots.Robot = null;
        Assert.Equal(["live.robot-away"], (await live.DrawCurtainAsync(InventedSchool.Teacher, Session, true, Cancellation)).Codes());
        _robots.Robot = robot with { Session = InventedSchool.Session(2).ToString() };
        Assert.Equal(["live.not-on"], (await live.DrawCurtainAsync(InventedSchool.Teacher, Session, true, Cancellation)).Codes());
        Assert.False((await live.GlanceAsync(InventedSchool.Teacher, Session, Cancellation)).Value.IsServed);
        (_robots.Robot, _robots.IsStuck) = (robot, true);
        Assert.Equal(["live.no-answer"], (await live.DrawCurtainAsync(InventedSchool.Teacher, Session, true, Cancellation)).Codes());
    }

    [Fact]
    public async Task A_hand_that_was_seen_goes_down_and_is_noted()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        _robots.Robot = _robots.Robot! with { IsHandRaised = true };

        var seen = await live.AcknowledgeHandAsync(InventedSchool.KeyAdult, Session, Cancellation);

        Assert.False(seen.Value.Robot?.IsHandRaised);
        Assert.Equal("session.hand-acknowledged", (await storage.LastAuditedAsync()).What);
    }

    [Fact]
    public async Task Looking_on_is_noted_once_and_not_every_other_second()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);

        await live.OpenAsync(InventedSchool.Teacher, Session, Cancellation);
        var noted = await storage.LastAuditedAsync();
        for (var look = 0; look < 5; look++) Assert.False((await live.GlanceAsync(InventedSchool.Teacher, Session, Cancellation)).IsRefused);

        Assert.Equal("session.live-state-read", noted.What);
        Assert.Equal(noted.Number, (await storage.LastAuditedAsync()).Number);
        Assert.True((await live.GlanceAsync(InventedSchool.OtherTeacher, Session, Cancellation)).IsRefused);
        Assert.Equal("access.refused", (await storage.LastAuditedAsync()).What);
    }

    [Fact]
    public async Task It_ends_with_a_reason_whatever_was_noted_in_it_meanwhile()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        await live.OpenAsync(InventedSchool.Teacher, Session, Cancellation);
        await NoteAsync(storage);

        var ended = await live.EndAsync(InventedSchool.Teacher, Session, "The lesson is over", Cancellation);

        Assert.Equal("The lesson is over", Assert.IsType<EndedBy.Staff>(ended.Value.Session.History.End?.By).Why);
        Assert.Equal(["session.wrong-moment"], (await live.EndAsync(InventedSchool.Teacher, Session, "", Cancellation)).Codes());
    }

    [Fact]
    public async Task Its_end_is_put_off_by_who_holds_a_room_link_too_until_that_is_too_much()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        var holder = await HolderAsync(storage);
        var end = (await live.OpenAsync(holder, Session, Cancellation)).Value.Read.Session.Window.End;
        await NoteAsync(storage);

        var longer = (await live.ExtendAsync(holder, Session, Duration.FromMinutes(10), Cancellation)).Value.Session;

        Assert.Equal(end + Duration.FromMinutes(10), longer.Window.End);
        Assert.Equal(["session.extension-too-long"], (await live.ExtendAsync(holder, Session, Duration.FromHours(1), Cancellation)).Codes());
    }

    [Fact]
    public async Task What_is_not_there_is_refused_as_what_is_anothers()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var live = await LiveAsync(storage);
        var nothing = InventedSchool.Session(77);

        var theirs = await live.OpenAsync(InventedSchool.OtherTeacher, Session, Cancellation);

        Assert.Equal(theirs.Refusals, (await live.OpenAsync(InventedSchool.Teacher, nothing, Cancellation)).Refusals);
        Assert.Equal(theirs.Refusals, (await live.DrawCurtainAsync(InventedSchool.Teacher, nothing, true, Cancellation)).Refusals);
        Assert.Equal(theirs.Refusals, (await live.EndAsync(InventedSchool.Teacher, nothing, "", Cancellation)).Refusals);
    }

    private async Task<StaffLive> LiveAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2), "", Cancellation);
        var booked = (await school.Schedule.ReadAsync(InventedSchool.Sendco, InventedSchool.Session(2), Cancellation)).Value.Session;
        _time.Advance(booked.Window.Start.ToDateTimeOffset() - _time.GetUtcNow());
        var act = new Act(InventedSchool.KeyAdult.Who, booked.Window.Start);
        var yes = new Agreement(
            InventedSchool.Pupil(1).ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(Session), act.At, AgreementManner.Page);
        await school.KeepAsync(work => work.Sessions.Add(new ScheduledSession(
            Session, booked.Booked, new SessionHistory(act, [yes], new RobotPlacement(act), [new DeviceJoin("tablet-1", act.At)]))));
        var desk = new Desk(storage.Get<IRecords>(), _time);
        return new StaffLive(desk, school.Schedule, _robots);
    }

    private async Task<Caller> HolderAsync(TemporaryRelayStorage storage) => new((await new StaffRoomLinks(new Desk(storage.Get<IRecords>(), _time)).MakeAsync(
        InventedSchool.Sendco, InventedSchool.Id, InventedSchool.Room, InventedSchool.Monday, "", Cancellation)).Value.Link);

    private async Task NoteAsync(TemporaryRelayStorage storage)
    {
        var now = Instant.FromDateTimeOffset(_time.GetUtcNow());
        await using var work = await storage.Get<IRecords>().BeginAsync(InventedSchool.Administrator, now, [Claim.On(InventedSchool.Pupil(1))], Cancellation);
        var kept = (await work.Sessions.FindAsync(Session, Cancellation))!;
        work.Sessions.Replace(kept, kept.Value.Pause(PauseReason.Curtain, now).Value);
        Assert.Null(await work.CommitAsync(Cancellation));
    }
}

public sealed class StaffLiveOnSqliteTests() : StaffLiveContract(TestDatabase.Sqlite);

public sealed class StaffLiveOnPostgresTests() : StaffLiveContract(TestDatabase.Postgres);

using AV1Relay.Application.Running;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Storage;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Application.Running;

public abstract class RunningSessionsContract(TestDatabase database)
{
    private const string Tablet = Stage.Tablet;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_robot_that_was_not_placed_in_time_is_released_once()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Agreed);

        Assert.Empty(await stage.OnTimeAsync(At(10, 19, 59)));
        var passed = Assert.Single(await stage.OnTimeAsync(At(10, 20)));

        Assert.Contains(new SessionNotice(NoticeKind.RobotReleased, Audience.Carrier), passed.Notices);
        Assert.Equal(SessionState.Missed, (await stage.SessionAsync()).State);
        Assert.Empty(await stage.OnTimeAsync(At(10, 21)));
        Assert.Equal(["relay session.robot-released"], await stage.AuditAsync());
    }

    [Fact]
    public async Task A_session_ends_with_its_window_however_late_that_is_noticed()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);

        await stage.OnTimeAsync(At(10, 30));
        await stage.OnTimeAsync(At(12, 0));

        var session = await stage.SessionAsync();
        Assert.Equal((At(10, 30), End), (session.History.WarnedOfEndAt, session.History.End?.At));
        Assert.Equal(["relay session.end-near", "relay session.time-up"], await stage.AuditAsync());
    }

    [Fact]
    public async Task What_the_relay_writes_has_the_relay_beside_it()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Agreed);
        await stage.OnTimeAsync(At(10, 20));

        await using var work = await stage.Storage.Get<IRecords>().BeginAsync(KeyAdult, At(11, 0), [], Cancellation);

        Assert.Equal(RelayItself.Who, (await work.Sessions.FindAsync(Id(1), Cancellation))?.ChangedBy);
    }

    [Fact]
    public async Task A_pupil_who_has_left_the_school_gets_nothing_for_what_was_booked_before()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        Assert.False((await stage.DecideAsync(At(10, 7))).Outcome.IsRefused);

        await stage.LeaveSchoolAsync(Monday.PlusDays(-1));

        Assert.Equal(["grant.pupil-elsewhere"], (await stage.DecideAsync(At(10, 8))).Outcome.Codes());
        Assert.Equal(["grant.pupil-elsewhere"], (await stage.JoinAsync("tablet-2", At(10, 8))).Codes());
    }

    [Fact]
    public async Task Before_a_pupils_first_device_there_is_nothing_to_grant()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);

        Assert.Equal(["grant.nobody-yet"], (await stage.DecideAsync(Start)).Outcome.Codes());
    }

    [Fact]
    public async Task A_ready_session_is_granted_to_the_pupils_own_device()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        await stage.KeepAsync(work => work.Devices.Add(new PupilDevice(Tablet, Pupil, By(At(9, 0)))));

        var grant = (await stage.DecideAsync(Start)).Outcome.Value.Grant;

        Assert.Equal((Tablet, "robot-a", SeeAndHear), (grant.PupilDevice, grant.RobotName, grant.Capabilities));
        Assert.True(grant.FencingNumber > 0);
    }

    [Fact]
    public async Task What_has_not_begun_is_not_decided_and_its_beginning_is_not_missed()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);

        var decisions = await stage.Running.DecideAsync(Start - Duration.FromSeconds(30), Cancellation);

        Assert.Empty(decisions.Sessions);
        Assert.Equal(Start, decisions.LookAgainAt);
    }

    [Fact]
    public async Task A_narrower_step_is_a_narrower_grant_under_a_new_number()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        var wide = (await stage.DecideAsync(At(10, 9))).Outcome.Value.Grant;

        await stage.ChangeStepAsync(Capability.See);
        var narrow = (await stage.DecideAsync(At(10, 11))).Outcome.Value.Grant;

        Assert.Equal(new CapabilitySet(Capability.See), narrow.Capabilities);
        Assert.True(narrow.FencingNumber > wide.FencingNumber);
    }

    [Fact]
    public async Task The_same_decision_has_the_same_number_also_for_a_relay_that_starts_anew()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        var first = (await stage.DecideAsync(At(10, 9))).Outcome.Value.Grant;

        var later = new RunningSessions(stage.Storage.Get<IRecords>(), stage.Storage.Get<IGrantNumbers>());

        Assert.Equal(first, Assert.Single((await later.DecideAsync(At(10, 10), Cancellation)).Sessions).Outcome.Value.Grant);
    }

    [Fact]
    public async Task A_longer_session_has_a_new_number()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        var before = (await stage.DecideAsync(At(10, 9))).Outcome.Value.Grant;

        await stage.ChangeSessionAsync(session => session.Extend(Duration.FromMinutes(5), new WhatFollows(null, null, null, RobotForSamePupil: false), By(At(10, 10)), Rules).Value);
        var after = (await stage.DecideAsync(At(10, 11))).Outcome.Value.Grant;

        Assert.Equal(End + Duration.FromMinutes(5), after.Window.End);
        Assert.True(after.FencingNumber > before.FencingNumber);
    }

    [Fact]
    public async Task A_grant_that_ended_and_comes_back_has_a_new_number_since_robots_take_no_old_one()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        var before = (await stage.DecideAsync(At(10, 9))).Outcome.Value.Grant;

        await stage.ChangeDeviceAsync(device => device.Unbind(By(At(10, 10))));
        Assert.Equal(["grant.other-device"], (await stage.DecideAsync(At(10, 11))).Outcome.Codes());
        await stage.ChangeDeviceAsync(_ => new PupilDevice(Tablet, Pupil, By(At(10, 12))));

        Assert.True((await stage.DecideAsync(At(10, 13))).Outcome.Value.Grant.FencingNumber > before.FencingNumber);
    }

    [Fact]
    public async Task A_session_on_the_calendar_takes_its_robot_from_a_technicians_and_has_the_higher_number()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        var bindings = stage.Storage.Get<ISessionBindings>();
        var adHoc = await bindings.BindAsync("bench", "robot-a", new SessionWindow(At(9, 0), At(12, 0)), At(9, 0), Cancellation);

        var grant = (await stage.DecideAsync(At(10, 9))).Outcome.Value.Grant;

        Assert.True(grant.FencingNumber > adHoc.FencingNumber);
        Assert.Empty(await bindings.ListOpenAsync(At(10, 9), Cancellation));
    }

    [Fact]
    public async Task Coming_in_binds_the_device_and_is_granted_what_the_step_allows()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);

        var granted = (await stage.JoinAsync(Tablet, At(10, 6))).Value;

        Assert.Equal((Tablet, SeeAndHear, End), (granted.Grant.PupilDevice, granted.Grant.Capabilities, granted.Grant.Window.End));
        Assert.Equal(Pupil, (await stage.DeviceAsync())?.Pupil);
        Assert.Equal(SessionState.Live, (await stage.SessionAsync()).State);
        Assert.Equal(["link device.bound", "link session.joined"], await stage.AuditAsync());
        Assert.Equal(granted.Grant, (await stage.DecideAsync(At(10, 7))).Outcome.Value.Grant);
        Assert.Equal(Stage.ActivePlan().Ladder.Current.Situation, granted.Step.Situation);
    }

    [Fact]
    public async Task Somebody_elses_device_is_turned_away_kindly_and_nothing_is_kept()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        await stage.KeepAsync(work => work.Devices.Add(new PupilDevice(Tablet, OtherPupil, By(At(9, 0)))));

        var refused = await stage.JoinAsync(Tablet, At(10, 6));

        Assert.Equal(["device.somebody-elses"], refused.Codes());
        Assert.Contains("You have done nothing wrong", refused.Refusals[0].Reason, StringComparison.Ordinal);
        Assert.Equal(SessionState.Ready, (await stage.SessionAsync()).State);
    }

    [Fact]
    public async Task A_device_that_staff_took_back_can_be_the_next_pupils()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        await stage.KeepAsync(work => work.Devices.Add(new PupilDevice(Tablet, OtherPupil, By(At(9, 0)), By(At(9, 30)))));

        Assert.False((await stage.JoinAsync(Tablet, At(10, 6))).IsRefused);

        Assert.Equal(Pupil, (await stage.DeviceAsync())?.Pupil);
    }

    [Theory]
    [InlineData(SessionState.Agreed, "session.wrong-moment")]
    [InlineData(SessionState.Ended, "session.wrong-moment")]
    public async Task Who_comes_at_the_wrong_moment_hears_why(SessionState state, string code)
    {
        await using var stage = await Stage.SetAsync(database, state);

        Assert.Equal([code], (await stage.JoinAsync(Tablet, At(10, 6))).Codes());
    }

    [Fact]
    public async Task Coming_in_uses_the_code_up_and_ends_the_sessions_other_codes()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        var (first, second) = (await stage.AddCodeAsync("first", At(10, 5)), await stage.AddCodeAsync("second", At(10, 5)));

        Assert.False((await stage.Running.JoinAsync(Id(1), first, Tablet, At(10, 6), Cancellation)).IsRefused);

        Assert.Equal([RunningSessions.CodeOver], (await stage.Running.JoinAsync(Id(1), first, Tablet, At(10, 7), Cancellation)).Refusals);
        Assert.Equal([RunningSessions.CodeOver], (await stage.Running.JoinAsync(Id(1), second, Tablet, At(10, 7), Cancellation)).Refusals);
        Assert.Single((await stage.SessionAsync()).History.Joins);
    }

    [Fact]
    public async Task Who_is_turned_away_keeps_the_code()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        var code = await stage.AddCodeAsync("first", At(10, 4));

        Assert.Equal(["session.not-started"], (await stage.Running.JoinAsync(Id(1), code, Tablet, At(10, 4), Cancellation)).Codes());

        Assert.Null(await stage.DeviceAsync());
        Assert.False((await stage.Running.JoinAsync(Id(1), code, Tablet, At(10, 5), Cancellation)).IsRefused);
    }

    [Theory]
    [InlineData(SessionState.Agreed)]
    [InlineData(SessionState.Ready)]
    public async Task A_look_ahead_shows_todays_step_before_the_start_and_begins_nothing(SessionState state)
    {
        await using var stage = await Stage.SetAsync(database, state);
        var before = await stage.SessionAsync();

        var ahead = (await stage.Running.LookAheadAsync(Id(1), Tablet, isNews: true, At(9, 50), Cancellation)).Value;
        await stage.Running.LookAheadAsync(Id(1), Tablet, isNews: false, At(9, 51), Cancellation);

        Assert.Equal((Stage.ActivePlan().Ladder.Current.Situation, SeeAndHear), (ahead.Step.Situation, ahead.Capabilities));
        Assert.Equal(new LocalTime(10, 5), ahead.BeginsAt);
        Assert.Equal(before.State, (await stage.SessionAsync()).State);
        Assert.Empty((await stage.SessionAsync()).History.Joins);
        Assert.Null(await stage.DeviceAsync());
        Assert.Equal(["link session.looked-ahead"], await stage.AuditAsync());
    }

    [Fact]
    public async Task After_the_start_a_look_ahead_says_no_time_and_what_the_step_has_lost_is_gone_from_it()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        await stage.ChangeStepAsync(Capability.See);

        var ahead = (await stage.Running.LookAheadAsync(Id(1), Tablet, isNews: true, At(10, 6), Cancellation)).Value;

        Assert.Null(ahead.BeginsAt);
        Assert.Equal(new CapabilitySet(Capability.See), ahead.Capabilities);
    }

    [Theory]
    [InlineData(SessionState.Missed)]
    [InlineData(SessionState.Ended)]
    public async Task What_is_over_is_not_looked_at_any_more(SessionState state)
    {
        await using var stage = await Stage.SetAsync(database, state);

        Assert.Equal(["session.wrong-moment"], (await stage.Running.LookAheadAsync(Id(1), Tablet, isNews: true, At(10, 6), Cancellation)).Codes());
        Assert.Empty(await stage.AuditAsync());
    }

    [Fact]
    public async Task On_somebody_elses_device_or_for_a_pupil_who_has_left_nothing_is_shown()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        await stage.KeepAsync(work => work.Devices.Add(new PupilDevice(Tablet, OtherPupil, By(At(9, 0)))));

        Assert.Equal(["device.somebody-elses"], (await stage.Running.LookAheadAsync(Id(1), Tablet, isNews: true, At(9, 50), Cancellation)).Codes());
        await stage.LeaveSchoolAsync(Monday.PlusDays(-1));
        Assert.Equal(["grant.pupil-elsewhere"], (await stage.Running.LookAheadAsync(Id(1), "tablet-2", isNews: true, At(9, 50), Cancellation)).Codes());
    }

    [Theory]
    [InlineData(9, 50, 60)]
    [InlineData(10, 4, 60)]
    [InlineData(10, 6, 15)]
    public async Task Who_waits_asks_again_when_it_is_worth_while(int hour, int minute, int seconds)
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Agreed);

        Assert.Equal(Duration.FromSeconds(seconds), await WaitAsync(At(hour, minute)));
        Assert.Equal(Duration.FromSeconds(20), await WaitAsync(Start - Duration.FromSeconds(20)));
        Assert.Null(await stage.Running.FindWaitAsync(Id(1), RunningSessions.CodeOver, Start, Cancellation));

        async Task<Duration?> WaitAsync(Instant at) =>
            await stage.Running.FindWaitAsync(Id(1), (await stage.JoinAsync(Tablet, at)).Refusals[0], at, Cancellation);
    }

    [Fact]
    public async Task What_a_pupil_says_afterwards_is_theirs_until_they_have_seen_it_and_share_it()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        Assert.Equal(["session.wrong-moment"], (await ReflectAsync(stage, new LookBack(4, "Long.", null))).Codes());
        await stage.Running.LeaveAsync(Id(1), Tablet, At(10, 34), Cancellation);

        var curve = (await ReflectAsync(stage, new LookBack(4, "Long.", null))).Value;

        Assert.Equal([4], curve.AtThisStep);
        Assert.Equal(("", (int?)null), await SeenByAdultsAsync(stage));
        Assert.False((await ReflectAsync(stage, new LookBack(4, "Long.", new LookBackShared(Rating: true, Line: false)))).IsRefused);
        Assert.Equal(("", (int?)4), await SeenByAdultsAsync(stage));
        Assert.False((await ReflectAsync(stage, new LookBack(4, "Long.", new LookBackShared(Rating: false, Line: true)))).IsRefused);
        Assert.Equal(("Long.", (int?)null), await SeenByAdultsAsync(stage));
        Assert.Equal(SessionState.Reflected, (await stage.SessionAsync()).State);
        Assert.Equal(
            ["link session.left", "link session.looked-back-on", "link ratings.sharing-changed", "link session.looked-back-on", "link ratings.sharing-changed"],
            await stage.AuditAsync());
    }

    [Fact]
    public async Task A_look_back_without_a_number_keeps_none_and_another_device_says_nothing()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ended);

        Assert.False((await ReflectAsync(stage, new LookBack(null, "", null))).IsRefused);
        Assert.Equal(["text.name-too-long"], (await ReflectAsync(stage, new LookBack(null, new string('a', 201), null))).Codes());
        Assert.Equal(["session.not-in"], (await stage.Running.ReflectAsync(Id(1), _ => false, new LookBack(4, "", null), End, Cancellation)).Codes());

        Assert.Empty(await stage.RatingsAsync());
    }

    [Fact]
    public async Task How_it_felt_before_is_kept_while_they_are_in_and_shared_with_the_other_number_or_not_at_all()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);

        Assert.Null(await BeforeAsync(stage, 9));
        Assert.Null(await BeforeAsync(stage, 7)); // said again, it is a correction
        Assert.Equal("session.not-in", (await stage.Running.RateBeforeAsync(Id(1), _ => false, 7, At(10, 20), Cancellation))?.Code);
        await stage.Running.LeaveAsync(Id(1), Tablet, At(10, 34), Cancellation);
        Assert.Equal("session.not-in", (await BeforeAsync(stage, 1))?.Code); // afterwards it would not be one from before
        var curve = (await ReflectAsync(stage, new LookBack(4, "", null))).Value;
        var unseen = Assert.Single(await stage.RatingsAsync()).ForAdults();
        await ReflectAsync(stage, new LookBack(4, "", new LookBackShared(Rating: true, Line: false)));
        var shared = Assert.Single(await stage.RatingsAsync()).ForAdults();
        await ReflectAsync(stage, new LookBack(4, "", new LookBackShared(Rating: false, Line: false)));
        var kept = Assert.Single(await stage.RatingsAsync());

        Assert.Equal((7, 4), (curve.Before, Assert.Single(curve.AtThisStep)));
        Assert.Equal((null, null), (unseen.Before, unseen.After));
        Assert.Equal((7, 4), (shared.Before, shared.After));
        Assert.Equal((null, null, 7), (kept.ForAdults().Before, kept.ForAdults().After, kept.ForPupil.Before));
    }

    private static Task<Refusal?> BeforeAsync(Stage stage, int rating) =>
        stage.Running.RateBeforeAsync(Id(1), device => device == Tablet, rating, At(10, 20), Cancellation);

    private static Task<Outcome<PupilsCurve>> ReflectAsync(Stage stage, LookBack said) =>
        stage.Running.ReflectAsync(Id(1), device => device == Tablet, said, At(10, 40), Cancellation);

    private static async Task<(string Line, int? Rating)> SeenByAdultsAsync(Stage stage) => (
        (await stage.SessionAsync()).PupilsReflection!.ForAdults().Words, Assert.Single(await stage.RatingsAsync()).ForAdults().After); // it was looked back on

    [Fact]
    public async Task A_robot_that_is_moved_to_another_school_during_a_session_has_its_grant_withdrawn()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        var before = (await stage.DecideAsync(At(10, 9))).Outcome.Value.Grant;

        await stage.ChangeRobotAsync(robot => robot with { School = new SchoolId(Number(98)) });
        Assert.Equal(["grant.robot-elsewhere"], (await stage.DecideAsync(At(10, 10))).Outcome.Codes());

        await stage.ChangeRobotAsync(_ => Stationed);
        Assert.True((await stage.DecideAsync(At(10, 11))).Outcome.Value.Grant.FencingNumber > before.FencingNumber);
    }

    [Fact]
    public async Task A_robot_that_is_taken_out_of_service_during_a_session_has_its_grant_withdrawn()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);

        await stage.ChangeRobotAsync(robot => robot with { OutOfServiceBecause = "the head does not turn" });

        Assert.Equal(["grant.robot-out-of-service"], (await stage.DecideAsync(At(10, 10))).Outcome.Codes());
    }

    [Fact]
    public async Task Nobody_comes_in_to_another_schools_classroom()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Ready);
        await stage.ChangeRobotAsync(robot => robot with { School = new SchoolId(Number(98)) });

        Assert.Equal(["grant.robot-elsewhere"], (await stage.JoinAsync(Tablet, At(10, 6))).Codes());
    }

    [Fact]
    public async Task A_session_that_can_not_be_read_is_refused_and_the_others_are_decided()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        await stage.AddUnreadableAsync(2);

        var decisions = await stage.Running.DecideAsync(At(10, 9), Cancellation);

        Assert.Equal(Id(2), Assert.Single(decisions.Failures).Session);
        Assert.Equal(["grant.cannot-decide"], Assert.Single(decisions.Sessions, session => session.Id == Id(2)).Outcome.Codes());
        Assert.False(Assert.Single(decisions.Sessions, session => session.Id == Id(1)).Outcome.IsRefused);
    }

    [Fact]
    public async Task A_session_that_can_not_be_read_does_not_keep_time_from_the_others()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        await stage.AddUnreadableAsync(2);

        var passing = await stage.Running.OnTimeAsync(At(10, 40), Cancellation);

        Assert.Equal(Id(2), Assert.Single(passing.Failures).Session);
        Assert.Equal(Id(1), Assert.Single(passing.Changed).Session.Id);
        Assert.Equal(SessionState.Ended, (await stage.SessionAsync()).State);
    }

    [Fact]
    public async Task Many_sessions_are_decided_with_as_many_questions_as_one()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        await stage.DecideAsync(At(10, 9)); // numbered
        var one = await stage.QuestionsAsync(() => stage.Running.DecideAsync(At(10, 10), Cancellation));
        for (var number = 2; number < 22; number++) await stage.AddLiveAsync(number);
        await stage.Running.DecideAsync(At(10, 11), Cancellation);

        var many = await stage.QuestionsAsync(() => stage.Running.DecideAsync(At(10, 12), Cancellation));

        Assert.Equal(one, many);
    }

    [Fact]
    public async Task A_second_device_of_the_pupils_takes_over()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);
        var first = (await stage.DecideAsync(At(10, 9))).Outcome.Value.Grant;

        var second = (await stage.JoinAsync("tablet-2", At(10, 10))).Value.Grant;

        Assert.Equal("tablet-2", second.PupilDevice);
        Assert.True(second.FencingNumber > first.FencingNumber);
        Assert.Equal(["link device.bound", "link session.rejoined"], await stage.AuditAsync());
    }

    [Fact]
    public async Task The_pupil_leaves_whenever_they_like_and_nothing_is_granted_any_more()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);

        await stage.Running.LeaveAsync(Id(1), Tablet, At(10, 12), Cancellation);

        Assert.True((await stage.SessionAsync()).WasLeftEarly);
        Assert.Empty((await stage.Running.DecideAsync(At(10, 13), Cancellation)).Sessions);
        Assert.Equal(["link session.left"], await stage.AuditAsync());
    }

    [Fact]
    public async Task What_was_live_is_in_the_ledger_once_however_it_ended()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);

        await stage.Running.LeaveAsync(Id(1), Tablet, At(10, 16), Cancellation);
        await stage.Running.LeaveAsync(Id(1), Tablet, At(10, 17), Cancellation);
        await stage.OnTimeAsync(At(10, 40));

        var line = Assert.Single(await stage.LedgerAsync());
        Assert.Equal((Id(1), Duration.FromMinutes(10)), (line.Current?.Session, line.Current?.Live));
    }

    [Fact]
    public async Task A_device_that_is_not_in_the_session_ends_nothing()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);

        Assert.Equal(["session.not-in"], (await stage.Running.LeaveAsync(Id(1), "tablet-2", At(10, 12), Cancellation)).Codes());
    }

    [Fact]
    public async Task What_holds_a_session_up_is_noted_when_it_begins_and_when_it_ends()
    {
        await using var stage = await Stage.SetAsync(database, SessionState.Live);

        await stage.Running.NoteAsync(Id(1), [PauseReason.Curtain, PauseReason.NoNetwork], At(10, 10), Cancellation);
        await stage.Running.NoteAsync(Id(1), [PauseReason.Curtain, PauseReason.NoNetwork], At(10, 11), Cancellation);
        await stage.Running.NoteAsync(Id(1), [PauseReason.NoNetwork], At(10, 12), Cancellation);

        Assert.Equal(
            [new Pause(PauseReason.Curtain, At(10, 10), At(10, 12)), new Pause(PauseReason.NoNetwork, At(10, 10))], (await stage.SessionAsync()).History.Pauses);
        Assert.Equal(["relay session.paused", "relay session.paused", "relay session.resumed"], await stage.AuditAsync());
    }
}

public sealed class RunningSessionsOnSqliteTests() : RunningSessionsContract(TestDatabase.Sqlite);

public sealed class RunningSessionsOnPostgresTests() : RunningSessionsContract(TestDatabase.Postgres);

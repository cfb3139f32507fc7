using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;
using static AV1Relay.Domain.Booking.SessionState;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

public sealed class SessionLifeTests
{
    // What people can do, each at a moment at which nothing but the state could stand in the way.
    private static readonly Dictionary<string, Func<ScheduledSession, Outcome<ScheduledSession>>> Doings = new()
    {
        ["agree"] = session => session.Agree(PupilSaysYes),
        ["decline"] = session => session.Decline(PupilSaysNo),
        ["cancel"] = session => session.Cancel(By(At(9, 0))),
        ["move"] = session => Bookings.Move(session, BookingRequest.ForMoving(session, By(At(9, 0))) with { Slot = Slot(10, 10) }, Board(session)),
        ["place"] = session => session.Place(AllWell, Stationed, By(At(10, 0)), Rules),
        ["join"] = session => session.Join("tablet-2", At(10, 20)),
        ["pause"] = session => session.Pause(PauseReason.Curtain, At(10, 20)),
        ["resume"] = session => session.Resume(PauseReason.Curtain, At(10, 21)),
        ["extend"] = session => session.Extend(Duration.FromMinutes(5), WhatFollows.Nothing, By(At(10, 30)), Rules),
        ["leave"] = session => session.Leave(At(10, 34), Rules),
        ["end"] = session => session.End(By(At(10, 34))),
        ["reflect"] = session => session.Reflect(new Reflection.OfPupil(Pupil, At(11, 0))),
    };

    private static readonly string[] WordsForStaff = ["Ask the pupil", "Put the robot", "Wait for the pupil", "cancel", "end it", "Book"];

    // From the state, by the doing, to the state. What is not here is refused.
    private static readonly Dictionary<(SessionState, string), SessionState> Allowed = new()
    {
        [(Proposed, "agree")] = Agreed,
        [(Proposed, "decline")] = Declined,
        [(Agreed, "decline")] = Declined,
        [(Ready, "decline")] = Declined,
        [(Proposed, "cancel")] = Cancelled,
        [(Agreed, "cancel")] = Cancelled,
        [(Ready, "cancel")] = Cancelled,
        [(Proposed, "move")] = Proposed,
        [(Agreed, "move")] = Proposed,
        [(Agreed, "place")] = Ready,
        [(Ready, "join")] = Live,
        [(Live, "join")] = Live,
        [(Live, "pause")] = Live,
        [(Live, "resume")] = Live,
        [(Live, "extend")] = Live,
        [(Live, "leave")] = Ended,
        [(Live, "end")] = Ended,
        [(Ended, "leave")] = Ended,
        [(Reflected, "leave")] = Reflected,
        [(Ended, "reflect")] = Reflected,
        [(Reflected, "reflect")] = Reflected,
    };

    public static TheoryData<SessionState, string> EveryDoingInEveryState()
    {
        var data = new TheoryData<SessionState, string>();
        foreach (var state in Enum.GetValues<SessionState>())
        {
            foreach (var doing in Doings.Keys) data.Add(state, doing);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryDoingInEveryState))]
    public void Each_doing_leads_on_from_its_states_and_is_refused_in_all_others(SessionState state, string doing)
    {
        var outcome = Doings[doing](In(state));

        if (Allowed.TryGetValue((state, doing), out var next)) Assert.Equal(next, outcome.Value.State);
        else Assert.Equal(["session.wrong-moment"], outcome.Codes());
    }

    [Theory]
    [MemberData(nameof(EveryDoingInEveryState))]
    public void What_is_refused_says_why_and_what_to_do(SessionState state, string doing) =>
        Assert.All(Doings[doing](In(state)).Refusals, refusal => Assert.False(refusal.Reason.Length == 0 || refusal.NextStep.Length == 0));

    [Fact]
    public void Where_a_parent_is_asked_the_pupil_alone_does_not_make_it_agreed()
    {
        var session = Booked(Use(asksParent: true)).Agree(PupilSaysYes).Value;

        Assert.Equal(Proposed, session.State);
        Assert.Equal(Agreed, session.Agree(ParentSaysYes).Value.State);
    }

    [Fact]
    public void A_parent_alone_does_not_make_it_agreed() => Assert.Equal(Proposed, Booked().Agree(ParentSaysYes).Value.State);

    [Fact]
    public void A_second_yes_of_a_parent_keeps_the_first()
    {
        var session = Booked().Agree(ParentSaysYes).Value.Agree(ParentSaysYes with { Words = "again" }).Value;

        Assert.Equal([ParentSaysYes], session.History.Agreements);
    }

    [Fact]
    public void A_yes_from_before_a_move_is_not_taken_for_the_session_as_it_is_now()
    {
        var moved = Bookings.Move(In(Agreed), BookingRequest.ForMoving(In(Agreed), By(At(9, 0))) with { Slot = Slot(10, 10) }, Board()).Value;

        Assert.Equal(["session.agreed-before"], moved.Agree(PupilSaysYes).Codes());
        Assert.Equal(Agreed, moved.Agree(PupilSaysYes with { At = At(9, 0) }).Value.State);
    }

    [Fact]
    public void A_pupil_does_not_agree_as_a_parent() =>
        Assert.Equal(["session.pupil-as-parent"], Booked(Use(asksParent: true)).Agree(ParentSaysYes with { Who = Pupil.ToString() }).Codes());

    [Theory]
    [InlineData("agree")]
    [InlineData("decline")]
    [InlineData("join")]
    [InlineData("leave")]
    [InlineData("reflect")]
    public void A_pupil_is_not_told_what_staff_have_to_do(string doing)
    {
        var told = Enum.GetValues<SessionState>().SelectMany(state => Doings[doing](In(state)).Refusals).Select(refusal => refusal.NextStep);

        Assert.DoesNotContain(told, step => WordsForStaff.Any(words => step.Contains(words, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_pupil_who_comes_after_the_end_is_shown_the_day() =>
        Assert.Equal("Look at your day for the next one.", In(Ready).Join("tablet-1", End).Refusals[0].NextStep);

    [Fact]
    public void Leaving_twice_changes_nothing()
    {
        var left = In(Live).Leave(At(10, 7), Rules).Value;

        Assert.Same(left, left.Leave(At(10, 34), Rules).Value);
    }

    [Fact]
    public void Pupil_and_staff_look_back_each_for_themselves()
    {
        var reflected = In(Ended).Reflect(new Reflection.OfStaff(KeyAdult, At(10, 50), "Calm")).Value
            .Reflect(new Reflection.OfPupil(Pupil, At(11, 0), "Loud")).Value;

        Assert.Equal(("Loud", "Calm"), (reflected.PupilsReflection!.Words, reflected.StaffReflection!.Words)); // both were just said
    }

    [Fact]
    public void A_correction_of_what_was_said_keeps_the_original()
    {
        Reflection[] said = [new Reflection.OfPupil(Pupil, At(11, 0), "Loud"), new Reflection.OfPupil(Pupil, At(11, 5), "Loud at first")];

        var reflected = In(Ended).Reflect(said[0]).Value.Reflect(said[1]).Value;

        Assert.Equal(said, reflected.History.Reflections);
        Assert.Equal(said[1], reflected.PupilsReflection);
    }

    [Fact]
    public void Saying_the_same_again_changes_nothing()
    {
        var reflected = In(Reflected);

        Assert.Same(reflected, reflected.Reflect(new Reflection.OfPupil(Pupil, At(12, 0))).Value);
    }

    [Fact]
    public void Another_pupil_does_not_look_back_on_it() =>
        Assert.Equal(["session.other-pupil"], In(Ended).Reflect(new Reflection.OfPupil(OtherPupil, At(11, 0))).Codes());

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "Loud")]
    public void Adults_read_a_pupils_line_only_where_the_pupil_shares_it(bool isShared, string read) =>
        Assert.Equal(read, new Reflection.OfPupil(Pupil, At(11, 0), "Loud", isShared).ForAdults().Words);

    [Fact]
    public void A_parents_no_to_a_live_session_ends_it()
    {
        var no = PupilSaysNo with { Who = "parent-1", Capacity = AgreementCapacity.Parent, At = At(10, 20) };

        Assert.Equal(new SessionEnd(At(10, 20), new EndedBy.Parent(no)), In(Live).Decline(no).Value.History.End);
    }

    [Fact]
    public void A_parents_no_that_is_written_down_later_ends_it_then_and_not_before()
    {
        var no = PupilSaysNo with { Who = "parent-1", Capacity = AgreementCapacity.Parent, At = At(9, 0), Manner = AgreementManner.Call, Recorded = By(At(10, 25)) };

        Assert.Equal(At(10, 25), In(Live).Decline(no).Value.History.End?.At);
    }

    [Fact]
    public void Another_pupil_can_not_agree() =>
        Assert.Equal(["session.other-pupil"], Booked().Agree(PupilSaysYes with { Who = OtherPupil.ToString() }).Codes());

    [Fact]
    public void A_yes_to_another_session_is_none_to_this_one() =>
        Assert.All(
            new[] { PupilSaysYes, ParentSaysYes },
            yes => Assert.Equal(["session.agreed-to-other"], Booked().Agree(yes with { To = new AgreedTo.Session(Id(2)) }).Codes()));

    [Theory]
    [InlineData(AgreementCapacity.KeyAdult)]
    [InlineData(AgreementCapacity.AuthorisedPerson)]
    public void Staff_can_not_agree_for_the_pupil(AgreementCapacity capacity) =>
        Assert.Equal(["session.not-asked"], Booked().Agree(PupilSaysYes with { Capacity = capacity }).Codes());

    [Fact]
    public void A_pupil_who_has_agreed_may_still_say_no()
    {
        var session = In(Ready).Decline(PupilSaysNo).Value;

        Assert.Equal(Declined, session.State);
        Assert.Equal(PupilSaysNo, session.History.Declined);
    }

    [Fact]
    public void A_robot_is_ready_from_ten_minutes_before_and_not_sooner()
    {
        Assert.Equal(["session.too-early-to-place"], In(Agreed).Place(AllWell, Stationed, By(At(9, 54, 59)), Rules).Codes());
        Assert.Equal(Ready, In(Agreed).Place(AllWell, Stationed, By(At(9, 55)), Rules).Value.State);
    }

    [Fact]
    public void A_robot_is_no_longer_placed_once_it_is_released()
    {
        Assert.Equal(Ready, In(Agreed).Place(AllWell, Stationed, By(At(10, 19, 59)), Rules).Value.State);
        Assert.Equal(["session.time-is-over"], In(Agreed).Place(AllWell, Stationed, By(At(10, 20)), Rules).Codes());
    }

    [Fact]
    public void A_check_that_fails_says_everything_that_is_wrong() => Assert.Equal(
        ["session.other-robot", "session.battery-low", "session.wifi-weak", "session.sound-unheard"],
        In(Agreed).Place(new RobotCheck("robot-b", false, false, false), Stationed, By(At(10, 0)), Rules).Codes());

    [Fact]
    public void A_robot_that_belongs_to_another_school_by_now_is_placed_for_nobody_here()
    {
        Assert.Equal(["session.robot-elsewhere"], In(Agreed).Place(AllWell, Stationed with { School = new SchoolId(Number(98)) }, By(At(10, 0)), Rules).Codes());
        Assert.Equal(["session.robot-elsewhere"], In(Agreed).Place(AllWell, station: null, By(At(10, 0)), Rules).Codes());
    }

    [Fact]
    public void A_robot_that_is_out_of_service_is_not_placed()
    {
        var refused = In(Agreed).Place(AllWell, Stationed with { OutOfServiceBecause = "the head does not turn" }, By(At(10, 0)), Rules);

        Assert.Equal(["session.robot-out-of-service"], refused.Codes());
        Assert.Contains("the head does not turn", refused.Refusals[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_placed_the_robot_is_kept()
    {
        var act = By(At(10, 0)) with { Who = OtherCarrier };

        Assert.Equal(act, In(Agreed).Place(AllWell, Stationed, act, Rules).Value.History.Placement!.By);
    }

    [Fact]
    public void Nothing_is_live_outside_the_window()
    {
        Assert.Equal(["session.not-started"], In(Ready).Join("tablet-1", Start - Duration.Epsilon).Codes());
        Assert.Equal(Live, In(Ready).Join("tablet-1", Start).Value.State);
        Assert.Equal(["session.time-is-over"], In(Ready).Join("tablet-1", End).Codes());
    }

    [Fact]
    public void Who_comes_before_the_start_hears_when_it_is_and_not_that_the_robot_is_not_there_yet() =>
        Assert.Equal(["session.not-started"], In(Agreed).Join("tablet-1", Start - Duration.FromMinutes(10)).Codes());

    [Theory]
    [InlineData(Proposed, true)]
    [InlineData(Agreed, true)]
    [InlineData(Ready, true)]
    [InlineData(Live, true)]
    [InlineData(Ended, false)]
    [InlineData(Declined, false)]
    [InlineData(Cancelled, false)]
    [InlineData(Missed, false)]
    public void A_pupil_looks_ahead_until_it_is_over_and_nothing_changes_by_it(SessionState state, bool isShown)
    {
        var session = In(state);

        var looked = session.LookAhead(Start - Duration.FromMinutes(15));

        if (isShown) Assert.Same(session, looked.Value);
        else Assert.Equal(["session.wrong-moment"], looked.Codes());
        Assert.True(session.LookAhead(End).IsRefused);
    }

    [Fact]
    public void Waiting_helps_before_the_start_and_before_the_robot_is_ready_and_not_once_it_is_over()
    {
        Assert.True(ScheduledSession.PassesByWaiting(In(Ready).Join("tablet-1", Start - Duration.Epsilon).Refusals[0]));
        Assert.True(ScheduledSession.PassesByWaiting(In(Agreed).Join("tablet-1", Start).Refusals[0]));
        foreach (var over in (SessionState[])[Ended, Declined, Cancelled, Missed])
            Assert.False(ScheduledSession.PassesByWaiting(In(over).Join("tablet-1", Start).Refusals[0]));
        Assert.False(ScheduledSession.PassesByWaiting(In(Ready).Join("tablet-1", End).Refusals[0]));
    }

    [Fact]
    public void Leaving_early_is_noted_and_never_refused()
    {
        var session = In(Live).Leave(At(10, 7), Rules).Value;

        Assert.True(session.WasLeftEarly);
        Assert.Equal(new EndedBy.Pupil(Early: true), session.History.End!.By);
    }

    [Fact]
    public void Who_leaves_after_the_warning_has_not_left_early() => Assert.False(In(Live).Leave(At(10, 30), Rules).Value.WasLeftEarly);

    [Fact]
    public void A_session_ends_no_later_than_its_window() => Assert.Equal(End, In(Live).End(By(At(10, 50))).Value.History.End!.At);

    [Fact]
    public void Who_of_staff_ended_it_is_kept_with_their_words() => Assert.Equal(
        new EndedBy.Staff(KeyAdult, "Fire alarm"), In(Live).End(By(At(10, 20)) with { Why = "Fire alarm" }).Value.History.End!.By); // it has just ended

    [Fact]
    public void A_robot_that_fails_for_good_ends_it_and_nobody_left()
    {
        var session = In(Live).BreakOff("The robot's battery was empty", At(10, 20)).Value;

        Assert.Equal(new SessionEnd(At(10, 20), new EndedBy.RobotOrLink("The robot's battery was empty")), session.History.End);
        Assert.False(session.WasLeftEarly);
    }

    [Fact]
    public void Only_what_is_live_breaks_off() => Assert.Equal(["session.wrong-moment"], In(Ready).BreakOff("No link", At(10, 20)).Codes());

    [Fact]
    public void Pauses_are_kept_with_their_times()
    {
        var session = In(Live).Pause(PauseReason.Curtain, At(10, 10)).Value.Pause(PauseReason.NoNetwork, At(10, 11)).Value
            .Resume(PauseReason.Curtain, At(10, 12)).Value;

        Assert.Equal([new Pause(PauseReason.Curtain, At(10, 10), At(10, 12)), new Pause(PauseReason.NoNetwork, At(10, 11))], session.History.Pauses);
    }

    [Fact]
    public void A_pause_that_is_told_twice_is_one() =>
        Assert.Single(In(Live).Pause(PauseReason.NeedsAMinute, At(10, 10)).Value.Pause(PauseReason.NeedsAMinute, At(10, 11)).Value.History.Pauses);

    [Fact]
    public void An_open_pause_ends_with_the_session() =>
        Assert.Equal(At(10, 34), In(Live).Pause(PauseReason.Curtain, At(10, 30)).Value.End(By(At(10, 34))).Value.History.Pauses[0].Until);

    [Fact]
    public void A_minute_without_a_network_ends_nothing_and_asks_for_no_new_sign_in()
    {
        var session = In(Live).Pause(PauseReason.NoNetwork, At(10, 10)).Value;

        Assert.Equal(Live, session.OnTime(At(10, 11), Rules).Session.State);
        Assert.False(session.AsksForSignIn(At(10, 11), Rules));
        Assert.True(session.AsksForSignIn(At(10, 11, 1), Rules));
    }

    [Fact]
    public void What_is_written_down_for_somebody_never_looks_like_their_own_page()
    {
        Assert.Equal(["agreement.not-on-their-page"], In(Proposed).Agree(PupilSaysYes with { Recorded = By(At(8, 15)) }).Codes());
        Assert.Equal(["agreement.not-on-their-page"], In(Proposed).Decline(PupilSaysNo with { Recorded = By(At(8, 35)) }).Codes());
    }

    [Fact]
    public void Who_was_away_for_long_comes_back_to_the_same_session() =>
        Assert.Equal(Live, In(Live).Pause(PauseReason.NoNetwork, At(10, 10)).Value.Join("tablet-1", At(10, 25)).Value.State);
}

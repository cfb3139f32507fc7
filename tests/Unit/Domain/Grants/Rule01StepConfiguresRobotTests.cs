using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Grants;

/// <summary>Rule 1: a session's grant carries its step's capability set and time window, and nothing exceeds it.</summary>
public sealed class Rule01StepConfiguresRobotTests
{
    private static readonly PupilDevice Device = new("tablet-1", Pupil, By(At(8, 0)));

    [Fact]
    public void A_grant_carries_the_set_of_the_step_and_the_window_of_the_session() => Assert.Equal(
        new SessionGrant(Id(1).ToSessionId(), "robot-a", "tablet-1", SeeAndHear, new SessionWindow(Start, End), FencingNumber: 7),
        Decide(In(SessionState.Ready)).Value);

    [Fact]
    public void Outside_the_window_there_is_nothing()
    {
        Assert.Equal(["grant.not-started"], Decide(In(SessionState.Ready), at: Start - Duration.Epsilon).Codes());
        Assert.Equal(["grant.time-is-over"], Decide(In(SessionState.Live), at: End).Codes());
    }

    [Theory]
    [InlineData(SessionState.Proposed, "grant.not-ready")]
    [InlineData(SessionState.Agreed, "grant.not-ready")]
    [InlineData(SessionState.Ready, null)]
    [InlineData(SessionState.Live, null)]
    [InlineData(SessionState.Ended, "grant.session-over")]
    [InlineData(SessionState.Reflected, "grant.session-over")]
    [InlineData(SessionState.Declined, "grant.session-over")]
    [InlineData(SessionState.Cancelled, "grant.session-over")]
    [InlineData(SessionState.Missed, "grant.session-over")]
    public void Before_it_is_ready_and_after_it_is_over_there_is_nothing(SessionState state, string? code) =>
        Assert.Equal(code is null ? [] : [code], Decide(In(state)).Codes());

    [Fact]
    public void A_capability_that_the_step_loses_is_lost_at_once() =>
        Assert.Equal(new CapabilitySet(Capability.Hear), Decide(In(SessionState.Live), Step(new CapabilitySet(Capability.Hear))).Value.Capabilities);

    [Fact]
    public void A_capability_that_the_step_gains_was_not_agreed_to() =>
        Assert.Equal(SeeAndHear, Decide(In(SessionState.Live), Step(CapabilitySet.Everything)).Value.Capabilities);

    [Fact]
    public void A_pupil_who_steps_down_during_a_session_has_what_both_steps_allow()
    {
        var lower = Step(new CapabilitySet(Capability.See | Capability.Zoom), id: new StepId(Number(94)));

        Assert.Equal(new CapabilitySet(Capability.See), Decide(In(SessionState.Live), lower).Value.Capabilities);
    }

    [Fact]
    public void A_pupil_who_steps_down_to_a_step_in_person_has_no_robot() =>
        Assert.Equal(["grant.step-without-robot"], Decide(In(SessionState.Live), StepInPerson()).Codes());

    [Fact]
    public void No_pair_of_steps_ever_gives_more_than_either()
    {
        var everything = (int)CapabilitySet.Everything.Flags;
        for (var booked = 0; booked <= everything; booked += 5)
        {
            var session = In(SessionState.Live, Use() with { Capabilities = new CapabilitySet((Capability)booked) });
            for (var now = 0; now <= everything; now += 3)
                Assert.Equal(booked & now, (int)Decide(session, Step(new CapabilitySet((Capability)now))).Value.Capabilities.Flags);
        }
    }

    [Fact]
    public void An_end_that_is_put_off_is_in_the_next_grant()
    {
        var longer = In(SessionState.Live).Extend(Duration.FromMinutes(5), WhatFollows.Nothing, By(At(10, 31)), Rules).Value;

        Assert.Equal(At(10, 40), Decide(longer).Value.Window.End);
    }

    [Fact]
    public void A_plan_that_is_no_longer_active_grants_nothing() =>
        Assert.Equal(["grant.plan-not-active"], Decide(In(SessionState.Live), Facts() with { IsActive = false }).Codes());

    [Theory]
    [InlineData(SessionState.Ready)]
    [InlineData(SessionState.Live)]
    public void An_agreement_that_was_taken_back_or_has_ended_ends_the_grant(SessionState state) =>
        Assert.Equal(["grant.agreement-lapsed"], Decide(In(state), TakenBack).Codes());

    [Fact]
    public void A_pupil_whose_session_stops_is_told_so_and_not_by_whom()
    {
        var refusal = Decide(In(SessionState.Live), TakenBack).Refusals[0];

        Assert.Equal("Something that this session needs is no longer agreed, so it stops here. You have done nothing wrong.", refusal.Reason);
        Assert.DoesNotContain("parent", refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_agreement_holds_through_its_last_day() => Assert.False(Decide(In(SessionState.Live), With(Monday)).IsRefused);

    [Fact]
    public void An_agreement_that_is_given_again_lets_the_session_go_ahead()
    {
        Assert.True(Decide(In(SessionState.Ready), TakenBack).IsRefused);
        Assert.False(Decide(In(SessionState.Ready).EndIfLapsed(TakenBack, At(10, 7)), With(Monday)).IsRefused);
    }

    [Fact]
    public void A_live_session_ends_with_its_agreement_and_staff_read_which()
    {
        var ended = In(SessionState.Live).EndIfLapsed(TakenBack, At(10, 20));

        Assert.Equal(new SessionEnd(At(10, 20), new EndedBy.Lapse("The parent's agreement to the reduced timetable")), ended.History.End);
        Assert.Equal(["grant.session-over"], Decide(ended, With(Monday)).Codes());
    }

    [Fact]
    public void A_session_whose_agreements_hold_goes_on() => Assert.Equal(SessionState.Live, In(SessionState.Live).EndIfLapsed(With(Monday), At(10, 20)).State);

    [Theory]
    [InlineData(AgreementCapacity.Pupil)]
    [InlineData(AgreementCapacity.Parent)]
    public void A_yes_to_this_session_that_is_taken_back_before_it_begins_leaves_no_grant(AgreementCapacity capacity) =>
        Assert.Equal(["grant.session-over"], Decide(In(SessionState.Ready).Decline(PupilSaysNo with { Capacity = capacity }).Value).Codes());

    [Fact]
    public void A_parents_yes_that_is_taken_back_during_a_session_ends_the_grant() => Assert.Equal(
        ["grant.session-over"], Decide(In(SessionState.Live).Decline(PupilSaysNo with { Capacity = AgreementCapacity.Parent, At = At(10, 7) }).Value).Codes());

    [Fact]
    public void A_robot_that_belongs_to_another_school_by_now_is_granted_nothing_there() =>
        Assert.Equal(["grant.robot-elsewhere"], Decide(Stationed with { School = new SchoolId(Number(98)) }).Codes());

    [Fact]
    public void A_robot_that_belongs_nowhere_any_more_is_granted_nothing() => Assert.Equal(["grant.robot-elsewhere"], Decide(station: null).Codes());

    [Fact]
    public void A_robot_that_is_out_of_service_is_granted_nothing() =>
        Assert.Equal(["grant.robot-out-of-service"], Decide(Stationed with { OutOfServiceBecause = "the head does not turn" }).Codes());

    [Fact]
    public void All_reasons_are_given_at_once() => Assert.Equal(
        [
            "grant.not-ready", "grant.not-started", "grant.robot-elsewhere", "grant.other-device", "grant.plan-not-active", "grant.agreement-lapsed",
            "grant.step-without-robot",
        ],
        SessionGrantDecision.Decide(
            In(SessionState.Agreed), TakenBack with { IsActive = false, CurrentStep = StepInPerson() }, Device with { Pupil = OtherPupil },
            station: null, 7, At(9, 0)).Codes());

    private static PlanFacts TakenBack { get; } = With(Monday.PlusDays(-1));

    private static PlanFacts With(LocalDate until) =>
        Facts() with { NeededAgreements = [new("The key adult's agreement", null), new("The parent's agreement to the reduced timetable", until)] };

    private static Outcome<SessionGrant> Decide(ScheduledSession session, Step? step = null, Instant? at = null) =>
        SessionGrantDecision.Decide(session, Facts(step), Device, Stationed, fencingNumber: 7, at ?? At(10, 7));

    private static Outcome<SessionGrant> Decide(StationedRobot? station) =>
        SessionGrantDecision.Decide(In(SessionState.Live), Facts(), Device, station, fencingNumber: 7, At(10, 7));

    private static Outcome<SessionGrant> Decide(ScheduledSession session, PlanFacts plan) =>
        SessionGrantDecision.Decide(session, plan, Device, Stationed, fencingNumber: 7, At(10, 7));
}

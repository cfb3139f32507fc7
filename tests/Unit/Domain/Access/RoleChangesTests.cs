using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

public sealed class RoleChangesTests
{
    private static readonly Duration Longest = Duration.FromDays(90);

    [Theory]
    [InlineData(Role.Administrator, Role.EducationalPsychologist)]
    [InlineData(Role.Administrator, Role.Sendco)]
    [InlineData(Role.Administrator, Role.Teacher)]
    [InlineData(Role.Administrator, Role.Administrator)]
    [InlineData(Role.Sendco, Role.KeyAdult)]
    [InlineData(Role.Sendco, Role.Parent)]
    [InlineData(Role.Sendco, Role.ExternalProfessional)]
    public void The_administrator_gives_a_school_and_the_SENDCo_gives_a_plan(Role giver, Role given) =>
        Assert.False(Give(Assign(giver, who: Giver), Proposed(given)).IsRefused);

    [Theory]
    [InlineData(Role.Administrator, Role.KeyAdult, "access.not-for-role")]
    [InlineData(Role.Administrator, Role.Parent, "access.not-for-role")]
    [InlineData(Role.Sendco, Role.Sendco, "access.not-for-role")]
    [InlineData(Role.Sendco, Role.Administrator, "access.not-for-role")]
    [InlineData(Role.KeyAdult, Role.KeyAdult, "access.not-for-role")]
    [InlineData(Role.Technician, Role.Technician, "access.not-for-role")]
    [InlineData(Role.EducationalPsychologist, Role.ExternalProfessional, "access.not-for-role")]
    [InlineData(Role.Parent, Role.Parent, "access.not-for-role")]
    public void Nobody_gives_what_is_not_theirs_to_give(Role giver, Role given, string code) =>
        Assert.Equal(code, Assert.Single(Give(Assign(giver, who: Giver), Proposed(given)).Refusals).Code);

    [Fact]
    public void A_schools_administrator_gives_nothing_at_another_school() =>
        Assert.Equal("access.out-of-reach", Assert.Single(Give(
            Assign(Role.Administrator, AtSchool, who: Giver), Proposed(Role.Sendco, new AccessScope.OneSchool(OtherSchool))).Refusals).Code);

    [Fact]
    public void A_schools_administrator_does_not_give_the_whole_authority() =>
        Assert.Equal("access.out-of-reach", Assert.Single(Give(
            Assign(Role.Administrator, AtSchool, who: Giver), Proposed(Role.Administrator, WholeAuthority)).Refusals).Code);

    [Fact]
    public void An_administrator_does_not_become_SENDCo_by_their_own_hand() =>
        Assert.Equal("access.own-rights", Assert.Single(Give(
            Assign(Role.Administrator, who: Giver), Proposed(Role.Sendco, who: Giver)).Refusals).Code);

    [Fact]
    public void A_SENDCo_does_not_authorise_themselves() =>
        Assert.Contains(
            Give(Assign(Role.Sendco, who: Giver), Assign(Role.Sendco, who: Giver, from: Now, mandate: Mandate.AgreesToReducedTimetables)).Refusals,
            refusal => refusal.Code == "access.own-rights");

    [Fact]
    public void A_SENDCo_may_be_a_plans_key_adult_as_well() =>
        Assert.False(Give(Assign(Role.Sendco, who: Giver), Proposed(Role.KeyAdult, who: Giver)).IsRefused);

    [Fact]
    public void Another_schools_plan_is_not_opened_by_calling_it_ones_own()
    {
        // The plan is the other school's; the SENDCo of this one says that it is here.
        var keyAdult = Give(Assign(Role.Sendco, who: Giver), Proposed(Role.KeyAdult, new AccessScope.OnePlan(School, OtherPlan))).Value;

        Assert.False(May(keyAdult, Operation.ReadPlan, AccessSubject.OfPlan(OtherSchool, OtherPlan)));
    }

    [Fact]
    public void Whoever_was_allowed_to_yesterday_gives_nothing_today() =>
        Assert.Equal("access.ended", Assert.Single(Give(
            Assign(Role.Administrator, from: Now - Duration.FromDays(3), who: Giver), Proposed(Role.Sendco)).Refusals).Code);

    [Fact]
    public void Every_reason_is_said_at_once() =>
        Assert.Equal(
            ["access.not-for-role", "access.own-rights", "access.over-already"],
            Give(Assign(Role.Teacher, who: Giver), Assign(Role.Sendco, who: Giver, until: Now)).Refusals.Select(refusal => refusal.Code));

    [Fact]
    public void Anothers_assignments_are_not_lent() =>
        Assert.Throws<ArgumentException>(() => Give(Assign(Role.Administrator, who: Somebody), Proposed(Role.Sendco)));

    [Fact]
    public void A_room_link_is_given_by_the_SENDCo()
    {
        var link = Assignment.RoomLink(
            new AssignmentId(Id(42)), Somebody, new AccessScope.RoomOnDay(School, Room, Today), Zone, new Act(Giver, Now));

        Assert.False(Give(Assign(Role.Sendco, who: Giver), link).IsRefused);
        Assert.True(Give(Assign(Role.Teacher, who: Giver), link).IsRefused);
    }

    [Fact]
    public void An_administrator_ends_a_role_on_a_plan_that_only_a_SENDCo_gives()
    {
        var ended = RoleChanges.End([Assign(Role.Administrator, who: Giver)], Assign(Role.Parent), new Act(Giver, Now)).Value;

        Assert.Equal(AssignmentStanding.Ended, ended.StandingAt(Now));
    }

    [Fact]
    public void A_key_adult_does_not_end_a_parents_access() =>
        Assert.True(RoleChanges.End([Assign(Role.KeyAdult, who: Giver)], Assign(Role.Parent), new Act(Giver, Now)).IsRefused);

    [Fact]
    public void Anybody_may_give_up_what_is_their_own()
    {
        var own = Assign(Role.Technician);

        Assert.False(RoleChanges.End([own], own, new Act(Somebody, Now)).IsRefused);
    }

    private static Assignment Proposed(Role role, AccessScope? scope = null, PersonId? who = null) =>
        Assign(role, scope ?? (Assignment.Fits(role, AtSchool) ? AtSchool : OnPlan), from: Now, who: who);

    private static Outcome<Assignment> Give(Assignment giver, Assignment proposed) =>
        RoleChanges.Give([giver], new Assignment(
            proposed.Id, proposed.Who, proposed.Role, proposed.Scope, proposed.From, proposed.Until, new Act(Giver, Now), proposed.Mandate), Longest);
}

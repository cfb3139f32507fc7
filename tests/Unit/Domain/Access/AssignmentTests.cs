using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

public sealed class AssignmentTests
{
    [Fact]
    public void Its_first_moment_is_inside_and_its_end_is_not()
    {
        var assignment = Assign(Role.Sendco, from: Now, until: Now + Duration.FromDays(1));

        Assert.Equal(AssignmentStanding.NotBegun, assignment.StandingAt(Now - Duration.Epsilon));
        Assert.Equal(AssignmentStanding.InForce, assignment.StandingAt(Now));
        Assert.Equal(AssignmentStanding.InForce, assignment.StandingAt(Now + Duration.FromDays(1) - Duration.Epsilon));
        Assert.Equal(AssignmentStanding.Ended, assignment.StandingAt(Now + Duration.FromDays(1)));
    }

    [Fact]
    public void One_without_an_end_holds_until_it_is_ended()
    {
        var assignment = new Assignment(new AssignmentId(Id(41)), Somebody, Role.Sendco, AtSchool, Now, until: null, new Act(Giver, Now));

        var ended = assignment.End(new Act(Giver, Now + Duration.FromDays(900), "Has left.")).Value;

        Assert.Equal(AssignmentStanding.InForce, ended.StandingAt(Now + Duration.FromDays(900) - Duration.Epsilon));
        Assert.Equal(AssignmentStanding.Ended, ended.StandingAt(Now + Duration.FromDays(900)));
    }

    [Fact]
    public void When_it_is_ended_what_was_given_is_kept()
    {
        var assignment = Assign(Role.Parent);

        var ended = assignment.End(new Act(Giver, Now, "Asked for it.")).Value;

        Assert.Equal((assignment.From, assignment.Until, assignment.Given), (ended.From, ended.Until, ended.Given));
        Assert.Equal("Asked for it.", ended.Ended!.Why); // it has been ended
    }

    [Fact]
    public void It_is_ended_once()
    {
        var ended = Assign(Role.Teacher).End(new Act(Giver, Now)).Value;

        Assert.Equal("access.already-ended", Assert.Single(ended.End(new Act(Giver, Now)).Refusals).Code);
    }

    [Fact]
    public void One_that_was_taken_back_before_its_first_day_never_begins()
    {
        var tomorrow = Assign(Role.Teacher, from: Now + Duration.FromDays(1));

        var ended = tomorrow.End(new Act(Giver, Now)).Value;

        Assert.Equal(AssignmentStanding.Ended, ended.StandingAt(Now + Duration.FromDays(1)));
    }

    [Fact]
    public void It_can_not_end_before_it_begins() => Assert.Throws<ArgumentException>(() => Assign(Role.Sendco, from: Now, until: Now));

    [Theory]
    [InlineData(Role.EducationalPsychologist)]
    [InlineData(Role.Sendco)]
    [InlineData(Role.Teacher)]
    [InlineData(Role.KeyAdult)]
    [InlineData(Role.Parent)]
    [InlineData(Role.ExternalProfessional)]
    public void Only_administrators_and_technicians_are_given_the_whole_authority(Role role) =>
        Assert.Throws<ArgumentException>(() => Assign(role, WholeAuthority));

    [Theory]
    [InlineData(Role.KeyAdult)]
    [InlineData(Role.Parent)]
    public void Whoever_is_there_for_one_pupil_is_not_given_a_school(Role role) =>
        Assert.Throws<ArgumentException>(() => Assign(role, AtSchool));

    [Theory]
    [InlineData(Role.Teacher, Mandate.AgreesToReducedTimetables)]
    [InlineData(Role.KeyAdult, Mandate.AgreesToReducedTimetables)]
    [InlineData(Role.Parent, Mandate.ReadsConfidentialParts)]
    public void A_mandate_goes_with_its_role_alone(Role role, Mandate mandate) =>
        Assert.Throws<ArgumentException>(() => Assign(role, mandate: mandate));

    [Fact]
    public void A_room_link_can_not_last_longer_than_a_day() =>
        Assert.Throws<ArgumentException>(() => Assign(Role.Teacher, InRoom, from: Now, until: Now + Duration.FromHours(26)));

    [Theory]
    [InlineData(2026, 11, 9, 24)]
    [InlineData(2026, 10, 25, 25)]
    [InlineData(2027, 3, 28, 23)]
    public void A_room_link_lasts_the_schools_own_day_when_the_clocks_change_too(int year, int month, int day, int hours)
    {
        var room = new AccessScope.RoomOnDay(School, Room, new LocalDate(year, month, day));

        var link = Assignment.RoomLink(new AssignmentId(Id(41)), Somebody, room, Zone, new Act(Giver, Now));

        Assert.Equal(room.Date.AtMidnight(), link.From.InZone(Zone).LocalDateTime);
        Assert.Equal(Duration.FromHours(hours), link.Until - link.From);
    }
}

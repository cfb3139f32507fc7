using AV1Relay.Domain.Access;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

public sealed class OverlappingAssignmentsTests
{
    private static readonly AccessSubject ThePlan = AccessSubject.OfPlan(School, Plan);
    private static readonly AccessSubject TheSession = AccessSubject.OfSession(School, Plan, Room, Today, Somebody);

    [Fact]
    public void Left_out_is_only_what_every_one_of_them_leaves_out()
    {
        Assignment[] teacherAndParent = [Assign(Role.Teacher), Assign(Role.Parent)];

        Assert.Equal(LeftOut.Nothing, AccessPolicy.Check(teacherAndParent, Operation.ReadSession, TheSession, Now).Value.LeftOut);
    }

    [Fact]
    public void One_that_has_ended_shows_nothing_more_beside_one_that_has_not()
    {
        var keyAdultLastWeek = Assign(Role.KeyAdult, from: Now - Duration.FromDays(7));

        var permission = AccessPolicy.Check([keyAdultLastWeek, Assign(Role.Parent)], Operation.ReadPlan, ThePlan, Now).Value;

        Assert.Equal(LeftOut.ConfidentialParts, permission.LeftOut);
    }

    [Fact]
    public void A_role_on_one_plan_shows_nothing_more_of_another()
    {
        var keyAdultOfAnother = Assign(Role.KeyAdult, new AccessScope.OnePlan(School, OtherPlan));

        var permission = AccessPolicy.Check([keyAdultOfAnother, Assign(Role.Parent)], Operation.ReadPlan, ThePlan, Now).Value;

        Assert.Equal(LeftOut.ConfidentialParts, permission.LeftOut);
    }

    [Fact]
    public void A_psychologist_serves_each_school_by_an_assignment_of_its_own()
    {
        var first = Assign(Role.EducationalPsychologist);
        var second = Assign(Role.EducationalPsychologist, new AccessScope.OneSchool(OtherSchool), until: Now + Duration.FromHours(1));

        Assert.False(AccessPolicy.Check([first, second], Operation.ReadPlan, AccessSubject.OfPlan(OtherSchool, OtherPlan), Now).IsRefused);
        Assert.Equal(
            "access.out-of-reach",
            Assert.Single(AccessPolicy.Check(
                [first, second], Operation.ReadPlan, AccessSubject.OfPlan(OtherSchool, OtherPlan), Now + Duration.FromHours(1)).Refusals).Code);
    }

    [Fact]
    public void A_mandate_at_one_school_does_not_count_at_another()
    {
        var mandated = Assign(Role.Sendco, new AccessScope.OneSchool(OtherSchool), mandate: Mandate.AgreesToReducedTimetables);

        Assert.True(AccessPolicy.Check(
            [mandated, Assign(Role.Sendco)], Operation.AgreeToArrangementAsAuthorisedPerson, ThePlan, Now).IsRefused);
    }

    [Fact]
    public void Two_halves_of_a_right_do_not_make_one()
    {
        // A key adult elsewhere who is a teacher here is no key adult here.
        Assignment[] assignments = [Assign(Role.Teacher), Assign(Role.KeyAdult, new AccessScope.OnePlan(OtherSchool, Plan))];

        Assert.True(AccessPolicy.Check(assignments, Operation.ReadPlan, ThePlan, Now).IsRefused);
    }

    [Fact]
    public void Rights_of_two_people_are_never_added_up() =>
        Assert.Throws<ArgumentException>(() => AccessPolicy.Check(
            [Assign(Role.Sendco), Assign(Role.Teacher, who: Giver)], Operation.ReadCalendar, AccessSubject.OfSchool(School), Now));
}

using AV1Relay.Domain.Access;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Access.Place;

namespace AV1Relay.Tests.Unit.Domain.Access;

public sealed class RefusalsTellNothingTests
{
    [Fact]
    public void Anothers_plan_and_no_plan_at_all_are_refused_in_the_same_words()
    {
        var keyAdult = Assign(Role.KeyAdult);

        Assert.Equal(
            AccessPolicy.Check([keyAdult], Operation.ReadPlan, AccessSubject.NotFound, Now).Refusals,
            AccessPolicy.Check([keyAdult], Operation.ReadPlan, AccessSubject.OfPlan(School, OtherPlan), Now).Refusals);
    }

    [Fact]
    public void Whatever_somebody_has_all_refusals_of_one_operation_are_the_same()
    {
        var random = new Random(20_261_109);
        for (var round = 0; round < 2_000; round++)
        {
            var assignments = Enumerable.Range(0, random.Next(4)).Select(_ => AnyAssignment(random)).ToList();
            var row = AccessTable.Rows[random.Next(AccessTable.Rows.Length)];
            AccessSubject[] subjects =
            [
                AccessSubject.NotFound,
                .. from school in new[] { School, OtherSchool }
                   from plan in new[] { Plan, OtherPlan }
                   from room in new[] { Room, OtherRoom }
                   select AccessSubject.OfSession(school, plan, room, Today),
            ];

            var refusals = subjects
                .Select(subject => AccessPolicy.Check(assignments, row.Operation, subject, Now))
                .Where(outcome => outcome.IsRefused)
                .Select(outcome => Assert.Single(outcome.Refusals));

            Assert.True(refusals.Distinct().Count() <= 1, $"{row.Operation} tells subjects apart.");
        }
    }

    [Theory]
    [InlineData(Role.Teacher, Operation.ReadPlan, "access.not-for-role", "your SENDCo")]
    [InlineData(Role.Technician, Operation.ReadPlan, "access.not-for-role", "your SENDCo")]
    [InlineData(Role.Administrator, Operation.ReadPlan, "access.not-for-role", "your SENDCo")]
    [InlineData(Role.Sendco, Operation.StepUp, "access.not-for-role", "the key adult")]
    [InlineData(Role.Sendco, Operation.EnrolRobot, "access.not-for-role", "your technician")]
    [InlineData(Role.Sendco, Operation.ErasePupil, "access.not-for-role", "your administrator")]
    [InlineData(Role.KeyAdult, Operation.AgreeToSessionAsParent, "access.not-for-role", "the pupil's parent")]
    [InlineData(Role.Sendco, Operation.AgreeToArrangementAsAuthorisedPerson, "access.not-authorised", "has authorised")]
    public void A_refusal_says_whom_to_ask(Role role, Operation operation, string code, string whom)
    {
        var refusal = Assert.Single(AccessPolicy.Check([Assign(role)], operation, SubjectOf(Reach.Session), Now).Refusals);

        Assert.Equal(code, refusal.Code);
        Assert.Contains(whom, refusal.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_whose_access_has_ended_is_told_so() =>
        Assert.Equal("access.ended", CodeOf([Assign(Role.Sendco, from: Now - Duration.FromDays(3))], Operation.ReadPlan, SubjectOf(Reach.Plan)));

    [Fact]
    public void Somebody_whose_access_has_not_begun_is_told_so() =>
        Assert.Equal("access.not-begun", CodeOf([Assign(Role.Sendco, from: Now + Duration.FromDays(3))], Operation.ReadPlan, SubjectOf(Reach.Plan)));

    [Fact]
    public void A_subject_that_says_too_little_is_the_callers_mistake() =>
        Assert.Throws<ArgumentException>(() => AccessPolicy.Check(
            [Assign(Role.Sendco)], Operation.ReadPlan, AccessSubject.OfSchool(School), Now));

    private static Assignment AnyAssignment(Random random)
    {
        var role = Enum.GetValues<Role>()[random.Next(Enum.GetValues<Role>().Length)];
        var school = random.Next(2) == 0 ? School : OtherSchool;
        AccessScope[] scopes =
        [
            WholeAuthority,
            new AccessScope.OneSchool(school),
            new AccessScope.OnePlan(school, random.Next(2) == 0 ? Plan : OtherPlan),
            new AccessScope.RoomOnDay(school, Room, Today),
        ];
        var fitting = scopes.Where(scope => Assignment.Fits(role, scope)).ToList();
        return Assign(
            role, fitting[random.Next(fitting.Count)], from: Now + Duration.FromDays(random.Next(-1, 2)),
            mandate: random.Next(2) == 0 ? Mandate.None : MandateOf(role));
    }
}

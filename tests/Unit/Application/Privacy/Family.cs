using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage.Records;
using NodaTime;

namespace AV1Relay.Tests.Unit.Application.Privacy;

/// <summary>Adults around the one pupil, and what is kept on them.</summary>
internal static class Family
{
    public const string Phone = "01392 445566";

    public static readonly PupilId Sister = new(PlanFixture.Id(300));

    public static readonly PersonId Teacher = new(PlanFixture.Id(301));

    public static PersonCard Card(PersonId adult) =>
        new(adult, new PersonalText("Mrs Okapi"), new PersonalText(Phone), new PersonalText("okapi@example.org"));

    public static Assignment AtPlan(int number, PersonId who, Role role) => new(
        new AssignmentId(PlanFixture.Id(310 + number)), who, role, new AccessScope.OnePlan(OnePupil.School, OnePupil.Plan.Id),
        PlanFixture.Start, null, PlanFixture.ActAt());

    public static Assignment AtSchool(int number, PersonId who, Instant? until) => new(
        new AssignmentId(PlanFixture.Id(310 + number)), who, Role.Teacher, new AccessScope.OneSchool(OnePupil.School),
        PlanFixture.Start, until, PlanFixture.ActAt());
}

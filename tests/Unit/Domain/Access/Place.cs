using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Access;

/// <summary>Two schools, two plans at the first, a room, and a Monday at noon: where these tests take place.</summary>
internal static class Place
{
    internal static readonly Instant Now = Instant.FromUtc(2026, 11, 9, 12, 0);
    internal static readonly LocalDate Today = new(2026, 11, 9);
    internal static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/London"];

    internal static readonly SchoolId School = new(Id(1));
    internal static readonly SchoolId OtherSchool = new(Id(2));
    internal static readonly PlanId Plan = new(Id(11));
    internal static readonly PlanId OtherPlan = new(Id(12));
    internal static readonly RoomId Room = new(Id(21));
    internal static readonly RoomId OtherRoom = new(Id(22));
    internal static readonly PersonId Somebody = new(Id(31));
    internal static readonly PersonId Giver = new(Id(32));

    internal static readonly AccessScope WholeAuthority = new AccessScope.WholeAuthority();
    internal static readonly AccessScope AtSchool = new AccessScope.OneSchool(School);
    internal static readonly AccessScope OnPlan = new AccessScope.OnePlan(School, Plan);
    internal static readonly AccessScope InRoom = new AccessScope.RoomOnDay(School, Room, Today);

    internal static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>The widest scope that a role is given for, at the first school.</summary>
    internal static AccessScope ScopeOf(Role role) => role switch
    {
        Role.Administrator or Role.Technician => WholeAuthority,
        Role.EducationalPsychologist or Role.Sendco or Role.Teacher => AtSchool,
        _ => OnPlan,
    };

    internal static Mandate MandateOf(Role role) => role switch
    {
        Role.Sendco => Mandate.AgreesToReducedTimetables,
        Role.ExternalProfessional => Mandate.ReadsConfidentialParts,
        _ => Mandate.None,
    };

    /// <summary>In force since yesterday and until tomorrow, unless told otherwise.</summary>
    internal static Assignment Assign(
        Role role, AccessScope? scope = null, Instant? from = null, Instant? until = null, Mandate mandate = Mandate.None, PersonId? who = null)
    {
        var begins = from ?? Now - Duration.FromHours(12);
        return new(
            new AssignmentId(Id(41)), who ?? Somebody, role, scope ?? ScopeOf(role), begins, until ?? begins + Duration.FromHours(24),
            new Act(Giver, begins), mandate);
    }

    internal static AccessSubject SubjectOf(Reach reach) => reach switch
    {
        Reach.Anywhere or Reach.Authority => AccessSubject.Authority,
        Reach.School => AccessSubject.OfSchool(School),
        Reach.Plan => AccessSubject.OfPlan(School, Plan),
        Reach.Room => AccessSubject.OfRoom(School, Room, Today),
        Reach.Session => AccessSubject.OfSession(School, Plan, Room, Today, Somebody),
        _ => throw new ArgumentOutOfRangeException(nameof(reach)),
    };

    /// <summary>The same kind of thing, at the other school.</summary>
    internal static AccessSubject SubjectElsewhere(Reach reach) => reach switch
    {
        Reach.School => AccessSubject.OfSchool(OtherSchool),
        Reach.Plan => AccessSubject.OfPlan(OtherSchool, Plan),
        Reach.Room => AccessSubject.OfRoom(OtherSchool, Room, Today),
        Reach.Session => AccessSubject.OfSession(OtherSchool, Plan, Room, Today, Somebody),
        _ => throw new ArgumentOutOfRangeException(nameof(reach)),
    };

    internal static bool May(Assignment assignment, Operation operation, AccessSubject subject, Instant? now = null) =>
        !AccessPolicy.Check([assignment], operation, subject, now ?? Now).IsRefused;

    internal static string CodeOf(IReadOnlyCollection<Assignment> assignments, Operation operation, AccessSubject subject) =>
        Assert.Single(AccessPolicy.Check(assignments, operation, subject, Now).Refusals).Code;
}

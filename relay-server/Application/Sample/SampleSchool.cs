using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Robots;

namespace AV1Relay.Application.Sample;

/// <summary>Everything that was invented of one school.</summary>
/// <param name="People">What its adults are called, but for those who were introduced with another school.</param>
public sealed record SampleSchool(
    SchoolCard Card,
    SchoolTimes Times,
    SampleStaff Staff,
    ImmutableArray<PersonCard> People,
    ImmutableArray<StationedRobot> Robots,
    ImmutableArray<Assignment> Assignments,
    ImmutableArray<SamplePupil> Pupils)
{
    public override string ToString() => Card.ToString();
}

/// <param name="Teachers">They have the lessons and carry robots.</param>
public sealed record SampleStaff(PersonId Sendco, ImmutableArray<PersonId> KeyAdults, ImmutableArray<PersonId> Teachers, PersonId Psychologist)
{
    public override string ToString() => nameof(SampleStaff);
}

/// <param name="Sessions">By time.</param>
/// <param name="Ratings">The pupil's own, of most sessions that were held.</param>
/// <param name="Ledger">A line for each session that was held, and some in person.</param>
public sealed record SamplePupil(
    PupilCard Card,
    Schooling Schooling,
    SupportPlan Plan,
    Parenthood Parenthood,
    ImmutableArray<ScheduledSession> Sessions,
    ImmutableArray<StepRating> Ratings,
    ContactLog Contacts,
    ImmutableArray<EngagementEntry> Ledger)
{
    public PersonId Parent => Parenthood.Parent;

    public override string ToString() => nameof(SamplePupil);
}

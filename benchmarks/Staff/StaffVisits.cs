using AV1Relay.Application.Asking;
using AV1Relay.Application.Sample;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>Who of an invented county opens which page, or books what: spread over its schools, and the same in every run.</summary>
internal sealed class StaffVisits(StaffDatabase county)
{
    private const int SchoolsVisited = 40;

    private readonly List<SampleSchool> _schools =
        [.. Enumerable.Range(0, Math.Min(SchoolsVisited, county.Size.Schools)).Select(index => county.School(1 + (index * county.Size.Schools / Math.Min(SchoolsVisited, county.Size.Schools))))];

    public SampleSchool School(int visit) => _schools[visit % _schools.Count];

    public Caller Sendco(int visit) => new(School(visit).Staff.Sendco);

    public Caller KeyAdult(int visit) => new(School(visit).Staff.KeyAdults[0]);

    public SamplePupil Pupil(int visit)
    {
        var pupils = School(visit).Pupils;
        return pupils[visit / _schools.Count * 7 % pupils.Length];
    }

    /// <summary>Sessions of active plans in lessons of the next weeks, some of which will meet another session.</summary>
    public IEnumerable<(Caller KeyAdult, SessionWish Wish)> Bookings()
    {
        var random = new Random(1);
        for (var visit = 0; ; visit++)
        {
            var school = School(visit);
            var pupil = school.Pupils[random.Next(school.Pupils.Length)];
            var (plan, step) = (pupil.Plan, pupil.Plan.Ladder.Current);
            if (plan.Status != PlanStatus.Active || step.Robot is null) continue;
            var zone = school.Card.Zone();
            var date = StaffDatabase.Now.InZone(zone).Date.PlusDays(random.Next(1, 26));
            var lessons = DayFacts.Of(date, school.Times.Calendar, school.Times.Timetable).Lessons;
            if (lessons.IsEmpty) continue;
            var lesson = lessons[random.Next(lessons.Length)];
            var slot = new Domain.Calendar.LocalSlot(date, lesson.Slot.Start, Duration.Min(step.Duration, lesson.Slot.Duration));
            yield return (new Caller(plan.KeyAdult), new SessionWish(
                new ScheduledSessionId(Guid.NewGuid()), plan.Id, step.Id, lesson.Name.Id, lesson.Room, slot, PupilLocation.Home, plan.KeyAdult,
                school.Robots[random.Next(school.Robots.Length)].RobotName));
        }
    }
}

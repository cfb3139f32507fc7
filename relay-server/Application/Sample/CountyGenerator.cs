using System.Collections.Immutable;
using System.Globalization;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>Invents schools, people, plans and a year of sessions, to try things out with. All of it is plainly invented.</summary>
/// <remarks>The same seed, size and time give the same county, ids included. One school is made at a time: never the whole county is in memory.</remarks>
public sealed class CountyGenerator(int seed, SampleSize size, Instant now)
{
    private const string Zone = "Europe/London";
    private const int SchoolsAPsychologist = 10;
    private static readonly BatteryFacts Battery = new(Duration.FromHours(4), Duration.FromMinutes(90));

    /// <summary>Of the authority; gave all roles.</summary>
    public PersonId Administrator { get; } = new(new SampleRandom(seed, Numbered("administrator", size.FirstSchool)).Id());

    public SampleSize Size => size;

    public Assignment AdministratorsAssignment
    {
        get
        {
            var random = new SampleRandom(seed, Numbered("administrator's assignment", size.FirstSchool));
            return new(new AssignmentId(random.Id()), Administrator, Role.Administrator, new AccessScope.WholeAuthority(), LongAgo, null, Given);
        }
    }

    private Instant LongAgo => now - Duration.FromDays(400);

    private Act Given => new(Administrator, LongAgo);

    public IEnumerable<SampleSchool> Schools() => Enumerable.Range(size.FirstSchool, size.Schools).Select(InventSchool);

    private SampleSchool InventSchool(int number)
    {
        var random = new SampleRandom(seed, Numbered("school", number));
        var id = new SchoolId(random.Id());
        var card = new SchoolCard(id, SampleNames.SchoolOf(number), Zone, new LocalTime(12, 30), null, Given);
        var staff = InventStaff(random, number);
        var today = now.InZone(card.Zone()).Date;
        var times = SampleTimes.Invent(random, id, card.Zone(), today, staff.Teachers, Given);
        ImmutableArray<StationedRobot> robots =
        [
            .. Enumerable.Range(1, size.RobotsASchool).Select(robot => new StationedRobot(
                string.Create(CultureInfo.InvariantCulture, $"robot-{number:000}-{robot}"), id, random.Chance(0.05) ? "The head does not turn" : null, Battery)),
        ];
        var diary = new SampleDiary(times, [.. robots.Select(robot => robot.RobotName)], [.. staff.Teachers, staff.Sendco]);
        var pupils = InventPupils(random, diary, staff, id);
        ImmutableArray<Assignment> assignments = [.. InventAssignments(random, id, staff, pupils)];
        // A psychologist looks after several schools, and is introduced with the first of them.
        var people = assignments.Select(assignment => assignment.Who).Distinct()
            .Where(person => person != staff.Psychologist || (number - 1) % SchoolsAPsychologist == 0);
        return new SampleSchool(card, times, staff, [.. people.Select(SampleNames.CardOf)], robots, assignments, pupils);
    }

    private SampleStaff InventStaff(SampleRandom random, int number) => new(
        new PersonId(random.Id()),
        [.. Enumerable.Range(0, random.Between(1, 2)).Select(_ => new PersonId(random.Id()))],
        [new PersonId(random.Id()), new PersonId(random.Id())],
        new PersonId(new SampleRandom(seed, Numbered("psychologist", (number - 1) / SchoolsAPsychologist)).Id()));

    private ImmutableArray<SamplePupil> InventPupils(SampleRandom random, SampleDiary diary, SampleStaff staff, SchoolId school)
    {
        var kinds = Enumerable.Range(0, size.PlansASchool).Select(_ => random.Between(1, 100)).ToList();
        var drafts = kinds.Count(kind => kind <= 3);
        var (each, left) = Math.DivRem(size.SessionsASchool, Math.Max(1, size.PlansASchool - drafts));
        var pupils = ImmutableArray.CreateBuilder<SamplePupil>(size.PlansASchool);
        foreach (var kind in kinds)
        {
            pupils.Add(kind <= 3
                ? SampleStory.Draft(random, diary, staff, school, now)
                : SampleStory.Tell(random, diary, staff, school, now, each + (left-- > 0 ? 1 : 0), isClosed: kind <= 8));
        }

        return pupils.MoveToImmutable();
    }

    private IEnumerable<Assignment> InventAssignments(SampleRandom random, SchoolId school, SampleStaff staff, IEnumerable<SamplePupil> pupils)
    {
        var whole = new AccessScope.OneSchool(school);
        yield return Give(random, staff.Sendco, Role.Sendco, whole, Mandate.AgreesToReducedTimetables);
        yield return Give(random, staff.Psychologist, Role.EducationalPsychologist, whole);
        foreach (var teacher in staff.Teachers) yield return Give(random, teacher, Role.Teacher, whole);
        foreach (var pupil in pupils)
        {
            var plan = new AccessScope.OnePlan(school, pupil.Plan.Id);
            yield return Give(random, pupil.Plan.KeyAdult, Role.KeyAdult, plan);
            yield return Give(random, pupil.Parent, Role.Parent, plan);
        }
    }

    private Assignment Give(SampleRandom random, PersonId who, Role role, AccessScope scope, Mandate mandate = Mandate.None) =>
        new(new AssignmentId(random.Id()), who, role, scope, LongAgo, null, Given, mandate);

    private static string Numbered(string subject, int number) => string.Create(CultureInfo.InvariantCulture, $"{subject} {number}");
}

using AV1Relay.Application.Asking;
using AV1Relay.Application.Plans;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Tests.Unit.Application;

/// <summary>
/// A school in a real database: a term, a lesson at 10:05 on each day, two robots, staff, and pupils with a plan at a step with the robot. Beside
/// it another school with a SENDCo and one pupil, who has no plan.
/// </summary>
internal sealed class InventedSchool
{
    public static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    public static readonly SchoolId Id = new(Number(1));
    public static readonly RoomId Room = new(Number(2));
    public static readonly PersonId Administrator = new(Number(10));
    public static readonly Caller Sendco = new(new PersonId(Number(11)));
    public static readonly Caller OtherSendco = new(new PersonId(Number(12)));
    public static readonly Caller KeyAdult = new(new PersonId(Number(13)));
    public static readonly Caller Technician = new(new PersonId(Number(14)));
    public static readonly Caller Psychologist = new(new PersonId(Number(16)));
    public static readonly Caller Teacher = new(new PersonId(Number(15))); // of the lessons
    public static readonly Caller OtherTeacher = new(new PersonId(Number(17)));
    public static readonly Caller Parent = new(new PersonId(Number(18))); // by a role on each plan
    public static readonly SchoolId ElsewhereId = new(Number(3));
    public static readonly Caller SendcoElsewhere = new(new PersonId(Number(19)));
    public static readonly PupilId PupilElsewhere = new(Number(99));
    public static readonly LocalDate Monday = new(2026, 11, 9);

    private readonly IRecords _records;

    private InventedSchool(IRecords records, TimeProvider time)
    {
        _records = records;
        var desk = new Desk(records, time);
        (Plans, Schedule) = (new StaffPlans(desk), new StaffSchedule(desk));
    }

    public StaffPlans Plans { get; }

    public StaffSchedule Schedule { get; }

    public IRecords Records => _records;

    /// <summary>The Monday at 8:00, when the day's work begins.</summary>
    public static Instant Morning { get; } = Instant.FromUtc(2026, 11, 9, 8, 0);

    public static Guid Number(int number) => new(number, 0, 0, new byte[8]);

    public static PupilId Pupil(int number) => new(Number(100 + number));

    /// <summary>Teachers who carry robots: one, and one more for each pupil.</summary>
    public static Caller Carrier(int number) => new(new PersonId(Number(50 + number)));

    public static Schooling SchoolingOf(PupilId pupil, SchoolId school) =>
        new(pupil, [new Placement(school, new LocalDate(2026, 9, 7), until: null, new Act(Administrator, Morning - Duration.FromDays(1)))]);

    public static PlanId Plan(int number) => new(Number(200 + number));

    /// <param name="day">0: Monday.</param>
    public static LessonId LessonOn(int day) => new(Number(20 + (day % 7)));

    public static StepId Step(int number) => new(Number(300 + number));

    public static ScheduledSessionId Session(int number) => new(Number(1000 + number));

    public static PupilsSay Say { get; } = new("Mornings are hard.", ["after lunch"], ["maths"]);

    /// <summary>The same school once more, as another process sees it.</summary>
    public static InventedSchool In(IRecords records, TimeProvider time) => new(records, time);

    public static async Task<InventedSchool> OpenAsync(IRecords records, TimeProvider time, int pupils = 2)
    {
        var school = new InventedSchool(records, time);
        await using var work = await records.BeginAsync(Administrator, Morning, [Claim.On(Id)], CancellationToken.None);
        var act = new Act(Administrator, Morning);
        work.Schools.Add(SchoolCard.Enter(Id, "Invented School", "Europe/London", new LocalTime(12, 30), null, act).Value);
        work.SchoolTimes.Add(Times(act));
        foreach (var robot in (string[])["robot-a", "robot-b"])
        {
            work.EnrolledRobots.AddInvented(robot, Morning);
            work.StationedRobots.Add(new StationedRobot(robot, Id, null, null));
        }

        Assign(work, 1, Sendco, Role.Sendco, new AccessScope.OneSchool(Id), act);
        Assign(work, 2, OtherSendco, Role.Sendco, new AccessScope.OneSchool(Id), act);
        Assign(work, 3, Technician, Role.Technician, new AccessScope.OneSchool(Id), act);
        Assign(work, 4, Psychologist, Role.EducationalPsychologist, new AccessScope.OneSchool(Id), act);
        Assign(work, 5, Teacher, Role.Teacher, new AccessScope.OneSchool(Id), act);
        Assign(work, 6, OtherTeacher, Role.Teacher, new AccessScope.OneSchool(Id), act);
        Assign(work, 7, SendcoElsewhere, Role.Sendco, new AccessScope.OneSchool(ElsewhereId), act);
        work.Schools.Add(SchoolCard.Enter(ElsewhereId, "Another School", "Europe/London", new LocalTime(12, 30), null, act).Value);
        work.Schoolings.Add(SchoolingOf(PupilElsewhere, ElsewhereId));
        Assign(work, 5_000, Carrier(0), Role.Teacher, new AccessScope.OneSchool(Id), act);
        for (var number = 1; number <= pupils; number++)
        {
            work.Plans.Add(NewPlan(number));
            work.Schoolings.Add(SchoolingOf(Pupil(number), Id));
            Assign(work, 10 + number, KeyAdult, Role.KeyAdult, new AccessScope.OnePlan(Id, Plan(number)), act);
            Assign(work, 3_000 + number, Parent, Role.Parent, new AccessScope.OnePlan(Id, Plan(number)), act);
            Assign(work, 5_000 + number, Carrier(number), Role.Teacher, new AccessScope.OneSchool(Id), act);
        }

        await work.CommitAsync(CancellationToken.None);
        return school;
    }

    public static SessionWish Wish(int session, int pupil = 1, string robot = "robot-a", int day = 0, int carrier = 50) => new(
        Session(session), Plan(pupil), Step(pupil), LessonOn(day), Room, new LocalSlot(Monday.PlusDays(day), new LocalTime(10, 5), Duration.FromMinutes(30)),
        PupilLocation.Home, new PersonId(Number(carrier)), robot);

    private static SupportPlan NewPlan(int number)
    {
        var act = new Act(KeyAdult.Who, Morning - Duration.FromDays(1));
        var step = new Step(
            Step(number), "Watch maths", 3, Duration.FromMinutes(30), 3, "At home", "The key adult", new RobotUse(new CapabilitySet(Capability.See | Capability.Hear)));
        var next = new Step(
            new StepId(Number(400 + number)), "Speak in maths", 6, Duration.FromMinutes(30), 3, "At home", "The class",
            new RobotUse(new CapabilitySet(Capability.See | Capability.Hear | Capability.Speak)));
        return SupportPlan.Draft(
                Plan(number), Pupil(number), Id, new InPersonGoal("Art club", "The art room"), KeyAdult.Who, Sendco.Who, StepLadder.FromListed([step, next]), act, Say).Value
            .Activate(new LocalDate(2026, 12, 7), Monday.PlusDays(-1), new ReviewSettings(7, 5, 20, 13), [], act, Say).Value;
    }

    private static SchoolTimes Times(Act act)
    {
        var calendar = new SchoolCalendar(
            London, AcademicYearStarts.England, SchoolCalendar.MondayToFriday, [new Term("Autumn", new DateInterval(new LocalDate(2026, 9, 7), new LocalDate(2026, 12, 18)))], [], [], act);
        var term = new DateInterval(new LocalDate(2026, 9, 7), new LocalDate(2026, 12, 18));
        var lessons = SchoolCalendar.MondayToFriday.Select((day, index) => new Lesson(
            LessonOn(index), "8B maths", Room, Teacher.Who, day, new LocalTime(10, 5), Duration.FromMinutes(60), term));
        return new SchoolTimes(Id, calendar, new Timetable(Id, WeekCycle.None, [.. lessons], [], act), [new SchoolRoom(Room, "8B", new WalkTest(true, act))]);
    }

    public static void Assign(IWork work, int number, Caller who, Role role, AccessScope scope, Act act) =>
        work.Assignments.Add(new Assignment(new AssignmentId(Number(900 + number)), who.Who, role, scope, Morning - Duration.FromDays(1), null, act));
}

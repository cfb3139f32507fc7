using System.Net;
using System.Security.Cryptography.X509Certificates;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.RelayServer;
using AV1Relay.RelayServer.Composition;
using AV1Relay.RelayServer.Mail;
using AV1Relay.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Browser.Staff;

/// <summary>
/// A school of the autumn term of 2026, whatever day the test runs on: a relay in this process by a clock of its own, with a SENDCo, three teachers,
/// two robots, three rooms, a lesson at 10:05 on each day, and two pupils with a plan.
/// </summary>
internal sealed class DatedSchool : IAsyncDisposable
{
    public static readonly SchoolId Id = new(Number(1));

    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly DateInterval Term = new(new LocalDate(2026, 9, 7), new LocalDate(2026, 12, 18));
    private static readonly RoomId Room8B = new(Number(2));
    private static readonly PersonId Sendco = new(Number(10));

    private readonly DirectoryInfo _folder;
    private readonly RelayApplication _application;

    private DatedSchool(DirectoryInfo folder, RelayApplication application, FakeTimeProvider time) => (_folder, _application, Time) = (folder, application, time);

    public FakeTimeProvider Time { get; }

    public IRecords Records => _application.Services.GetRequiredService<IRecords>();

    public Uri Url => new(_application.Urls.PageUrl);

    public static PlanId PlanOf(int pupil) => new(Number(200 + pupil));

    /// <summary>On Friday 11 September 2026 at 9:00 by London's clocks, an hour ahead of UTC.</summary>
    /// <param name="mail">Takes reminders; null: there are none.</param>
    /// <param name="later">So much later: to skip it afterwards would fire each timer of that time.</param>
    public static async Task<DatedSchool> OpenAsync(LocalMailServer? mail = null, TimeSpan later = default)
    {
        var folder = Directory.CreateTempSubdirectory("av1relay-dated");
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 9, 11, 8, 0, 0, TimeSpan.Zero) + later);
        var settings = new RelaySettings(
            Path.Combine(folder.FullName, "relay"), [new ListenUrl(false, "127.0.0.1", 0)], [new ListenUrl(true, "127.0.0.1", 0)], [IPAddress.Loopback],
            0, new IPEndPoint(IPAddress.Loopback, 0), 1, null, null)
        {
            Mail = mail is null ? null : new SmtpSettings("localhost", mail.Port, SmtpTls.StartTls, new MailboxAddress("", "reminders@school.example"), null, Authorities(mail)),
        };
        var application = await RelayApplication.StartAsync(settings, time, _ => { }, CancellationToken.None);
        var school = new DatedSchool(folder, application, time);
        await school.FillAsync();
        return school;
    }

    /// <summary>The link with which the SENDCo chooses how to sign in.</summary>
    public async Task<string> InviteAsync()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await RelayProgram.RunAsync(
            ["invite", "--person", Sendco.ToString(), "--email", "sendco@school.example", "--data", Path.Combine(_folder.FullName, "relay")], output, error, Time, CancellationToken.None);
        Assert.True(exitCode == 0, error.ToString());
        return output.ToString().Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2Collection Authorities(LocalMailServer mail)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(mail.CertificateFile);
        return authorities;
    }

    private static Guid Number(int number) => new(number, 0, 0, new byte[8]);

    private async Task FillAsync()
    {
        var now = Instant.FromDateTimeOffset(Time.GetUtcNow());
        var act = new Act(Sendco, now - Duration.FromDays(1));
        await using var work = await Records.BeginAsync(Sendco, now, [Claim.On(Id)], CancellationToken.None);
        work.Schools.Add(SchoolCard.Enter(Id, "Ashgrove School", London.Id, new LocalTime(12, 30), null, act).Value);
        work.SchoolTimes.Add(Times(act));
        foreach (var robot in (string[])["robot-a", "robot-b"])
        {
            work.EnrolledRobots.AddInvented(robot, now);
            work.StationedRobots.Add(new StationedRobot(robot, Id, null, null));
        }

        Enter(work, Sendco, "Mr Walker", Role.Sendco, act);
        foreach (var (number, name) in new[] { (11, "Ms Reed"), (12, "Mr Shah"), (13, "Ms Brown") }) Enter(work, new PersonId(Number(number)), name, Role.Teacher, act);
        foreach (var (number, name) in new[] { (1, "Ada"), (2, "Ben") })
        {
            var pupil = new PupilId(Number(100 + number));
            work.PupilCards.Add(PupilCard.Enter(pupil, name, new LocalDate(2013, 5, 4), [], new LocalDate(2026, 9, 10)).Value);
            work.Schoolings.Add(new Schooling(pupil, [new Placement(Id, Term.Start, until: null, act)]));
            // Ben's review is due early in October: 20 school days on it is long overdue.
            work.Plans.Add(Plan(number, pupil, number == 1 ? new LocalDate(2026, 12, 7) : new LocalDate(2026, 10, 5), act));
        }

        work.Arrangements.Add(ReducedTimetable(new PupilId(Number(101)), new LocalDate(2026, 12, 4), act), Id);
        Assert.Null(await work.CommitAsync(CancellationToken.None));
    }

    private static void Enter(IWork work, PersonId who, string name, Role role, Act act)
    {
        work.PersonCards.Add(PersonCard.Enter(who, name, null, null).Value);
        work.Assignments.Add(new Assignment(new AssignmentId(Guid.NewGuid()), who, role, new AccessScope.OneSchool(Id), act.At, null, act));
    }

    private static SchoolTimes Times(Act act)
    {
        Lesson[] lessons =
        [
            .. SchoolCalendar.MondayToFriday.Select((day, index) => new Lesson(
                new LessonId(Number(20 + index)), "8B Maths", Room8B, new PersonId(Number(11)), day, new LocalTime(10, 5), Duration.FromMinutes(60), Term)),
        ];
        return new SchoolTimes(
            Id,
            new SchoolCalendar(
                London, AcademicYearStarts.England, SchoolCalendar.MondayToFriday,
                [new Term("Autumn 2026", Term, new DateInterval(new LocalDate(2026, 10, 26), new LocalDate(2026, 10, 30)))],
                [new Closure(new DateInterval(new LocalDate(2026, 11, 13), new LocalDate(2026, 11, 13)), ClosureKind.InsetDay)], [], act),
            new Timetable(Id, WeekCycle.None, [.. lessons], [], act),
            [new SchoolRoom(Room8B, "8B", new WalkTest(true, act)), new SchoolRoom(new RoomId(Number(3)), "Hall"), new SchoolRoom(new RoomId(Number(4)), "Hut", new WalkTest(false, act))]);
    }

    private static SupportPlan Plan(int number, PupilId pupil, LocalDate reviewOn, Act act)
    {
        var step = new Step(
            new StepId(Number(300 + number)), "Listen to maths", 3, Duration.FromMinutes(30), 2, "At home", "Nobody new", new RobotUse(new CapabilitySet(Capability.See | Capability.Hear)));
        var say = new PupilsSay("Mornings are hard.", ["after lunch"], ["maths"]);
        return SupportPlan.Draft(PlanOf(number), pupil, Id, new InPersonGoal("Art club", "The art room"), Sendco, Sendco, StepLadder.FromListed([step]), act, say).Value
            .Activate(reviewOn, new LocalDate(2026, 9, 10), new ReviewSettings(7, 5, 20, 13), [], act, say).Value;
    }

    private static Arrangement ReducedTimetable(PupilId pupil, LocalDate until, Act act)
    {
        var id = new ArrangementId(Number(500));
        Agreement Of(AgreementCapacity capacity, string who) => new(who, capacity, new AgreedTo.ReducedTimetable(id, until), act.At, AgreementManner.InPerson);
        return new Arrangement(
            id, pupil,
            new ArrangementTerms
            {
                From = Term.Start,
                Until = until,
                Timetable = new AgreedTimetable([new AgreedWeek(Term.Start, [new AgreedTime(IsoDayOfWeek.Monday, new LocalTime(9, 0), new LocalTime(12, 0))])]),
            },
            act, Of(AgreementCapacity.AuthorisedPerson, "sendco"), Of(AgreementCapacity.Parent, "parent"), act, [], null);
    }
}

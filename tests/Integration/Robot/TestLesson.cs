using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.RelayServer.Data;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;
using Capability = AV1Relay.Domain.Sessions.Capability;

namespace AV1Relay.Tests.Integration.Robot;

/// <summary>A lesson on the calendar, now, of a pupil whose step lets the robot see and hear. Its staff write to the database beside the relay, as another program does.</summary>
internal sealed class TestLesson : IAsyncDisposable
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly PersonId KeyAdult = new(Guid.NewGuid());
    private readonly TestClassroom _classroom;
    private readonly RelayData _data;
    private readonly PlanId _plan = new(Guid.NewGuid());
    private readonly PupilId _pupil = new(Guid.NewGuid());
    private readonly StepId _step = new(Guid.NewGuid());
    private readonly SchoolId _school = new(Guid.NewGuid());

    private TestLesson(TestClassroom classroom, RelayData data) => (_classroom, _data) = (classroom, data);

    public ScheduledSessionId Id { get; } = new(Guid.NewGuid());

    public string Session => Id.ToString();

    /// <summary>The pupil's key adult.</summary>
    public Caller Staff { get; } = new(KeyAdult);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Instant Now => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    /// <summary>Began a minute ago and goes on for so long; everybody has said yes, and the robot is not in its place.</summary>
    public static async Task<TestLesson> AgreedAsync(TestClassroom classroom, Duration goesOnFor)
    {
        var lesson = new TestLesson(classroom, await RelayData.OpenAsync(classroom.DataPath, TimeProvider.System, Cancelled));
        await lesson.ArrangeAsync(goesOnFor);
        return lesson;
    }

    /// <summary>Likewise, with the robot in its place.</summary>
    public static async Task<TestLesson> PlacedAsync(TestClassroom classroom, Duration goesOnFor)
    {
        var lesson = await AgreedAsync(classroom, goesOnFor);
        await lesson.PlaceAsync();
        return lesson;
    }

    public async Task PlaceAsync()
    {
        var schedule = _classroom.Services.GetRequiredService<StaffSchedule>();
        var check = new RobotCheck(_classroom.RobotName, BatteryLasts: true, WifiHolds: true, SoundIsHeard: true);
        Assert.False((await schedule.PlaceAsync(new Caller(KeyAdult), new SessionChangeRequest(Id, Seen: 1), check, Cancelled)).IsRefused);
    }

    /// <summary>As the key adult gives it to the pupil.</summary>
    public async Task<string> CodeAsync() =>
        (await _classroom.Services.GetRequiredService<StaffJoinCodes>().IssueJoinCodeAsync(new Caller(KeyAdult), Id, Cancelled)).Value.Code;

    public async Task<(HttpStatusCode Status, JsonElement Reply, TimeSpan? AskAgainIn)> TypeAsync(HttpClient browser, string code)
    {
        using var answer = await browser.PostAsync(new Uri(_classroom.Relay, $"/join/{code}"), null, Cancelled);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled), answer.Headers.RetryAfter?.Delta);
    }

    /// <summary>The pupil comes in by a code, in a browser of their own.</summary>
    public async Task<TestPupil> JoinAsync()
    {
        using var browser = new HttpClient();
        var (status, reply, _) = await TypeAsync(browser, await CodeAsync());
        Assert.True(status == HttpStatusCode.OK, reply.ToString());
        var pupil = new TestPupil(_classroom.Relay, reply.GetProperty("token").GetString()!, session: Session); // a 200 has one
        await pupil.JoinAsync(Cancelled);
        return pupil;
    }

    /// <summary>The plan's step is changed during the lesson.</summary>
    public Task ChangeStepAsync(Capability capabilities) => ChangePlanAsync(plan => plan.ChangeStep(StepWith(capabilities), By(), Say()).Value);

    public async Task EndAsync()
    {
        var schedule = _classroom.Services.GetRequiredService<StaffSchedule>();
        var seen = (await schedule.ReadAsync(new Caller(KeyAdult), Id, Cancelled)).Value.Version;
        Assert.False((await schedule.EndAsync(new Caller(KeyAdult), new SessionChangeRequest(Id, seen), Cancelled)).IsRefused);
    }

    public async Task<ScheduledSession> ReadAsync()
    {
        await using var work = await _data.Get<IRecords>().BeginAsync(KeyAdult, Now, [], Cancelled);
        return (await work.Sessions.FindAsync(Id, Cancelled))!.Value; // arranged
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private async Task ArrangeAsync(Duration goesOnFor)
    {
        var start = (Now - Duration.FromMinutes(1)).InZone(London).LocalDateTime;
        var slot = new LocalSlot(start.Date, start.TimeOfDay.With(TimeAdjusters.TruncateToSecond), Duration.FromMinutes(1) + goesOnFor);
        var use = new BookedUse(
            _school, _pupil, _plan, _step, new CapabilitySet(Capability.See | Capability.Hear), AsksParent: false, Lesson: null, new RoomId(Guid.NewGuid()), slot, London,
            PupilLocation.Home, KeyAdult, _classroom.RobotName, KeyAdult);
        var yes = new Agreement(_pupil.ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(Id), Now, AgreementManner.Page);
        var session = new ScheduledSession(Id, use, new SessionHistory(By(Now - Duration.FromHours(1)))).Agree(yes).Value;
        var assignment = new Assignment(
            new AssignmentId(Guid.NewGuid()), KeyAdult, Role.KeyAdult, new AccessScope.OnePlan(_school, _plan), Now - Duration.FromHours(1), until: null, By());
        await KeepAsync(work =>
        {
            work.Plans.Add(ActivePlan());
            work.Schoolings.Add(new Schooling(_pupil, [new Placement(_school, Now.InUtc().Date.PlusYears(-1), until: null, By())]));
            work.StationedRobots.Add(new StationedRobot(_classroom.RobotName, _school));
            work.Assignments.Add(assignment);
            work.Sessions.Add(session);
            return Task.CompletedTask;
        });
    }

    private SupportPlan ActivePlan()
    {
        var today = Now.InZone(London).Date;
        var rules = new ReviewSettings(dueDaysBefore: 7, leadAfterDays: 5, longOverdueAfterDays: 20, longestGapWeeks: 13);
        return SupportPlan.Draft(
                _plan, _pupil, _school, new InPersonGoal("Art club with two friends", "The art room"), KeyAdult, KeyAdult,
                StepLadder.FromListed([StepWith(Capability.See | Capability.Hear)]), By(), Say()).Value
            .Activate(today.PlusWeeks(4), today, rules, [], By(), Say()).Value;
    }

    private Step StepWith(Capability capabilities) => new(
        _step, "Listening to art", 3, Duration.FromMinutes(60), 3, "The art room", "Nobody new", new RobotUse(new CapabilitySet(capabilities)));

    private Task ChangePlanAsync(Func<SupportPlan, SupportPlan> change) => KeepAsync(async work =>
    {
        var kept = (await work.Plans.FindAsync(_plan, Cancelled))!; // arranged
        work.Plans.Replace(kept, change(kept.Value));
    });

    private async Task KeepAsync(Func<IWork, Task> change)
    {
        await using var work = await _data.Get<IRecords>().BeginAsync(KeyAdult, Now, [Claim.On(_pupil), Claim.On(KeyAdult)], Cancelled);
        await change(work);
        Assert.Null(await work.CommitAsync(Cancelled));
    }

    private static PupilsSay Say() => new("Mornings are hard. Art is good.", ["after lunch"], ["art"], isConfidential: false);

    private static Act By(Instant? at = null) => new(KeyAdult, at ?? Now);
}

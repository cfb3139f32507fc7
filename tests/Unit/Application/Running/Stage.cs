using AV1Relay.Application.Running;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Domain.Booking;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.QueryPlans;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Application.Running;

/// <summary>One pupil's plan and session, as <c>Bookable</c> has them, in a database of their own.</summary>
internal sealed class Stage(TemporaryRelayStorage storage, QueriesSeen seen) : IAsyncDisposable
{
    public const string Tablet = "tablet-1";

    private int _codes;

    public RunningSessions Running { get; } = new(storage.Get<IRecords>(), storage.Get<IGrantNumbers>());

    public TemporaryRelayStorage Storage => storage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The session at 10:05, in the state that it is asked for in; the plan's step lets the robot see and hear.</summary>
    public static async Task<Stage> SetAsync(TestDatabase database, SessionState state)
    {
        var seen = new QueriesSeen();
        var stage = new Stage(await TemporaryRelayStorage.CreateAsync(database, seen), seen);
        await stage.KeepAsync(work => work.Plans.Add(ActivePlan()));
        await stage.KeepAsync(work => work.Schoolings.Add(SchoolingOf(Pupil)));
        await stage.KeepAsync(work => work.StationedRobots.Add(Stationed));
        await stage.KeepAsync(work => work.Sessions.Add(In(state)));
        if (state == SessionState.Live) await stage.KeepAsync(work => work.Devices.Add(new PupilDevice(Tablet, Pupil, By(At(10, 6)))));
        return stage;
    }

    public static SupportPlan ActivePlan(PlanId? plan = null, PupilId? pupil = null) => SupportPlan.Draft(
            plan ?? Plan, pupil ?? Pupil, Bookable.School, PlanFixture.Goal, KeyAdult, PlanFixture.Lead, StepLadder.FromListed([Step()]), By(At(8, 0)), PlanFixture.Say()).Value
        .Activate(PlanFixture.ReviewOn, Monday, PlanFixture.ReviewRules, [], By(At(8, 0)), PlanFixture.Say()).Value;

    private static Schooling SchoolingOf(PupilId pupil) => new(pupil, [new Placement(Bookable.School, Monday.PlusYears(-1), until: null, By(At(8, 0)))]);

    /// <summary>The pupil leaves the school; that day is the last.</summary>
    public Task LeaveSchoolAsync(LocalDate lastDay) => KeepAsync(async work =>
    {
        var kept = (await work.Schoolings.FindAsync(Pupil, Cancellation))!; // set on the stage
        work.Schoolings.Replace(kept, kept.Value.End(lastDay, By(At(8, 0))).Value);
    });

    public Task<DecidedSession> DecideAsync(Instant now) => OnlyAsync(Running.DecideAsync(now, Cancellation));

    /// <summary>What time did, without a failure.</summary>
    public async Task<IReadOnlyList<TimePassed>> OnTimeAsync(Instant now)
    {
        var passing = await Running.OnTimeAsync(now, Cancellation);
        Assert.Empty(passing.Failures);
        return passing.Changed;
    }

    /// <summary>The pupil comes in by a code that staff have just made.</summary>
    public async Task<Outcome<JoinedSession>> JoinAsync(string device, Instant now)
    {
        var code = await AddCodeAsync($"code{_codes++}", now);
        return await Running.JoinAsync(Id(1), code, device, now, Cancellation);
    }

    /// <summary>A code into the session, good from an hour before.</summary>
    public async Task<string> AddCodeAsync(string code, Instant now)
    {
        var stored = new StoredJoinCode(code, Id(1).ToString(), now + Duration.FromMinutes(15), End, UsedAt: null, GoodFrom: now - Duration.FromHours(1));
        Assert.True(await storage.Get<IJoinCodes>().TryAddAsync(stored, Cancellation));
        return code;
    }

    /// <summary>Another live session, of a pupil of its own with a robot of their own.</summary>
    public Task AddLiveAsync(int number) => KeepAsync(work =>
    {
        var (pupil, plan, robot, device) = (new PupilId(Number(2000 + number)), new PlanId(Number(3000 + number)), $"robot-{number}", $"tablet-of-{number}");
        var yes = new Agreement(pupil.ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(Id(number)), At(8, 10), AgreementManner.Page);
        var agreed = Booked(Use() with { Pupil = pupil, Plan = plan, RobotName = robot }, number).Agree(yes).Value;
        var station = new StationedRobot(robot, Bookable.School);
        work.Plans.Add(ActivePlan(plan, pupil));
        work.Schoolings.Add(SchoolingOf(pupil));
        work.StationedRobots.Add(station);
        work.Devices.Add(new PupilDevice(device, pupil, By(At(10, 6))));
        work.Sessions.Add(agreed.Place(AllWell with { RobotName = robot }, station, By(At(10, 0)), Rules).Value.Join(device, At(10, 6)).Value);
    });

    /// <summary>Likewise, with a record that nobody can read.</summary>
    public async Task AddUnreadableAsync(int number)
    {
        await AddLiveAsync(number);
        var id = Id(number).Value;
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        await context.Sessions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Document, "{}"), Cancellation);
    }

    /// <summary>How many questions go to the database meanwhile.</summary>
    public async Task<int> QuestionsAsync(Func<Task> ask)
    {
        seen.IsListening = true;
        await ask();
        seen.IsListening = false;
        return seen.Take().Count;
    }

    /// <summary>Who looks after robots moves the booked one, or takes it out of service.</summary>
    public Task ChangeRobotAsync(Func<StationedRobot, StationedRobot> change) => KeepAsync(async work =>
    {
        var kept = (await work.StationedRobots.FindAsync(Stationed.RobotName, Cancellation))!; // set on the stage
        work.StationedRobots.Replace(kept, change(kept.Value));
    });

    /// <summary>Staff narrow or widen what the plan's step lets the robot do.</summary>
    public Task ChangeStepAsync(Capability capabilities) => ChangePlanAsync(
        plan => plan.ChangeStep(Step(new CapabilitySet(capabilities)), By(At(10, 10)), PlanFixture.Say()).Value);

    public Task ChangePlanAsync(Func<SupportPlan, SupportPlan> change) => KeepAsync(async work =>
    {
        var kept = (await work.Plans.FindAsync(Plan, Cancellation))!; // set on the stage
        work.Plans.Replace(kept, change(kept.Value));
    });

    public Task ChangeSessionAsync(Func<ScheduledSession, ScheduledSession> change) => KeepAsync(async work =>
    {
        var kept = (await work.Sessions.FindAsync(Id(1), Cancellation))!; // set on the stage
        work.Sessions.Replace(kept, change(kept.Value));
    });

    public Task ChangeDeviceAsync(Func<PupilDevice, PupilDevice> change) => KeepAsync(async work =>
    {
        var kept = (await work.Devices.FindAsync(Tablet, Cancellation))!; // kept before
        work.Devices.Replace(kept, change(kept.Value));
    });

    public Task KeepAsync(Action<IWork> change) => KeepAsync(work =>
    {
        change(work);
        return Task.CompletedTask;
    });

    public async Task<ScheduledSession> SessionAsync()
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(KeyAdult, At(9, 0), [], Cancellation);
        return (await work.Sessions.FindAsync(Id(1), Cancellation))!.Value; // set on the stage
    }

    public async Task<IReadOnlyList<EngagementEntry>> LedgerAsync()
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(KeyAdult, At(9, 0), [], Cancellation);
        return [.. (await work.Engagement.OfPupilAsync(Pupil, Cancellation)).Select(kept => kept.Value)];
    }

    public async Task<IReadOnlyList<StepRating>> RatingsAsync()
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(KeyAdult, At(9, 0), [], Cancellation);
        return [.. (await work.Ratings.OfPupilAsync(Pupil, Cancellation)).Select(kept => kept.Value)];
    }

    public async Task<PupilDevice?> DeviceAsync(string id = Tablet)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(KeyAdult, At(9, 0), [], Cancellation);
        return (await work.Devices.FindAsync(id, Cancellation))?.Value;
    }

    /// <summary>Who did what, as it was recorded, the first first.</summary>
    public async Task<IReadOnlyList<string>> AuditAsync()
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        return await context.Audit.OrderBy(row => row.Number).Select(row => row.Who + " " + row.What).ToListAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => storage.DisposeAsync();

    private async Task KeepAsync(Func<IWork, Task> change)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(KeyAdult, At(9, 0), [Claim.On(Pupil)], Cancellation);
        await change(work);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private static async Task<DecidedSession> OnlyAsync(Task<Decisions> decisions) => Assert.Single((await decisions).Sessions);
}

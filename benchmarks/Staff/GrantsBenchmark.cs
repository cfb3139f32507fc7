using AV1Relay.Application.Running;
using AV1Relay.Application.Sample;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>What the relay does each time that anybody has written anything: decide anew about every session that runs.</summary>
internal static class GrantsBenchmark
{
    /// <summary>A county's busiest lesson: as many schools as there are have one or two sessions at the same time.</summary>
    private const int Wanted = 500;

    /// <returns>How many sessions run, and what to measure.</returns>
    public static async Task<(int Running, Func<Task> Decide)> PrepareAsync(StaffDatabase county, CancellationToken cancellationToken)
    {
        foreach (var school in Enumerable.Range(1, county.Size.Schools).Select(county.School))
        {
            await using var work = await county.Get<IRecords>().BeginAsync(RelayItself.Who, StaffDatabase.Now, [Claim.OnAuthority], cancellationToken);
            var pupils = school.Pupils.Where(pupil => pupil.Plan is { Status: PlanStatus.Active, Ladder.Current.Robot: not null });
            foreach (var (pupil, robot) in pupils.Zip(school.Robots.Where(robot => robot.OutOfServiceBecause is null)).Take(2)) AddLive(work, school, pupil, robot);
            if (await work.CommitAsync(cancellationToken) is { } conflict) throw new InvalidOperationException(conflict.ToString());
            if (await CountAsync(county, cancellationToken) >= Wanted) break;
        }

        var sessions = new RunningSessions(county.Get<IRecords>(), county.Get<IGrantNumbers>());
        var running = (await sessions.DecideAsync(StaffDatabase.Now, cancellationToken)).Sessions.Length; // and each has its number now
        return (running, () => sessions.DecideAsync(StaffDatabase.Now, cancellationToken));
    }

    private static async Task<int> CountAsync(StaffDatabase county, CancellationToken cancellationToken)
    {
        await using var work = await county.Get<IRecords>().BeginAsync(RelayItself.Who, StaffDatabase.Now, [], cancellationToken);
        return (await work.Sessions.UnfinishedIdsAsync(StaffDatabase.Now, RunningSessions.Most, cancellationToken)).Count;
    }

    private static void AddLive(IWork work, SampleSchool school, SamplePupil pupil, StationedRobot robot)
    {
        var (plan, zone) = (pupil.Plan, school.Card.Zone());
        var (id, start) = (new ScheduledSessionId(Guid.NewGuid()), (StaffDatabase.Now - Duration.FromMinutes(10)).InZone(zone).LocalDateTime);
        var use = new BookedUse(
            school.Card.Id, plan.Pupil, plan.Id, plan.Ladder.Current.Id, plan.Ladder.Current.Robot!.Capabilities, AsksParent: false, Lesson: null, // it has a robot
            new RoomId(Guid.NewGuid()), new LocalSlot(start.Date, start.TimeOfDay, Duration.FromMinutes(40)), zone, PupilLocation.Home, plan.KeyAdult,
            robot.RobotName, plan.KeyAdult);
        var yes = new Agreement(plan.Pupil.ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(id), StaffDatabase.Now - Duration.FromHours(1), AgreementManner.Page);
        var device = $"benchmark-{plan.Pupil}";
        var placed = new Act(plan.KeyAdult, StaffDatabase.Now - Duration.FromMinutes(12));
        work.Devices.Add(new PupilDevice(device, plan.Pupil, placed));
        work.Sessions.Add(new ScheduledSession(id, use, new SessionHistory(
            new Act(plan.KeyAdult, StaffDatabase.Now - Duration.FromDays(1)), [yes], new RobotPlacement(placed), [new DeviceJoin(device, StaffDatabase.Now - Duration.FromMinutes(9))])));
    }
}

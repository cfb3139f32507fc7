using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>
/// A lesson of the invented authority that begins now, with a real robot: on the calendar, at a step of an invented pupil's plan, agreed to and with
/// the robot in its place. At any time of the day, so that it can be shown whenever somebody wishes to see it.
/// </summary>
public sealed class SampleLesson(IRecords records, TimeProvider time)
{
    /// <summary>What somebody who looks at it would like to try; a step that allows less is moved along.</summary>
    private static readonly Capability Shown = Capability.See | Capability.Hear | Capability.LookAround | Capability.LightsAndHand | Capability.Speak;

    private static readonly Duration WorthJoining = Duration.FromMinutes(10);

    private static readonly Refusal NotSeeded = new(
        "sample.none", "There is no invented authority in this database.", "Run 'relay-server seed' on an empty one first: never beside real pupils.");

    private static readonly Refusal NobodyFree = new(
        "sample.nobody-free", "No invented pupil is free for a lesson now.", "Wait for a session to end, or seed another database.");

    /// <summary>The lesson that goes on with that robot, or a new one.</summary>
    /// <param name="school">Whose pupil: one that was invented.</param>
    /// <param name="robot">Enrolled; it belongs to that school from now on.</param>
    /// <param name="isPlaced">False: agreed to, and whoever takes the class puts the robot in its place.</param>
    public async Task<Outcome<ScheduledSession>> BeginAsync(SchoolId school, string robot, bool isPlaced, CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (await GoingOnAsync(school, robot, now, cancellationToken) is { } there) return there;
        if (await ChooseAsync(school, now, cancellationToken) is not ({ } plan, var parent)) return await IsThereAsync(school, now, cancellationToken) ? NobodyFree : NotSeeded;

        await using var work = await records.BeginAsync(plan.Value.KeyAdult, now, [Claim.On(plan.Value.Pupil), Claim.OnRobot(robot)], cancellationToken);
        var station = await StationAsync(work, school, robot, cancellationToken);
        var moved = AtShownStep(plan.Value, now);
        if (!ReferenceEquals(moved, plan.Value)) work.Plans.Replace(plan, moved);
        var agreed = Agreed(await UseAsync(work, moved, robot, now, cancellationToken), parent, now);
        var session = isPlaced ? Placed(agreed, station, now) : agreed;
        work.Sessions.Add(session);
        work.Record(new AuditEntry(now, "sample", "sample.lesson", $"session {session.Id}", $"robot {robot}"));
        return await work.CommitAsync(cancellationToken) is { } conflict ? conflict : session;
    }

    /// <summary>Where a lesson is, by name.</summary>
    public async Task<(string School, string Room)> WhereAsync(ScheduledSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        await using var work = await records.BeginAsync(default, Instant.FromDateTimeOffset(time.GetUtcNow()), [], cancellationToken);
        var school = await work.Schools.FindAsync(session.Booked.School, cancellationToken);
        var rooms = (await work.SchoolTimes.FindAsync(session.Booked.School, cancellationToken))?.Value.Rooms ?? [];
        return (school?.Value.Name ?? "", rooms.FirstOrDefault(room => room.Id == session.Booked.Room)?.Name ?? "");
    }

    private async Task<bool> IsThereAsync(SchoolId school, Instant now, CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(default, now, [], cancellationToken);
        return await work.Schools.FindAsync(school, cancellationToken) is not null;
    }

    private async Task<ScheduledSession?> GoingOnAsync(SchoolId school, string robot, Instant now, CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(default, now, [], cancellationToken);
        return (await work.Sessions.UnfinishedOfRobotAsync(robot, cancellationToken)).Select(kept => kept.Value).FirstOrDefault(session =>
            session.Booked.School == school && session.State is SessionState.Agreed or SessionState.Ready or SessionState.Live
            && session.Window.Start <= now && now + WorthJoining < session.Window.End);
    }

    /// <summary>A pupil who has nothing else today and whose ladder has a step with what is to be shown; one who is there already, where there is one.</summary>
    private async Task<(Kept<SupportPlan>? Plan, PersonId Parent)> ChooseAsync(SchoolId school, Instant now, CancellationToken cancellationToken)
    {
        await using var work = await records.BeginAsync(default, now, [], cancellationToken);
        if (await work.Schools.FindAsync(school, cancellationToken) is not { Value: var card }) return (null, default);
        var today = now.InZone(card.Zone()).Date;
        var busy = (await work.Sessions.OfSchoolAsync(school, new DateInterval(today, today.PlusDays(1)), cancellationToken))
            .Select(kept => kept.Value.Booked.Pupil).ToHashSet();
        var plans = (await work.Plans.OfSchoolAsync(school, limit: 100, cancellationToken))
            .Where(kept => kept.Value.Status == PlanStatus.Active && !busy.Contains(kept.Value.Pupil) && kept.Value.NextReviewOn > today
                && kept.Value.Ladder.Steps.SkipWhile(step => step.Id != kept.Value.Ladder.CurrentId).Any(Shows))
            .OrderByDescending(kept => Shows(kept.Value.Ladder.Current));
        foreach (var plan in plans)
        {
            var roles = await work.Assignments.OfPlanAsync(plan.Value.Id, cancellationToken);
            if (roles.FirstOrDefault(role => role.Value.Role == Role.Parent) is { } parent) return (plan, parent.Value.Who);
        }

        return (null, default);
    }

    private static bool Shows(Step step) => step.Robot?.Capabilities.Has(Shown) is true;

    private static async Task<StationedRobot> StationAsync(IWork work, SchoolId school, string robot, CancellationToken cancellationToken)
    {
        var kept = await work.StationedRobots.FindAsync(robot, cancellationToken);
        if (kept?.Value.School == school) return kept.Value;
        var station = new StationedRobot(robot, school);
        if (kept is null) work.StationedRobots.Add(station);
        else work.StationedRobots.Replace(kept, station);
        return station;
    }

    /// <summary>Pupil and key adult have stepped up together, as often as it took.</summary>
    private static SupportPlan AtShownStep(SupportPlan plan, Instant now)
    {
        while (!Shows(plan.Ladder.Current))
        {
            now += Duration.FromMilliseconds(1); // each yes comes after the step before it
            var move = new AgreedTo.Move(plan.Id, plan.Ladder.CurrentId, plan.Ladder.Above!.Id); // one above shows it
            plan = plan.StepUp(
                new Agreement(plan.Pupil.ToString(), AgreementCapacity.Pupil, move, now, AgreementManner.InPerson),
                new Agreement(plan.KeyAdult.ToString(), AgreementCapacity.KeyAdult, move, now, AgreementManner.InPerson),
                new Act(plan.KeyAdult, now, "For the lesson that is shown")).Value;
        }

        return plan;
    }

    private static async Task<BookedUse> UseAsync(IWork work, SupportPlan plan, string robot, Instant now, CancellationToken cancellationToken)
    {
        var times = (await work.SchoolTimes.FindAsync(plan.School, cancellationToken))!.Value; // an invented school has its year
        var (zone, step) = (times.Calendar.Zone, plan.Ladder.Current);
        var start = now.InZone(zone).LocalDateTime;
        var slot = new LocalSlot(start.Date, start.TimeOfDay.With(TimeAdjusters.TruncateToSecond), step.Duration);
        var lesson = DayFacts.Of(start.Date, times.Calendar, times.Timetable).Lessons
            .FirstOrDefault(lesson => lesson.Room is not null && lesson.Slot.ToInterval(zone).Contains(now));
        return new BookedUse(
            plan.School, plan.Pupil, plan.Id, step.Id, step.Robot!.Capabilities, step.Robot.AsksParent, lesson?.Name, lesson?.Room ?? times.Rooms[0].Id, slot, zone,
            PupilLocation.Home, plan.KeyAdult, robot, plan.KeyAdult); // it shows something, so it has a robot
    }

    private static ScheduledSession Agreed(BookedUse use, PersonId parent, Instant now)
    {
        var id = new ScheduledSessionId(Guid.NewGuid());
        var booked = new ScheduledSession(id, use, new SessionHistory(new Act(use.KeyAdult, now - Duration.FromDays(2))));
        var at = now - Duration.FromDays(1);
        var agreed = booked.Agree(new Agreement(use.Pupil.ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(id), at, AgreementManner.InPerson)).Value;
        return use.AsksParent
            ? agreed.Agree(new Agreement(parent.ToString(), AgreementCapacity.Parent, new AgreedTo.Session(id), at, AgreementManner.Call)).Value
            : agreed;
    }

    private static ScheduledSession Placed(ScheduledSession agreed, StationedRobot station, Instant now)
    {
        var check = new RobotCheck(agreed.Booked.RobotName, BatteryLasts: true, WifiHolds: true, SoundIsHeard: true);
        return agreed.Place(check, station, new Act(agreed.Booked.Carrier, now), SessionRules.Default).Value;
    }
}

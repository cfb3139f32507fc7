using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Robots;
using NodaTime;

namespace AV1Relay.Application.Fleet;

/// <summary>Robots, as technicians look after them. They see no plan and no pupil.</summary>
public sealed class StaffFleet
{
    /// <summary>So many codes are made at once, at most.</summary>
    public const int MostCodes = 100;

    /// <summary>How long a code can be used: a working day's enrolling.</summary>
    public static readonly Duration CodesLast = Duration.FromHours(8);

    /// <summary>A next session is looked for so far ahead: longer than any holiday.</summary>
    private static readonly Duration LooksAhead = Duration.FromDays(70);

    private readonly Desk _desk;

    internal StaffFleet(Desk desk) => _desk = desk;

    /// <summary>A school's robots.</summary>
    public async Task<Outcome<RobotList>> ListAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadFleet,
            async work => new Asked<RobotList>(await ReadAllAsync(work, school, cancellationToken), AccessSubject.OfSchool(school), $"school {school}"),
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<RobotList>(refusals);
    }

    /// <summary>Codes with which new robots of that school enrol: whoever uses one is stationed there.</summary>
    /// <param name="make">A new code that can be used until then.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and <see cref="MostCodes"/>.</exception>
    public Task<Outcome<NewCodes>> CreateCodesAsync(
        Caller caller, SchoolId school, int count, Func<Instant, StoredEnrolmentCode> make, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostCodes);
        ArgumentNullException.ThrowIfNull(make);
        return _desk.ChangeAsync<SchoolCard, NewCodes>(
            caller, Operation.EnrolRobot, "", [Claim.On(school)],
            async work => await work.Schools.FindAsync(school, cancellationToken) is { } kept
                ? new Asked<SchoolCard>(kept.Value, AccessSubject.OfSchool(school), $"school {school}")
                : null,
            async (work, _, act) =>
            {
                var codes = ImmutableArray.CreateBuilder<StoredEnrolmentCode>(count);
                while (codes.Count < count)
                {
                    var code = make(act.At + CodesLast) with { School = school };
                    if (await work.Codes.TryAddAsync(code, cancellationToken)) codes.Add(code); // otherwise its id is taken
                }

                return new Done<NewCodes>(
                    new NewCodes(codes.MoveToImmutable()), AuditedValue.Written("codes", null, string.Join(' ', codes.Select(code => code.Id))));
            },
            cancellationToken);
    }

    /// <summary>Says which school an enrolled robot belongs to.</summary>
    /// <remarks>
    /// Away from another school takes a right at that one too; and that school has nothing booked with it any more, or its pupil would be in the
    /// other one's classroom. A robot of no school is given to one by whoever looks after the whole authority.
    /// </remarks>
    public async Task<Outcome<ReadRobot>> StationAsync(Caller caller, RobotChangeRequest change, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var now = await _desk.PeekAsync(caller, work => work.StationedRobots.FindAsync(change.Robot, cancellationToken), cancellationToken);
        if (now?.Value.School != school)
        {
            var there = await _desk.LookAsync(caller, Operation.ReadFleet, work => FindAsync(work, change.Robot, null, cancellationToken), cancellationToken);
            if (!there.TryGet(out _, out var refusals)) return Outcome.Refused<ReadRobot>(refusals);
        }

        return await ChangeAsync(
            caller, change, school,
            async (work, station) =>
            {
                var elsewhere = (await work.Sessions.UnfinishedOfRobotAsync(change.Robot, cancellationToken))
                    .Select(kept => kept.Value.Booked).Where(booked => booked.School != school).ToList();
                if (elsewhere.Count > 0) return FleetRefusals.StillBooked(elsewhere);
                return station is null ? new StationedRobot(change.Robot, school, null, null) : station with { School = school };
            },
            cancellationToken);
    }

    /// <summary>It can't be booked or placed, and what it is live for ends at once: what it was granted is withdrawn.</summary>
    public Task<Outcome<ReadRobot>> TakeOutOfServiceAsync(Caller caller, RobotChangeRequest change, string because, CancellationToken cancellationToken) =>
        ChangeAsync(caller, change, station => station with { OutOfServiceBecause = because }, cancellationToken);

    public Task<Outcome<ReadRobot>> ReturnToServiceAsync(Caller caller, RobotChangeRequest change, CancellationToken cancellationToken) =>
        ChangeAsync(caller, change, station => station with { OutOfServiceBecause = null }, cancellationToken);

    /// <summary>It is no longer let in, its link is closed, and it belongs to no school. What was booked with it is in its staff's <em>what needs me</em>.</summary>
    public Task<Outcome<ReadRobot>> RetireAsync(Caller caller, RobotChangeRequest change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _desk.ChangeAsync<ReadRobot, ReadRobot>(
            caller, Operation.RetireRobot, change.Why, [Claim.OnRobot(change.Robot)],
            work => FindAsync(work, change.Robot, null, cancellationToken),
            async (work, found, act) =>
            {
                if (found.Version != change.Seen) return RecordRefusals.ChangedMeanwhile;
                if (!await work.EnrolledRobots.RemoveAsync(change.Robot, act.At, cancellationToken)) return FleetRefusals.RetiredAlready;
                return new Done<ReadRobot>(
                    found with { Robot = found.Robot with { RemovedAt = act.At }, Station = null, Version = 0 }, AuditedValue.Written("retired", "no", "yes"));
            },
            cancellationToken);
    }

    private Task<Outcome<ReadRobot>> ChangeAsync(
        Caller caller, RobotChangeRequest change, Func<StationedRobot, StationedRobot> next, CancellationToken cancellationToken) => ChangeAsync(
        caller, change, to: null,
        (_, station) => Task.FromResult<Outcome<StationedRobot>>(station is null ? FleetRefusals.NotStationed : next(station)), cancellationToken);

    private Task<Outcome<ReadRobot>> ChangeAsync(
        Caller caller, RobotChangeRequest change, SchoolId? to, Func<IWork, StationedRobot?, Task<Outcome<StationedRobot>>> ask,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _desk.ChangeAsync<ReadRobot, ReadRobot>(
            caller, Operation.UpdateRobot, change.Why, [Claim.OnRobot(change.Robot)],
            work => FindAsync(work, change.Robot, to, cancellationToken),
            async (work, found, act) =>
            {
                if (found.Version != change.Seen) return RecordRefusals.ChangedMeanwhile;
                if (found.Robot.IsRemoved) return FleetRefusals.RetiredAlready;
                if (to is { } school && await work.Schools.FindAsync(school, cancellationToken) is null) return FleetRefusals.NoSuchSchool;
                var kept = await work.StationedRobots.FindAsync(change.Robot, cancellationToken);
                if (!(await ask(work, kept?.Value)).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<ReadRobot>>(refusals);
                if (kept is null) work.StationedRobots.Add(next);
                else work.StationedRobots.Replace(kept, next);
                return new Done<ReadRobot>(
                    new ReadRobot(found.Robot, next, found.Version + 1, await NextSessionAsync(work, change.Robot, act.At, cancellationToken)),
                    [.. Values(kept?.Value, next)]);
            },
            cancellationToken);
    }

    /// <summary>The reason why it is out of service is words, which may name somebody: it is kept with the robot.</summary>
    private static IEnumerable<AuditedValue> Values(StationedRobot? before, StationedRobot after)
    {
        if (before?.School != after.School) yield return AuditedValue.Written("school", before?.School.ToString(), after.School.ToString());
        if (before?.OutOfServiceBecause is null != after.OutOfServiceBecause is null)
            yield return AuditedValue.Written("in-service", Service(before), Service(after));
    }

    private static string? Service(StationedRobot? robot) => robot is null ? null : robot.OutOfServiceBecause is null ? "yes" : "no";

    /// <param name="to">Asks for a right at that school; null: at the one where it is, or over the whole authority.</param>
    private async Task<Asked<ReadRobot>?> FindAsync(IWork work, string name, SchoolId? to, CancellationToken cancellationToken)
    {
        var kept = await work.StationedRobots.FindAsync(name, cancellationToken);
        if (await work.EnrolledRobots.FindAsync(name, cancellationToken) is not { } robot) return null;
        var about = (to ?? kept?.Value.School) is { } school ? AccessSubject.OfSchool(school) : AccessSubject.AtNoSchool;
        var next = await NextSessionAsync(work, name, _desk.Now, cancellationToken);
        return new Asked<ReadRobot>(new ReadRobot(robot, kept?.Value, kept?.Version ?? 0, next), about, $"robot {name}");
    }

    private async Task<RobotList> ReadAllAsync(IWork work, SchoolId school, CancellationToken cancellationToken)
    {
        var stationed = await work.StationedRobots.OfSchoolAsync(school, cancellationToken);
        var robots = (await work.EnrolledRobots.FindAllAsync([.. stationed.Select(kept => kept.Value.RobotName)], cancellationToken)).ToDictionary(robot => robot.Name);
        var read = ImmutableArray.CreateBuilder<ReadRobot>();
        foreach (var kept in stationed)
        {
            if (!robots.TryGetValue(kept.Value.RobotName, out var robot)) continue; // never so: robots are removed, not deleted
            read.Add(new ReadRobot(robot, kept.Value, kept.Version, await NextSessionAsync(work, robot.Name, _desk.Now, cancellationToken)));
        }

        return new RobotList(read.ToImmutable());
    }

    private static async Task<LocalDateTime?> NextSessionAsync(IWork work, string robot, Instant now, CancellationToken cancellationToken) =>
        (await work.Sessions.OfRobotAsync(robot, now, now + LooksAhead, cancellationToken))
            .Select(kept => kept.Value)
            .FirstOrDefault(session => session.State is SessionState.Proposed or SessionState.Agreed or SessionState.Ready or SessionState.Live)?
            .Booked.Slot is { } slot ? slot.Date + slot.Start : null;
}

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
    private readonly IRobotRegistry _robots;
    private readonly IEnrolmentCodes _codes;

    internal StaffFleet(Desk desk, IRobotRegistry robots, IEnrolmentCodes codes) => (_desk, _robots, _codes) = (desk, robots, codes);

    /// <summary>A school's robots.</summary>
    public async Task<Outcome<RobotList>> ListAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadFleet,
            async work => new Asked<RobotList>(await ReadAllAsync(work, school, cancellationToken), AccessSubject.OfSchool(school), $"school {school}"),
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<RobotList>(refusals);
    }

    /// <summary>Codes with which new robots enrol. Which school a robot belongs to is said when it is stationed.</summary>
    /// <param name="make">A new code that can be used until then.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and <see cref="MostCodes"/>.</exception>
    public Task<Outcome<NewCodes>> CreateCodesAsync(
        Caller caller, SchoolId school, int count, Func<Instant, StoredEnrolmentCode> make, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostCodes);
        ArgumentNullException.ThrowIfNull(make);
        return _desk.ChangeAsync<SchoolCard, NewCodes>(
            caller, Operation.EnrolRobot, "", [], // codes are kept on their own: claiming something as well would have the two wait for each other
            async work => await work.Schools.FindAsync(school, cancellationToken) is { } kept
                ? new Asked<SchoolCard>(kept.Value, AccessSubject.OfSchool(school), $"school {school}")
                : null,
            async (_, _, act) =>
            {
                var codes = ImmutableArray.CreateBuilder<StoredEnrolmentCode>(count);
                while (codes.Count < count)
                {
                    var code = make(act.At + CodesLast);
                    if (await _codes.TryAddAsync(code, cancellationToken)) codes.Add(code); // otherwise its id is taken
                }

                return new Done<NewCodes>(
                    new NewCodes(codes.MoveToImmutable()), AuditedValue.Written("codes", null, string.Join(' ', codes.Select(code => code.Id))));
            },
            cancellationToken);
    }

    /// <summary>Says which school an enrolled robot belongs to. Away from another school takes a right at that one too.</summary>
    public async Task<Outcome<ReadRobot>> StationAsync(Caller caller, RobotChangeRequest change, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var now = await _desk.PeekAsync(caller, work => work.StationedRobots.FindAsync(change.Robot, cancellationToken), cancellationToken);
        if (now is not null && now.Value.School != school)
        {
            var there = await _desk.LookAsync(caller, Operation.ReadFleet, work => FindAsync(work, change.Robot, null, cancellationToken), cancellationToken);
            if (!there.TryGet(out _, out var refusals)) return Outcome.Refused<ReadRobot>(refusals);
        }

        return await ChangeAsync(
            caller, change, school,
            station => station is null ? new StationedRobot(change.Robot, school, null, null) : station with { School = school }, cancellationToken);
    }

    public Task<Outcome<ReadRobot>> TakeOutOfServiceAsync(Caller caller, RobotChangeRequest change, string because, CancellationToken cancellationToken) =>
        ChangeAsync(caller, change, null, station => station is null ? FleetRefusals.NotStationed : station with { OutOfServiceBecause = because }, cancellationToken);

    public Task<Outcome<ReadRobot>> ReturnToServiceAsync(Caller caller, RobotChangeRequest change, CancellationToken cancellationToken) =>
        ChangeAsync(caller, change, null, station => station is null ? FleetRefusals.NotStationed : station with { OutOfServiceBecause = null }, cancellationToken);

    /// <summary>It is no longer let in, and its link is closed.</summary>
    public Task<Outcome<ReadRobot>> RetireAsync(Caller caller, RobotChangeRequest change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _desk.ChangeAsync<ReadRobot, ReadRobot>(
            caller, Operation.RetireRobot, change.Why, [], // the registry is kept on its own: as with codes
            work => FindAsync(work, change.Robot, null, cancellationToken),
            async (_, found, act) =>
            {
                if (found.Version != change.Seen) return RecordRefusals.ChangedMeanwhile;
                if (!await _robots.RemoveAsync(change.Robot, act.At, cancellationToken)) return FleetRefusals.RetiredAlready;
                return new Done<ReadRobot>(found with { Robot = found.Robot with { RemovedAt = act.At } }, AuditedValue.Written("retired", "no", "yes"));
            },
            cancellationToken);
    }

    private Task<Outcome<ReadRobot>> ChangeAsync(
        Caller caller, RobotChangeRequest change, SchoolId? to, Func<StationedRobot?, Outcome<StationedRobot>> ask, CancellationToken cancellationToken)
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
                if (!ask(kept?.Value).TryGet(out var next, out var refusals)) return Outcome.Refused<Done<ReadRobot>>(refusals);
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

    /// <param name="to">Asks for a right at that school; null: at the one where it is.</param>
    private async Task<Asked<ReadRobot>?> FindAsync(IWork work, string name, SchoolId? to, CancellationToken cancellationToken)
    {
        var kept = await work.StationedRobots.FindAsync(name, cancellationToken);
        if (await _robots.FindAsync(name, cancellationToken) is not { } robot || (to ?? kept?.Value.School) is not { } school) return null;
        var next = await NextSessionAsync(work, name, _desk.Now, cancellationToken);
        return new Asked<ReadRobot>(new ReadRobot(robot, kept?.Value, kept?.Version ?? 0, next), AccessSubject.OfSchool(school), $"robot {name}");
    }

    private async Task<RobotList> ReadAllAsync(IWork work, SchoolId school, CancellationToken cancellationToken)
    {
        var robots = (await _robots.ListAsync(cancellationToken)).ToDictionary(robot => robot.Name);
        var read = ImmutableArray.CreateBuilder<ReadRobot>();
        foreach (var kept in await work.StationedRobots.OfSchoolAsync(school, cancellationToken))
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

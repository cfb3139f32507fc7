using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Live;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Robots;

namespace AV1Relay.Application.Fleet;

/// <summary>A school's robots with what only the running relay knows, and what is to be done about each.</summary>
public sealed class FleetNow
{
    private readonly StaffFleet _fleet;
    private readonly IRobotsNow _robots;
    private readonly IEnrolmentCodeMaker _codes;

    internal FleetNow(StaffFleet fleet, IRobotsNow robots, IEnrolmentCodeMaker codes) => (_fleet, _robots, _codes) = (fleet, robots, codes);

    /// <summary>Those that need somebody first.</summary>
    public async Task<Outcome<FleetAtHand>> ListAsync(Caller caller, SchoolId school, CancellationToken cancellationToken) =>
        (await _fleet.ListAsync(caller, school, cancellationToken)).TryGet(out var listed, out var refusals)
            ? new FleetAtHand(
                [
                    .. listed.Robots.Where(robot => !robot.Robot.IsRemoved).Select(AtHand)
                        .OrderBy(robot => robot.Advice.Standing is not RobotStanding.NotWell).ThenBy(robot => robot.Advice.Standing is RobotStanding.OutOfService)
                        .ThenBy(robot => robot.Read.Robot.Name, StringComparer.Ordinal),
                ])
            : Outcome.Refused<FleetAtHand>(refusals);

    /// <summary>Codes with which new robots of that school enrol, as they are typed: each is shown once.</summary>
    public async Task<Outcome<PrintedCodes>> CreateCodesAsync(Caller caller, SchoolId school, int count, CancellationToken cancellationToken) =>
        (await _fleet.CreateCodesAsync(caller, school, count, _codes.Make, cancellationToken)).TryGet(out var made, out var refusals)
            ? new PrintedCodes([.. made.Codes.Select(_codes.Print)])
            : Outcome.Refused<PrintedCodes>(refusals);

    private RobotAtHand AtHand(ReadRobot robot)
    {
        var now = _robots.Find(robot.Robot.Name);
        return new RobotAtHand(robot, now, RobotAdviceNow.Of(now, robot.Station, robot.NextSession is not null));
    }
}

public sealed record FleetAtHand(ImmutableArray<RobotAtHand> Robots);

/// <param name="Now">Null while its link is down.</param>
public sealed record RobotAtHand(ReadRobot Read, RobotNow? Now, RobotAdvice Advice);

/// <summary>New codes, each to be shown once.</summary>
public sealed record PrintedCodes(ImmutableArray<string> Codes)
{
    /// <remarks>They are secrets until they are used.</remarks>
    public override string ToString() => nameof(PrintedCodes);
}

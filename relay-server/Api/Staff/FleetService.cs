using AV1Relay.Api.RobotLinks;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Fleet;
using AV1Relay.Domain.Refusals;
using AV1Relay.Protos.V1;
using Grpc.Core;
using NodaTime.Text;

namespace AV1Relay.Api.Staff;

/// <summary>Robots for other systems. Adds to <see cref="StaffFleet"/> what only the running relay knows: whose link is up.</summary>
internal sealed class FleetService(StaffFleet fleet, IEnrolmentCodeMaker codes, RobotLinkTable links) : Fleet.FleetBase
{
    private const int MaxRobotName = 64; // ours have about 10
    private static readonly LocalDateTimePattern WallTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    public override async Task<ListRobotsReply> ListRobots(ListRobotsRequest request, ServerCallContext context)
    {
        var school = Fields.School(request.SchoolId, "school_id");
        var listed = (await fleet.ListAsync(StaffCalls.CallerOf(context), school, context.CancellationToken)).OrThrow();
        return new ListRobotsReply { Robots = { listed.Robots.Select(Write) } };
    }

    public override async Task<CreateEnrolmentCodesReply> CreateEnrolmentCodes(CreateEnrolmentCodesRequest request, ServerCallContext context)
    {
        var school = Fields.School(request.SchoolId, "school_id");
        var count = Fields.Number(request.Count, "count", 1, StaffFleet.MostCodes);
        var made = await fleet.CreateCodesAsync(
            StaffCalls.CallerOf(context), school, count, codes.Make, context.CancellationToken);
        return new CreateEnrolmentCodesReply { Codes = { made.OrThrow().Codes.Select(codes.Print) } };
    }

    public override Task<FleetRobot> StationRobot(StationRobotRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => fleet.StationAsync(
            caller, ReadChange(request.Change, "change."), Fields.School(request.SchoolId, "school_id"), cancellation));

    public override Task<FleetRobot> TakeOutOfService(TakeOutOfServiceRequest request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => fleet.TakeOutOfServiceAsync(
            caller, ReadChange(request.Change, "change."), Fields.Needed(request.Because, "because"), cancellation));

    public override Task<FleetRobot> ReturnToService(RobotChange request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => fleet.ReturnToServiceAsync(caller, ReadChange(request, ""), cancellation));

    public override Task<FleetRobot> RetireRobot(RobotChange request, ServerCallContext context) => AnswerAsync(
        context, (caller, cancellation) => fleet.RetireAsync(caller, ReadChange(request, ""), cancellation));

    private static RobotChangeRequest ReadChange(RobotChange? change, string prefix)
    {
        var given = Fields.Message(change, "change");
        return new RobotChangeRequest(
            Fields.Needed(given.Robot, $"{prefix}robot", MaxRobotName), Fields.Version(given.Version, $"{prefix}version", lowest: 0),
            Fields.Words(given.Why, $"{prefix}why"));
    }

    private async Task<FleetRobot> AnswerAsync(ServerCallContext context, Func<Caller, CancellationToken, Task<Outcome<ReadRobot>>> ask) =>
        Write((await ask(StaffCalls.CallerOf(context), context.CancellationToken)).OrThrow());

    private FleetRobot Write(ReadRobot robot) => new()
    {
        Robot = robot.Robot.Name,
        SchoolId = robot.Station?.School.ToString() ?? "",
        IsOnline = links.Find(robot.Robot.Name) is not null,
        IsRetired = robot.Robot.IsRemoved,
        OutOfServiceBecause = robot.Station?.OutOfServiceBecause ?? "",
        EnrolledUnixMs = robot.Robot.EnrolledAt.ToUnixTimeMilliseconds(),
        NextSessionStart = robot.NextSession is { } next ? WallTime.Format(next) : "",
        Version = robot.Version,
    };
}

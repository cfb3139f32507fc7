using System.CommandLine;
using System.Globalization;
using AV1Relay.Application.Fleet;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server robot list|remove</c>: which robots belong here.</summary>
internal static class RobotCommand
{
    public static Command Create(TimeProvider time) =>
        new("robot", "List the enrolled robots, or remove one.") { List(time), Remove(time) };

    private static Command List(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("list", "Print the enrolled robots.") { data, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var robots = await relay.Get<IRobotRegistry>().ListAsync(cancellationToken);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(Report.ToLine(new
                {
                    robots = robots.Select(robot => new
                    {
                        name = robot.Name,
                        enrolledAt = robot.EnrolledAt.ToDateTimeOffset(),
                        removedAt = robot.RemovedAt?.ToDateTimeOffset(),
                    }),
                }));
                return 0;
            }

            foreach (var robot in robots)
                await output.WriteLineAsync($"{robot.Name}\tenrolled {robot.EnrolledAt.ToString("g", CultureInfo.InvariantCulture)}{(robot.IsRemoved ? "\tremoved" : string.Empty)}");
            return 0;
        });
        return command;
    }

    private static Command Remove(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var robot = new Option<string>("--robot") { Description = "Its name.", HelpName = "NAME", Required = true };
        var command = new Command("remove", "Let a robot in no more; its link is closed at once.") { data, robot };
        command.SetAction(async (result, cancellationToken) =>
        {
            var name = result.GetRequiredValue(robot);
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            if (!await new OperatorFleet(relay.Get<IRecords>(), time, RelayData.Actor).RemoveAsync(name, cancellationToken))
                throw new CommandException($"No robot is called '{name}', or it was removed before: see relay-server robot list.");
            return 0;
        });
        return command;
    }
}

using System.CommandLine;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Sample;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Addresses;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server lesson</c>: a lesson of the invented authority that begins now, with a link for its pupil.</summary>
internal static class LessonCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var robot = new Option<string>("--robot") { Description = "The robot's name; it belongs to the first invented school from now on.", HelpName = "R", Required = true };
        var url = new Option<string?>("--url") { Description = "How the pupil reaches the relay, when it is not as the server was started.", HelpName = "URL" };
        var qr = new Option<bool>("--qr") { Description = "Also draw the link as a QR code in the terminal." };
        var notPlaced = new Option<bool>("--not-placed") { Description = "Leave it to whoever takes the class to put the robot in its place." };
        var json = SharedOptions.Json();
        var command = new Command("lesson", "Begin a lesson of the invented authority (see seed), and print its pupil's link; again: a new link to the same lesson.")
        {
            data, robot, url, qr, notPlaced, json,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var school = new CountyGenerator(SeedCommand.Seed, SampleSize.Authority, relay.Clock.Wall).Schools().First().Card.Id;
            var lesson = ActivatorUtilities.CreateInstance<SampleLesson>(relay.Services);
            var session = SharedOptions.Done(await lesson.BeginAsync(school, result.GetRequiredValue(robot), !result.GetValue(notPlaced), cancellationToken));
            var code = SharedOptions.Done(await relay.Get<StaffJoinCodes>().IssueJoinCodeAsync(new Caller(session.Booked.KeyAdult), session.Id, cancellationToken));
            var pageUrl = result.GetValue(url)?.TrimEnd('/')
                ?? (await relay.Get<IRelayAddresses>().FindAsync(cancellationToken))?.PageUrls[0]
                ?? throw new CommandException("The relay has not been started with this data yet: start it first, or say where it is with --url.");
            var link = $"{pageUrl}/join/{code.Code}";
            var output = result.InvocationConfiguration.Output;
            var until = session.Window.End.ToDateTimeOffset();
            var (schoolName, roomName) = await lesson.WhereAsync(session, cancellationToken);
            await output.WriteLineAsync(result.GetValue(json)
                ? Report.ToLine(new { url = link, session = session.Id.ToString(), until, school = schoolName, room = roomName })
                : link);
            if (result.GetValue(qr) && !result.GetValue(json)) await output.WriteLineAsync(TerminalQr.Draw(link));
            return 0;
        });
        return command;
    }
}

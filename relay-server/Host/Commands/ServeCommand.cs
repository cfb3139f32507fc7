using System.CommandLine;
using AV1Relay.RelayServer.Composition;
using AV1Relay.RelayServer.Health;
using Microsoft.Extensions.Logging.Console;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server serve</c>: the relay itself, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new ServeOptions();
        var json = new Option<bool>("--json") { Description = "Print JSON: one line when ready, and the log." };
        var command = new Command("serve", "Run the relay.") { json };
        options.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var settings = options.Read(result);
            var asJson = result.GetValue(json);
            if (options.NoticeOf(result) is { } notice)
                await result.InvocationConfiguration.Error.WriteLineAsync(notice);
            foreach (var warning in new[] { ServeOptions.WarningOf(settings), SmtpOptions.WarningOf(settings.Mail) }.OfType<string>())
                await result.InvocationConfiguration.Error.WriteLineAsync(warning);
            await using var relay = await RelayApplication.StartAsync(settings, time, logging => ToStandardError(logging, asJson), cancellationToken);
            CollectorPauses.Prepare();
            var media = string.Join(", ", relay.MediaAddresses);
            await result.InvocationConfiguration.Output.WriteLineAsync(asJson
                ? Report.ToLine(new { ready = true, url = relay.Urls.PageUrl, robotUrl = relay.Urls.RobotUrl, media })
                : $"Relay ready: {relay.Urls.PageUrl} (robots: {relay.Urls.RobotUrl}, media: UDP {media})");
            await relay.WaitForShutdownAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    private static void ToStandardError(ILoggingBuilder logging, bool json)
    {
        if (json)
            logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) = (true, "HH:mm:ss ", LoggerColorBehavior.Disabled));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}

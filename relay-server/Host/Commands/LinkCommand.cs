using System.CommandLine;
using AV1Relay.Api.Join;
using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server link</c>: a pupil's one-time link into an ad-hoc session.</summary>
internal static class LinkCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var session = SharedOptions.Session();
        var ttl = SharedOptions.Ttl("How long the link can be used; it works once.", TimeSpan.FromMinutes(15));
        var lasts = new Option<TimeSpan>("--lasts")
        {
            Description = "How long the pupil may take part, where no robot is bound to the session yet; else until its binding ends.",
            HelpName = "TIME",
            CustomParser = Durations.Parse,
            DefaultValueFactory = _ => TimeSpan.FromHours(1),
        };
        var url = new Option<string?>("--url") { Description = "How the pupil reaches the relay, when it is not as the server was started.", HelpName = "URL" };
        var qr = new Option<bool>("--qr") { Description = "Also draw the link as a QR code in the terminal." };
        var json = SharedOptions.Json();
        var command = new Command("link", "Print a pupil's link into an ad-hoc session.") { data, session, ttl, lasts, url, qr, json };
        command.SetAction((result, cancellationToken) => RunAsync(
            new Request(
                result.GetRequiredValue(data), result.GetRequiredValue(session), result.GetValue(ttl), result.GetValue(lasts), result.GetValue(url), result.GetValue(qr)),
            result.GetValue(json), result.InvocationConfiguration.Output, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Request request, bool json, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = SharedOptions.ParseSession(request.Session);
        await using var data = await SharedOptions.OpenAsync(request.Data, time, cancellationToken);
        var pageUrl = request.Url?.TrimEnd('/')
            ?? (await data.Get<IRelayAddresses>().FindAsync(cancellationToken))?.PageUrls[0]
            ?? throw new CommandException("The relay has not been started with this data yet: start it first, or say where it is with --url.");

        var now = data.Clock.Wall;
        var binding = await data.Get<ISessionBindings>().FindOpenAsync(session.Value, now, cancellationToken);
        var codeEnds = now + Duration.FromTimeSpan(request.Ttl);
        // A link that lives longer than the session's standard length keeps its promise.
        var sessionEnds = binding?.Window.End ?? Instant.Max(now + Duration.FromTimeSpan(request.Lasts), codeEnds);

        var printed = await AddAsync(data.Get<IJoinCodes>(), session, codeEnds, sessionEnds, cancellationToken);
        await data.RecordAsync("link.made", session.Value, $"until {codeEnds}, session until {sessionEnds}", cancellationToken);
        var link = $"{pageUrl}/join/{printed}";
        await output.WriteLineAsync(json
            ? Report.ToLine(new { url = link, code = printed, expiresAt = codeEnds.ToDateTimeOffset(), sessionEndsAt = sessionEnds.ToDateTimeOffset() })
            : link);
        if (request.Qr && !json) await output.WriteLineAsync(TerminalQr.Draw(link));
        return 0;
    }

    private static async Task<string> AddAsync(
        IJoinCodes codes, SessionId session, Instant codeEnds, Instant sessionEnds, CancellationToken cancellationToken)
    {
        while (true)
        {
            var printed = JoinCode.Generate();
            if (JoinCode.TryCanonicalise(printed, out var canonical)
                && await codes.TryAddAsync(new StoredJoinCode(canonical, session.Value, codeEnds, sessionEnds, null), cancellationToken))
            {
                return printed;
            }
        }
    }

    private sealed record Request(string Data, string Session, TimeSpan Ttl, TimeSpan Lasts, string? Url, bool Qr);
}

using System.CommandLine;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server debug-token</c>: a technician's look inside. A command of its own, since it opens no session and needs no ad-hoc one.</summary>
internal static class DebugTokenCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var session = new Option<string?>("--session") { Description = "This session alone; without: every session, and /metrics.", HelpName = "ID" };
        var ttl = SharedOptions.Ttl("How long the token is good, up to 8h.", TimeSpan.FromMinutes(15));
        ttl.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<TimeSpan>() > TechnicianTokens.Longest)
                result.AddError("--ttl is 8h at most: a token can't be taken back.");
        });
        var json = SharedOptions.Json();
        var command = new Command("debug-token", "Print a bearer token to look at /debug/session/ID and /metrics with; opens no session.") { data, session, ttl, json };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(data), result.GetValue(session), result.GetValue(ttl), result.GetValue(json),
            result.InvocationConfiguration.Output, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, string? session, TimeSpan ttl, bool json, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        if (session is not null && !SessionId.TryParse(session, out _))
            throw new CommandException($"--session {session}: an id has 1 to {SessionId.MaxLength} characters of a–z, 0–9 and '-'.");

        await using var data = await SharedOptions.OpenAsync(path, time, cancellationToken);
        var start = data.Clock.Wall;
        var end = start + Duration.FromTimeSpan(ttl);
        var issued = data.Get<TechnicianTokens>().Issue(new TechnicianToken(session, start.ToDateTimeOffset(), end.ToDateTimeOffset()));
        await data.RecordAsync("debug_token.issued", session ?? "all sessions", $"technician until {end}, token {issued.Id}", cancellationToken);
        await output.WriteLineAsync(json
            ? Report.ToLine(new { session, token = issued.Value, expiresAt = end.ToDateTimeOffset() })
            : issued.Value);
        return 0;
    }
}

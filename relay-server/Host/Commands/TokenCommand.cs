using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.RelayServer.Data;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server token</c>: bearer tokens for ad-hoc sessions, and robots bound to them.</summary>
internal static class TokenCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var session = SharedOptions.Session();
        var role = new Option<SessionRole>("--role")
        {
            Description = "Who the token is for.",
            HelpName = "robot|pupil|observer",
            Required = true,
            CustomParser = result => result.Tokens is [var token] && TryParseRole(token.Value, out var parsed)
                ? parsed
                : Fail(result, "--role is robot, pupil or observer."),
        };
        var ttl = SharedOptions.Ttl("How long the token is good: 30m, 1h, 8h …", TimeSpan.FromHours(1));
        var count = SharedOptions.Count("So many tokens, for sessions ID-1 to ID-N.");
        var robot = new Option<string?>("--robot") { Description = "Bind this enrolled robot to the session until the ttl ends.", HelpName = "NAME" };
        var name = new Option<string?>("--name") { Description = "How an observer is announced to pupil and class.", HelpName = "TEXT" };
        var json = SharedOptions.Json();
        var command = new Command("token", "Print bearer tokens for an ad-hoc session with every capability; works while the server runs.")
        {
            data, session, role, ttl, count, robot, name, json,
        };
        command.SetAction((result, cancellationToken) => RunAsync(
            new Request(
                result.GetRequiredValue(data), result.GetRequiredValue(session), result.GetRequiredValue(role), result.GetValue(ttl),
                result.GetValue(count), result.GetValue(robot), result.GetValue(name)),
            result.GetValue(json), result.InvocationConfiguration.Output, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Request request, bool json, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        var ids = SessionIds(request);
        if (request.Robot is not null && ids.Count > 1)
            throw new CommandException("--robot binds one robot to one session: leave --count out.");

        await using var data = await SharedOptions.OpenAsync(request.Data, time, cancellationToken);
        var now = data.Clock.Wall;
        var window = new SessionWindow(now, now + Duration.FromTimeSpan(request.Ttl));
        if (request.Robot is not null)
            await BindAsync(data, ids[0], request.Robot, window, cancellationToken);

        var issuer = data.Get<JwtSessionTokens>();
        var printed = new List<object>();
        foreach (var id in ids)
        {
            var issued = issuer.Issue(TokenFor(request, id, window));
            await data.RecordAsync(
                "token.issued", id.Value, $"{request.Role.ToString().ToLowerInvariant()} until {window.End}, token {issued.Id}", cancellationToken);
            if (!json)
                await output.WriteLineAsync(issued.Value);
            printed.Add(new { session = id.Value, token = issued.Value, expiresAt = window.End.ToDateTimeOffset() });
        }

        if (json)
            await output.WriteLineAsync(Report.ToLine(new { tokens = printed }));
        return 0;
    }

    private static List<SessionId> SessionIds(Request request) => request.Count == 1
        ? [SharedOptions.ParseSession(request.Session)]
        : [.. Enumerable.Range(1, request.Count)
            .Select(number => SharedOptions.ParseSession(string.Create(CultureInfo.InvariantCulture, $"{request.Session}-{number}")))];

    private static SessionToken TokenFor(Request request, SessionId id, SessionWindow window)
    {
        var isRobot = request.Role is SessionRole.Robot && request.Robot is not null;
        return new SessionToken(
            id.Value,
            request.Role,
            // Every token of one robot has the same identity; each other token is a device of its own.
            isRobot ? $"robot:{request.Robot}" : $"token:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}",
            request.Role is SessionRole.Observer ? request.Name ?? "Technician" : null,
            CapabilitySet.Everything,
            window.Start.ToDateTimeOffset(),
            window.End.ToDateTimeOffset(),
            IsAdHoc: true,
            isRobot ? request.Robot : null);
    }

    private static async Task BindAsync(
        RelayData data, SessionId id, string robotName, SessionWindow window, CancellationToken cancellationToken)
    {
        var robots = data.Get<IRobotRegistry>();
        var robot = await robots.FindAsync(robotName, cancellationToken);
        if (robot is null or { IsRemoved: true })
        {
            var known = (await robots.ListAsync(cancellationToken)).Where(other => !other.IsRemoved).Select(other => other.Name).ToList();
            throw new CommandException(known.Count == 0
                ? $"No robot is called '{robotName}', and none is enrolled yet: relay-server enroll-code --data {data.Directory.Path}"
                : $"No robot is called '{robotName}'. Enrolled: {string.Join(", ", known)}.");
        }

        var binding = await data.Get<ISessionBindings>().BindAsync(id.Value, robotName, window, data.Clock.Wall, cancellationToken);
        await data.RecordAsync(
            "session.bound", $"{id.Value} {robotName}", $"binding {binding.FencingNumber} until {window.End}", cancellationToken);
    }

    private static bool TryParseRole(string text, out SessionRole role)
    {
        (var known, role) = text switch
        {
            "robot" => (true, SessionRole.Robot),
            "pupil" => (true, SessionRole.Pupil),
            "observer" => (true, SessionRole.Observer),
            _ => (false, default),
        };
        return known;
    }

    private static SessionRole Fail(System.CommandLine.Parsing.ArgumentResult result, string words)
    {
        result.AddError(words);
        return default;
    }

    private sealed record Request(
        string Data, string Session, SessionRole Role, TimeSpan Ttl, int Count, string? Robot, string? Name);
}

using System.CommandLine;
using AV1Relay.Domain.Robots;
using AV1Relay.Protos;
using AV1Relay.RelayServer.Data;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server enroll-code</c>: codes that robots join the relay with.</summary>
internal static class EnrollCodeCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var count = SharedOptions.Count("So many codes, one a line.");
        var ttl = SharedOptions.Ttl("How long each code can be used; it works once.", TimeSpan.FromMinutes(60));
        var json = SharedOptions.Json();
        var command = new Command("enroll-code", "Print one-time codes for robot-agent enroll.") { data, count, ttl, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var ends = relay.Clock.Wall + Duration.FromTimeSpan(result.GetValue(ttl));
            var output = result.InvocationConfiguration.Output;
            var printed = new List<object>();
            for (var left = result.GetValue(count); left > 0; left--)
            {
                var code = await AddAsync(relay, ends, cancellationToken);
                printed.Add(new { code = code.ToPrinted(), expiresAt = ends.ToDateTimeOffset() });
                if (!result.GetValue(json))
                    await output.WriteLineAsync(code.ToPrinted());
            }

            if (result.GetValue(json))
                await output.WriteLineAsync(Report.ToLine(new { codes = printed }));
            return 0;
        });
        return command;
    }

    private static async Task<EnrolmentCode> AddAsync(RelayData relay, Instant ends, CancellationToken cancellationToken)
    {
        while (true)
        {
            var code = EnrolmentCode.Generate();
            if (!await relay.Get<IEnrolmentCodes>().TryAddAsync(new StoredEnrolmentCode(code.Id, code.Secret, ends, 0, null), cancellationToken))
                continue; // its id is taken
            await relay.RecordAsync("code.made", code.Id, $"until {ends}", cancellationToken);
            return code;
        }
    }
}

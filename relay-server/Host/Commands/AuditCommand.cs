using System.CommandLine;
using AV1Relay.Domain.Audit;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server audit verify</c>: whether the record is as it was written.</summary>
internal static class AuditCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var verify = new Command("verify", "Check the audit chain; exit code 1 and the first bad entry when it does not hold.") { data, json };
        verify.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var verification = await relay.Get<IAuditLog>().VerifyAsync(cancellationToken);
            var holds = verification.FirstBadEntry is null;
            var console = result.InvocationConfiguration;
            if (result.GetValue(json))
            {
                await console.Output.WriteLineAsync(Report.ToLine(new
                {
                    ok = holds,
                    entries = verification.Entries,
                    firstBadEntry = verification.FirstBadEntry,
                    problem = verification.Problem,
                }));
            }
            else if (holds)
            {
                await console.Output.WriteLineAsync($"The audit chain holds: {verification.Entries} entries.");
            }
            else
            {
                await console.Error.WriteLineAsync($"The audit chain is broken. {verification.Problem} Compare with a backup.");
            }

            return holds ? 0 : 1;
        });
        return new Command("audit", "Check the record of who did what.") { verify };
    }
}

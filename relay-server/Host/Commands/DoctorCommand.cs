using System.CommandLine;
using AV1Relay.RelayServer.Doctor;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server doctor</c>: is everything as it should be, and if not, what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new ServeOptions();
        var json = SharedOptions.Json();
        var command = new Command("doctor", "Check data, certificates, ports, pages and clock; takes the options of serve.") { json };
        options.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var findings = await Checkup.RunAsync(options.Read(result), time, cancellationToken);
            var isWell = findings.All(finding => finding.Grade is not Grade.Bad);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(Report.ToLine(new
                {
                    ok = isWell,
                    checks = findings.Select(finding => new
                    {
                        name = finding.Name,
                        grade = finding.Grade.ToString().ToLowerInvariant(),
                        words = finding.Words,
                    }),
                }));
                return isWell ? 0 : 1;
            }

            foreach (var finding in findings)
                await output.WriteLineAsync($"{Mark(finding.Grade)} {finding.Name}: {finding.Words}");
            if (!isWell)
                await result.InvocationConfiguration.Error.WriteLineAsync("Something needs you: see the lines that begin with 'bad'.");
            return isWell ? 0 : 1;
        });
        return command;
    }

    private static string Mark(Grade grade) => grade switch
    {
        Grade.Good => "good",
        Grade.Note => "note",
        _ => "bad ",
    };
}

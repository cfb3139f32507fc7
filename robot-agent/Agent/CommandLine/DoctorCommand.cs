using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using AV1Relay.RobotAgent.Doctor;

namespace AV1Relay.RobotAgent.CommandLine;

/// <summary><c>robot-agent doctor</c>: is everything as it should be, and if not, what to do.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions JsonOptions =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(TimeProvider time)
    {
        var relay = SharedOptions.Relay(required: false);
        var state = SharedOptions.State(required: false);
        var simulate = SharedOptions.Simulate();
        var body = SharedOptions.Body();
        var camera = SharedOptions.Camera();
        var microphone = SharedOptions.Microphone();
        var speaker = SharedOptions.Speaker();
        var size = SharedOptions.Size();
        var json = SharedOptions.Json();
        var command = new Command("doctor", "Check camera, microphone, speaker, codecs, each part of the body, clock, and the way to the relay; takes the options of run.")
        {
            relay, state, simulate, body, camera, microphone, speaker, size, json,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var opened = SharedOptions.BodyOf(result, body, simulate, time);
            var checkup = new Checkup(
                result.GetValue(relay), result.GetValue(state), opened, SharedOptions.InputOf(result, camera, simulate),
                SharedOptions.InputOf(result, microphone, simulate), SharedOptions.SpeakerOf(result, speaker, simulate),
                result.GetValue(size), time);
            var findings = await checkup.RunAsync(cancellationToken);
            var isWell = findings.All(finding => finding.Grade is not Grade.Bad);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new
                    {
                        ok = isWell,
                        checks = findings.Select(finding => new { name = finding.Name, grade = finding.Grade.ToString().ToLowerInvariant(), words = finding.Words }),
                    },
                    JsonOptions));
                return isWell ? 0 : 1;
            }

            foreach (var finding in findings) await output.WriteLineAsync($"{finding.Grade.ToString().ToLowerInvariant(),-4} {finding.Name}: {finding.Words}");
            if (!isWell) await result.InvocationConfiguration.Error.WriteLineAsync("Something needs you: see the lines that begin with 'bad'.");
            return isWell ? 0 : 1;
        });
        return command;
    }
}

using System.CommandLine;
using AV1Relay.Protos;
using AV1Relay.RobotAgent.Enrolment;
using AV1Relay.RobotAgent.Running;
using AV1Relay.RobotAgent.State;

namespace AV1Relay.RobotAgent.CommandLine;

/// <summary><c>robot-agent enroll</c>: makes this robot known to its relay, once.</summary>
internal static class EnrollCommand
{
    public static Command Create(TimeProvider time)
    {
        var relay = SharedOptions.Relay(required: true);
        var state = SharedOptions.State(required: true);
        var code = new Option<EnrolmentCode>("--code")
        {
            Description = "The code that relay-server enroll-code printed; it works once.",
            HelpName = "CODE",
            Required = true,
            CustomParser = result => EnrolmentCode.TryParse(result.Tokens[0].Value, out var parsed)
                ? parsed
                : SharedOptions.Fail<EnrolmentCode>(result, "--code is not an enrolment code: it has the form ABCD-EFGHJ-KMNPQ-RSTVW-XYZ01. Look at each character."),
        };
        var again = new Option<bool>("--again") { Description = "Replace the enrolment that this folder holds." };
        var command = new Command("enroll", "Make this robot known to its relay: makes its key here, fetches its certificate, remembers the relay's authority.")
        {
            relay, code, state, again,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var folder = StateFolder.Open(result.GetRequiredValue(state)!);
            if (folder.IsEnrolled && !result.GetValue(again))
            {
                using var identity = folder.LoadIdentity();
                throw new CommandException($"This robot is already enrolled as {identity.Name} ({folder.Path}). To replace that, add --again; the code was not used.");
            }

            var name = await Enroller.EnrolAsync(
                result.GetRequiredValue(relay)!, result.GetRequiredValue(code), folder, AgentVersion.Text, time, cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"Enrolled as {name}.");
            return 0;
        });
        return command;
    }
}

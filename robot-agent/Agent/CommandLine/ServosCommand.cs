using System.CommandLine;
using System.Globalization;
using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.ServoBus;

namespace AV1Relay.RobotAgent.CommandLine;

/// <summary><c>robot-agent servos</c>: which bus servos answer and where they are; <c>--from 1 --to 2</c> gives one another number.</summary>
internal static class ServosCommand
{
    public static Command Create(TimeProvider time)
    {
        var port = new Option<string>("--port") { Description = "A serial port, or auto (the one USB adapter; usual).", HelpName = "PATH", DefaultValueFactory = _ => "auto" };
        var from = Number("--from", "The servo's number now; new ones have 1. One servo at a time on the wire.");
        var to = Number("--to", "Its number from now on: 1 turns the head, 2 nods.");
        var command = new Command("servos", "List the head's bus servos with their position in steps, or give one another number.") { port, from, to };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is null != result.GetValue(to) is null) result.AddError("--from and --to go together.");
        });
        command.SetAction(async (result, cancellationToken) =>
        {
            var output = result.InvocationConfiguration.Output;
            await using var servos = ServoSetup.OnSerialPort(result.GetValue(port)!, time);
            try
            {
                if (result.GetValue(from) is { } old && result.GetValue(to) is { } wanted)
                {
                    await servos.RenumberAsync(old, wanted, cancellationToken);
                    await output.WriteLineAsync($"The servo with number {old} has number {wanted} now.");
                }

                var found = await servos.FindAsync(cancellationToken);
                foreach (var servo in found)
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{servo.Id}: {servo.Steps} steps, {servo.Celsius} °C, {servo.Volts:0.0} V"));
                if (found.Count == 0) throw new CommandException($"No servo with a number up to {ServoSetup.HighestLookedFor} answers: check their power and plugs.");
                return 0;
            }
            catch (HardwareException problem)
            {
                throw new CommandException(problem.Message);
            }
        });
        return command;
    }

    private static Option<byte?> Number(string name, string description)
    {
        var option = new Option<byte?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<byte?>() is { } number and (0 or > ServoSetup.HighestLookedFor))
                result.AddError($"{name} is 1 to {ServoSetup.HighestLookedFor}, not {number}.");
        });
        return option;
    }
}

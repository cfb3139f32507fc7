using AV1Relay.RobotAgent.CommandLine;

return await AgentProgram.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None);

using AV1Relay.RelayServer;

return await RelayProgram.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None);

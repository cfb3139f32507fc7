using AV1Relay.Tests.HardwareInLoop;
using Xunit.Runner.InProc.SystemConsole;

// figures: measures and prints. Anything else is xunit's.
if (args is not ["figures"]) return await ConsoleRunner.Run(args);
await Figures.PrintAsync(Console.Out);
return 0;

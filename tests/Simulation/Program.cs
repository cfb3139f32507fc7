using AV1Relay.Tests.Simulation.Runs;
using Xunit.Runner.InProc.SystemConsole;

// measure: how much call a CPU minute simulates. replay SCENARIO SEED: one run, told in full. sweep [COUNT [FIRST]]: many seeds. Anything else is xunit's.
return args switch
{
    ["measure", .. var rest] => Measurement.Run(rest),
    ["sweep", .. var rest] => Sweep.Run(rest),
    ["replay", var scenario, var seed] => Replay.Run(scenario, seed),
    _ => await ConsoleRunner.Run(args),
};

using AV1Relay.Tests.Fault.Killed;
using Xunit.Runner.InProc.SystemConsole;

// work KIND DATABASE AUDIT-HEADS FIRST: does work until it is killed. Anything else is xunit's.
return args switch
{
    ["work", var kind, var database, var auditHeads, var first] => await Worker.RunAsync(kind, database, auditHeads, int.Parse(first, System.Globalization.CultureInfo.InvariantCulture)),
    _ => await ConsoleRunner.Run(args),
};

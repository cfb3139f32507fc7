using System.Globalization;
using Xunit.Runner.InProc.SystemConsole;

namespace AV1Relay.Tests.Fuzz;

/// <summary><c>fuzz …</c> fuzzes (run.sh says how); anything else runs the tests.</summary>
internal static class Program
{
    private const string Usage = "fuzz [--minutes M] [--target NAME] [--seed N] [--artifacts DIR] [--replay FILE] [--list]";

    public static async Task<int> Main(string[] args)
        => args is ["fuzz", ..] ? Fuzz(args[1..]) : await ConsoleRunner.Run(args);

    private static int Fuzz(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--list")
            {
                foreach (var target in FuzzTargets.All) Console.WriteLine(target.Name);
                return 0;
            }

            if (args[i] is not ("--minutes" or "--target" or "--seed" or "--artifacts" or "--replay") || i + 1 == args.Length) return Misuse($"{args[i]}?");
            options[args[i]] = args[++i];
        }

        FuzzTarget[] targets = [.. FuzzTargets.All.Where(target => target.Name == options.GetValueOrDefault("--target", target.Name))];
        if (targets.Length == 0) return Misuse($"There is no target {options["--target"]}; --list names them.");
        if (options.TryGetValue("--replay", out var file)) return targets.Length == 1 ? Replay(targets[0], file) : Misuse("--replay needs --target.");
        if (!double.TryParse(options.GetValueOrDefault("--minutes", "1"), CultureInfo.InvariantCulture, out var minutes) || minutes <= 0)
            return Misuse("--minutes is a number above 0.");
        var seed = options.TryGetValue("--seed", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        Console.Error.WriteLine($"Seed {seed}; {minutes} minutes for {targets.Length} targets.");
        var failures = 0;
        foreach (var target in targets)
        {
            using var run = new FuzzRun(target, options.GetValueOrDefault("--artifacts", Path.Combine("artifacts", "fuzz")));
            run.For(TimeSpan.FromMinutes(minutes / targets.Length), seed);
            failures += run.Failures;
        }

        Console.WriteLine(failures == 0 ? "Nothing failed." : $"{failures} different failures: see above.");
        return failures == 0 ? 0 : 1;
    }

    private static int Replay(FuzzTarget target, string file)
    {
        var failure = FuzzRun.Run(target, File.ReadAllBytes(file));
        Console.WriteLine(failure is null ? "It passes." : failure.ToString());
        return failure is null ? 0 : 1;
    }

    private static int Misuse(string words)
    {
        Console.Error.WriteLine($"{words}\n{Usage}");
        return 2;
    }
}

using System.Diagnostics;
using AV1Relay.Tests.Unit.Storage;

namespace AV1Relay.Tests.Fault.Killed;

/// <summary>A worker that is killed while it works.</summary>
internal static class KilledProcess
{
    /// <summary>Kills it when it has said so many lines, and a little later.</summary>
    /// <param name="first">Number of its first piece of work.</param>
    /// <param name="spins">What passes between the last line and the kill: it decides in which part of the next piece of work the process dies.</param>
    /// <returns>What it said in all: pieces of work that it was told are kept.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(TemporaryRelayStorage storage, string kind, int first, int lines, int spins)
    {
        using var process = Start(storage, kind, first);
        List<string> said = [];
        while (said.Count < lines && await process.StandardOutput.ReadLineAsync() is { } line) said.Add(line);
        Thread.SpinWait(spins);
        process.Kill(); // SIGKILL: nothing of it is asked
        while (await process.StandardOutput.ReadLineAsync() is { } line) said.Add(line);
        await process.WaitForExitAsync();
        return said;
    }

    /// <summary>Kills it as soon as something can be seen of its work.</summary>
    public static async Task RunAsync(TemporaryRelayStorage storage, string kind, Func<Task> seen)
    {
        using var process = Start(storage, kind, first: 1);
        await seen();
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    public static async Task RunToEndAsync(TemporaryRelayStorage storage, string kind)
    {
        using var process = Start(storage, kind, first: 1);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The worker ended with {process.ExitCode}.");
    }

    private static Process Start(TemporaryRelayStorage storage, string kind, int first)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["work", kind, storage.ConnectTo, storage.AuditHeadsFile, $"{first}"]) // a process has a path
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The worker did not start.");
    }
}

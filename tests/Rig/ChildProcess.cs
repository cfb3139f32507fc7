using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A program that the rig started, its output kept (bounded), stopped by its own id.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int MaxKeptLines = 2_000;
    private const int SignalTerminate = 15;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _newLine = new(0);
    private readonly string _name;

    private ChildProcess(string name, Process process)
    {
        _name = name;
        _process = process;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has printed so far on both streams, the newest 2,000 lines.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public static ChildProcess Start(string name, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start };
        var child = new ChildProcess(name, process);
        process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end and returns what it printed on standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message has its standard error.</exception>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}{await output}");
    }

    /// <summary>Waits for a line that matches, from the first line on.</summary>
    /// <exception cref="TimeoutException">No such line in time, or the process ended; the message has its last lines.</exception>
    public async Task<Match> WaitForLineAsync(Regex pattern, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout, TimeProvider.System);
        while (true)
        {
            foreach (var line in _lines)
            {
                var match = pattern.Match(line);
                if (match.Success) return match;
            }

            if (_process.HasExited && _newLine.CurrentCount == 0) throw new TimeoutException(Describe($"ended with {_process.ExitCode}"));
            try
            {
                await _newLine.WaitAsync(TimeSpan.FromMilliseconds(200), deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(Describe($"did not print '{pattern}' within {timeout.TotalSeconds} s"));
            }
        }
    }

    /// <summary>Ends it at once, without a chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM) and waits; kills it when it takes longer.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited) _ = SendSignal(_process.Id, SignalTerminate);
        using var deadline = new CancellationTokenSource(patience, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(5));
        _process.Dispose();
        _newLine.Dispose();
    }

    public string Describe(string what) => $"{_name} {what}. Its last lines:\n{string.Join('\n', _lines.TakeLast(25))}";

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        while (_lines.Count > MaxKeptLines) _lines.TryDequeue(out _);
        _newLine.Release();
    }
}

using System.Diagnostics;
using System.Text.Json;

namespace AV1Relay.Benchmarks.Load;

/// <summary>Runs the generator in a process of its own, so that its work never counts as a relay's.</summary>
internal static class GeneratorProcess
{
    /// <exception cref="InvalidOperationException">The generator failed; the message has what it said.</exception>
    public static async Task<LoadSample> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("This program does not know its own path.");
        var start = new ProcessStartInfo(self, [GeneratorProgram.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The generator did not start.");
        try
        {
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(plan));
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0) throw new InvalidOperationException($"The generator failed: {await errors}");
            return JsonSerializer.Deserialize<LoadSample>(output) ?? throw new InvalidDataException("The generator said nothing.");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}

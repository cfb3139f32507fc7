using System.Runtime;
using System.Runtime.InteropServices;

namespace AV1Relay.RelayServer.Health;

/// <summary>Gives back what the just-in-time compiler worked in. glibc keeps some ten megabytes of it resident that nobody uses once the first lessons have run.</summary>
/// <remarks>
/// A trim holds each arena's lock for some milliseconds, in which a join may wait: so only after the compiler has been busy and then idle for a while, as
/// it is not while many join.
/// </remarks>
internal sealed partial class CompilerMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var compiler = new CompilerRest();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (compiler.HasLeftMuch(JitInfo.GetCompiledMethodCount()) && !TryTrim()) return;
            }
        }
        catch (OperationCanceledException)
        {
            // The relay is ending.
        }
    }

    /// <returns>False where the C library has no such call (musl): the memory stays.</returns>
    internal static bool TryTrim()
    {
        try
        {
            _ = Trim(0);
            return true;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    /// <summary>malloc_trim(3): pages that are free in every arena go back to the kernel.</summary>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}

using AV1Relay.Application.Privacy;
using AV1Relay.Domain.Records;

namespace AV1Relay.RelayServer.Nightly;

/// <summary>Runs retention every night, so that nothing is kept longer because nobody thought of the command.</summary>
/// <remarks>
/// At 02:00 UTC, and five minutes after the start too: a relay on a school's machine may be off at night. Several relays on one database may run it at
/// once; a batch is claimed before it is decided on.
/// </remarks>
/// <param name="waits">After a restore: until somebody has placed again the holds that the backup knows nothing of.</param>
internal sealed partial class NightlyRetention(
    IRecords records, IDeletedTraces traces, Func<bool> waits, TimeProvider time, ILogger<NightlyRetention> logger)
    : BackgroundService
{
    /// <summary>As the audit names it.</summary>
    internal const string Actor = "relay";

    /// <summary>Lessons that join as the relay comes up go first.</summary>
    internal static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(2); // after midnight, UTC

    /// <summary>Until the relay ends; a run that is cut off then leaves whole batches, and the next one goes on with what is left.</summary>
    internal async Task RunEachNightAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(AfterStart, time, cancellationToken);
        while (true)
        {
            await RunAsync(cancellationToken);
            await Task.Delay(UntilTonight(time.GetUtcNow()), time, cancellationToken);
        }
    }

    /// <returns>More than none, at most a day.</returns>
    internal static TimeSpan UntilTonight(DateTimeOffset now)
    {
        var left = Hour - now.UtcDateTime.TimeOfDay;
        return left > TimeSpan.Zero ? left : left + TimeSpan.FromDays(1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunEachNightAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The relay is ending.
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (waits())
        {
            LogWaits();
            return;
        }

        try
        {
            var counts = await new RetentionRun(records, time, Actor).RunAsync(cancellationToken);
            var (deleted, held) = (counts.Sum(count => count.Deleted), counts.Sum(count => count.Held));
            await traces.ClearLogAsync(cancellationToken);
            LogDone(deleted, held);
        }
#pragma warning disable CA1031 // whatever went wrong tonight: lessons go on, and it is tried again
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention: {Deleted} records deleted, {Held} kept by a legal hold.")]
    private partial void LogDone(int deleted, int held);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Retention waits: data was restored. Place again the legal holds that were placed after the backup, then run `relay-server retention run`.")]
    private partial void LogWaits();

    [LoggerMessage(Level = LogLevel.Error, Message = "Retention failed; it is tried again tomorrow. `relay-server retention run` tries it now.")]
    private partial void LogFailed(Exception failure);
}

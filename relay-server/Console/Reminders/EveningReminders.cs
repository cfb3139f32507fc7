using AV1Relay.Domain.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>Sends reminders in the evening: a round each quarter of an hour, so that what could not be sent is tried again on the same evening.</summary>
internal sealed partial class EveningReminders(IServiceProvider services, TimeProvider time, ILogger<EveningReminders> logger) : BackgroundService
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private int _failures;
    private DateTimeOffset _notBefore;

    /// <returns>More than none, at most a quarter of an hour; on the quarter, so that 17:00 is 17:00.</returns>
    internal static TimeSpan UntilNextRound(DateTimeOffset now) => TimeSpan.FromTicks(Quarter.Ticks - (now.UtcTicks % Quarter.Ticks));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IMailDelivery>() is not { } delivery) return; // nobody has set one up
        var round = ActivatorUtilities.CreateInstance<ReminderRound>(services, delivery);
        try
        {
            while (true)
            {
                await Task.Delay(UntilNextRound(time.GetUtcNow()), time, stoppingToken);
                if (time.GetUtcNow() >= _notBefore) await RunAsync(round, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The relay is ending.
        }
    }

    private async Task RunAsync(ReminderRound round, CancellationToken cancellationToken)
    {
        try
        {
            await round.RunAsync(cancellationToken);
            _failures = 0;
        }
        catch (MailUnavailableException failure)
        {
            _notBefore = time.GetUtcNow() + EveningMark.WaitAfter(++_failures).ToTimeSpan();
            LogUnavailable(failure.Message);
        }
#pragma warning disable CA1031 // whatever went wrong: lessons go on, and it is tried again
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminders wait: {Why} They are tried again this evening. `relay-server doctor` tries it now.")]
    private partial void LogUnavailable(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reminders failed; they are tried again.")]
    private partial void LogFailed(Exception failure);
}

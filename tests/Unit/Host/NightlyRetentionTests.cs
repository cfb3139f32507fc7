using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Nightly;
using AV1Relay.Tests.Unit.Application.Privacy;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class NightlyRetentionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2027-01-11T09:00:00Z", 17)]
    [InlineData("2027-01-11T00:30:00Z", 1.5)]
    [InlineData("2027-01-11T02:00:00Z", 24)]
    public void The_next_run_is_at_two_in_the_morning(string now, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), NightlyRetention.UntilTonight(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task What_is_due_goes_soon_after_the_start_and_what_comes_due_later_in_its_night()
    {
        await using var desk = await PrivacyDesk.CreateAsync(TestDatabase.Sqlite);
        var (log, waits) = (new Lines(), true);
        using var nightly = new NightlyRetention(desk.Records, desk.Traces, () => waits, desk.Time, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = nightly.RunEachNightAsync(stop.Token);

        desk.Time.Advance(NightlyRetention.AfterStart);
        Assert.Equal(LogLevel.Warning, (await log.NextAsync(desk.Time.GetUtcNow)).Level); // a restored relay: nothing goes yet
        waits = false;
        desk.Time.Advance(TimeSpan.FromDays(366));
        Assert.Equal((LogLevel.Information, "Retention: 2 records deleted, 0 kept by a legal hold."), await log.NextAsync(() => Pass(desk, 1)));

        Assert.Contains("Audit.Who", await desk.Storage.FindWordAsync(NightlyRetention.Actor));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_night_on_which_the_database_is_away_is_told_and_the_next_one_makes_good()
    {
        await using var desk = await PrivacyDesk.CreateAsync(TestDatabase.Sqlite);
        var log = new Lines();
        var away = new Away(desk.Records);
        using var nightly = new NightlyRetention(away, desk.Traces, () => false, desk.Time, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = nightly.RunEachNightAsync(stop.Token);
        desk.Time.Advance(TimeSpan.FromDays(366));

        Assert.Equal(LogLevel.Error, (await log.NextAsync(desk.Time.GetUtcNow)).Level);
        away.IsOver = true;
        Assert.Equal((LogLevel.Information, "Retention: 2 records deleted, 0 kept by a legal hold."), await log.NextAsync(() => Pass(desk, 1)));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static DateTimeOffset Pass(PrivacyDesk desk, double hours)
    {
        desk.Time.Advance(TimeSpan.FromHours(hours));
        return desk.Time.GetUtcNow();
    }

    private sealed class Lines : ILogger<NightlyRetention>
    {
        private readonly System.Threading.Channels.Channel<(LogLevel, string)> _lines = System.Threading.Channels.Channel.CreateUnbounded<(LogLevel, string)>();

        /// <param name="turn">Called until there is a line.</param>
        public async Task<(LogLevel Level, string Text)> NextAsync(Func<DateTimeOffset> turn)
        {
            (LogLevel, string) line;
            while (!_lines.Reader.TryRead(out line))
            {
                Cancellation.ThrowIfCancellationRequested();
                turn();
                await Task.Yield();
            }

            return line;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Writer.TryWrite((logLevel, formatter(state, exception)));
    }

    /// <summary>A database that can't be reached the first time.</summary>
    private sealed class Away(IRecords records) : IRecords
    {
        public bool IsOver { get; set; }

        public Task<IWork> BeginAsync(PersonId who, Instant now, IReadOnlyCollection<Claim> claims, CancellationToken cancellationToken) =>
            IsOver ? records.BeginAsync(who, now, claims, cancellationToken) : throw new System.IO.IOException("The server does not answer.");
    }
}

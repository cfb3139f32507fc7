using System.Collections.Concurrent;
using System.Net;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Domain.Addresses;
using AV1Relay.RelayServer;
using AV1Relay.RelayServer.Composition;
using AV1Relay.RelayServer.Mail;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>A whole relay on free loopback ports with data in a temporary folder, a clock that the test moves, and its command line.</summary>
internal sealed class RunningRelay : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;
    private readonly RelayApplication _application;

    private RunningRelay(
        DirectoryInfo folder, bool ownsFolder, RelayApplication application, FakeTimeProvider time, LogLines log, bool isBehindPublicUrl)
    {
        (_folder, _ownsFolder, _application, Time, Log) = (folder, ownsFolder, application, time, log);
        Http = new HttpClient { BaseAddress = isBehindPublicUrl ? Bound[0] : new Uri(Urls.PageUrl) };
    }

    /// <summary>Starts at the real time, since TLS at the other end looks at that.</summary>
    public FakeTimeProvider Time { get; }

    public LogLines Log { get; }

    public RelayUrls Urls => _application.Urls;

    public IServiceProvider Services => _application.Services;

    /// <summary>What the server listens at: pages, robots, then metrics where there is an address for them.</summary>
    public IReadOnlyList<Uri> Bound =>
        [.. Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address))];

    public string DataPath => Path.Combine(_folder.FullName, "relay");

    public HttpClient Http { get; }

    /// <param name="mail">The mail server that takes reminders; null: there are none.</param>
    /// <param name="at">When its clock begins, where that matters.</param>
    /// <param name="inTheMorning">Whether its clock begins at 08:30 UTC, when schools are open, whenever the test runs.</param>
    public static async Task<RunningRelay> StartAsync(
        string pageUrl = "http://127.0.0.1:0", string? secondUrl = null, DirectoryInfo? folder = null, string? pages = null,
        string? metricsUrl = null, string? publicUrl = null, string? trustedProxy = null, bool inTheMorning = false,
        SmtpSettings? mail = null, DateTimeOffset? at = null)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("av1relay-integration");
        var now = TimeProvider.System.GetUtcNow();
        // A morning that is over, so that real clocks take its certificates; and from the start, since each timer fires for all the time that is skipped.
        var time = new FakeTimeProvider(at is { } begins ? begins : inTheMorning ? new DateTimeOffset(now.Date.AddDays(-1).AddHours(8.5), TimeSpan.Zero) : now);
        var log = new LogLines();
        List<ListenUrl> pageUrls = [];
        foreach (var text in new[] { pageUrl, secondUrl }.OfType<string>())
        {
            Assert.True(ListenUrl.TryParse(text, out var url, out _));
            pageUrls.Add(url);
        }

        ListenUrl? metrics = null;
        Assert.True(metricsUrl is null || ListenUrl.TryParse(metricsUrl, out metrics, out _));
        var settings = new RelaySettings(
            Path.Combine(folder.FullName, "relay"), pageUrls, [new ListenUrl(true, "127.0.0.1", 0)], [IPAddress.Loopback],
            0, new IPEndPoint(IPAddress.Loopback, 0), 1, publicUrl, pages)
        {
            MetricsUrls = metrics is null ? [] : [metrics],
            Mail = mail,
            TrustedProxies = trustedProxy is null ? [] : [IPNetwork.Parse(trustedProxy)],
        };
        var application = await RelayApplication.StartAsync(
            settings, time, logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(log), CancellationToken.None);
        return new RunningRelay(folder, ownsFolder, application, time, log, publicUrl is not null);
    }

    /// <summary>Runs the command line on the relay's data, as a process beside it would.</summary>
    /// <returns>What it printed, without the last line end.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await TryRunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    public async Task<(int ExitCode, string Output, string Error)> TryRunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await RelayProgram.RunAsync([.. arguments, "--data", DataPath], output, error, Time, CancellationToken.None);
        return (exitCode, output.ToString().TrimEnd(), error.ToString().TrimEnd());
    }

    /// <summary>Where the relay noted that it listens.</summary>
    public async Task<RelayAddresses> AddressesAsync() =>
        await Services.GetRequiredService<IRelayAddresses>().FindAsync(CancellationToken.None)
        ?? throw new InvalidOperationException("A relay that has started has noted its addresses.");

    /// <summary>Enrols a robot by code.</summary>
    public async Task<EnrolledRobot> EnrolAsync() => await EnrolledRobot.EnrolAsync(this, await RunAsync("enroll-code"));

    /// <summary>Moves the clock on in steps that no timer misses, until something is so.</summary>
    public async Task AdvanceUntilAsync(Func<bool> isSo, TimeSpan atMost)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var passed = TimeSpan.Zero; passed < atMost; passed += step)
        {
            if (isSo())
                return;
            Time.Advance(step);
            // What the timers started runs on real threads: give it real time, little when all is quiet.
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Assert.True(isSo(), $"It did not come about within {atMost} of the relay's time.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in Log.All)
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        Http.Dispose();
        await _application.DisposeAsync();
        if (_ownsFolder)
            _folder.Delete(recursive: true);
    }
}

/// <summary>Keeps what the relay logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> All => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

using System.Net;
using System.Net.Sockets;
using AV1Relay.Api;
using AV1Relay.Api.Certificates;
using AV1Relay.Api.Limits;
using AV1Relay.Api.Debug;
using AV1Relay.Api.Join;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Whip;
using AV1Relay.Application;
using AV1Relay.Domain.Addresses;
using AV1Relay.RelayServer.Commands;
using AV1Relay.RelayServer.Data;
using AV1Relay.RelayServer.Health;
using AV1Relay.RelayServer.Mail;
using AV1Relay.RelayServer.Nightly;
using AV1Relay.Sfu;
using AV1Relay.StaffConsole;
using AV1Relay.StaffConsole.Reminders;
using AV1Relay.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AV1Relay.RelayServer.Composition;

/// <summary>The one place where a relay is put together, started and stopped.</summary>
internal sealed class RelayApplication : IAsyncDisposable
{
    /// <summary>What is under way gets this long to end when the relay stops.</summary>
    internal static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(3);

    /// <summary>A browser that has come by HTTPS comes by nothing else for so long: nobody on the way can make it come in the clear.</summary>
    private static readonly TimeSpan StaysHttps = TimeSpan.FromDays(180); // longer than any holiday

    private readonly RelaySettings _settings;
    private readonly WebApplication _app;
    private readonly FileStream _lock;

    private RelayApplication(RelaySettings settings, WebApplication app, FileStream dataLock) =>
        (_settings, _app, _lock) = (settings, app, dataLock);

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens; the ports are known once it has started.</summary>
    public RelayUrls Urls => Services.GetRequiredService<RelayEndpoints>().Current;

    /// <summary>Where answers send media to.</summary>
    public IReadOnlyList<IPEndPoint> MediaAddresses => Services.GetRequiredService<MediaRelay>().Advertised;

    /// <summary>Starts a relay.</summary>
    /// <exception cref="CommandException">It can't start; in words.</exception>
    public static async Task<RelayApplication> StartAsync(
        RelaySettings settings, TimeProvider time, Action<ILoggingBuilder> configureLogging, CancellationToken cancellationToken)
    {
        var directory = DataDirectory.Open(settings.DataPath);
        if (File.Exists(directory.UnfinishedRestoreFile))
            throw new CommandException($"A restore into {directory.Path} was not finished: empty the folder and the database, and restore again.");
        var dataLock = directory.Lock();
        directory.ClearWorkFolders("backup");
        WebApplication? app = null;
        try
        {
            app = Build(settings, directory, time, configureLogging);
            await RelayData.MigrateAsync(app.Services, directory, cancellationToken);
            await app.StartAsync(cancellationToken);
            var relay = new RelayApplication(settings, app, dataLock);
            await relay.AnnounceAsync(cancellationToken);
            return relay;
        }
        catch (Exception failure)
        {
            if (app is not null)
                await app.DisposeAsync();
            await dataLock.DisposeAsync();
            if (failure is IOException)
                throw new CommandException($"{failure.Message} Stop what uses it, or choose other --urls, --robot-urls or --metrics-urls.");
            throw;
        }
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using (var deadline = new CancellationTokenSource(DrainFor))
            await _app.StopAsync(deadline.Token);
        await _app.DisposeAsync();
        await _lock.DisposeAsync();
    }

    private static WebApplication Build(
        RelaySettings settings, DataDirectory directory, TimeProvider time, Action<ILoggingBuilder> configureLogging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        // Lifecycle lines are our own; the libraries speak up only when something is wrong: their lines hold paths with codes.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // why it could not start is told in words
        // The keys that seal cookies lie in the data folder in the clear, as the relay's other keys do: its rights are what protects them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It would say on each page with a form that it tells browsers to keep no copy, as we do.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        configureLogging(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainFor);

        var authority = directory.Authority(time.GetUtcNow());
        var certificates = new ServerCertificates(authority, LocalNames.For(settings), time);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(_ => authority);
        builder.Services.AddSingleton(_ => certificates);
        builder.Services.AddSingleton(_ => directory.TokenKey());
        builder.Services.AddSingleton(_ => directory.DomainKey());
        builder.Services.AddSingleton(new RelayEndpoints(Reachable(settings, url => url.Port)));
        builder.Services.AddRelayStorage(directory.Database, directory.AuditHeadsFile);
        builder.Services.AddSingleton(settings.ToSfuOptions());
        builder.Services.AddSingleton<MediaRelay>();
        builder.Services.AddHostedService<MediaService>();
        builder.Services.AddHostedService<CompilerMemory>();
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<NightlyRetention>(
            provider, () => File.Exists(directory.RetentionWaitsFile)));
        builder.Services.AddRelayApplication();
        builder.Services.AddRelayApi();
        builder.Services.AddStaffConsole(directory.SealingKeys, SourceName.Of, settings.PublicUrl is { } url ? new Uri(url) : null, settings.SchoolSignIn);
        if (settings.Mail is { } mail) builder.Services.AddSingleton<IMailDelivery>(new SmtpDelivery(mail));
        builder.Services.AddRelayHealth();
        builder.Services.AddHsts(hsts => hsts.MaxAge = StaysHttps);

        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => KestrelEndpoints.Configure(kestrel, settings, certificates, authority, time));

        var app = builder.Build();
        BindMedia(app.Services, settings);
        app.UseTrustedProxies(settings);
        app.UseHsts(); // where it is reached by HTTPS; a browser takes it from a certificate that it trusts alone
        app.Use(MetricsDoor.GuardAsync);
        app.UseExceptionHandler(UnexpectedErrors.Handling);
        app.UseGrpcWeb();
        app.MapRelayPages(new PupilPages(settings.PagesFolder), ProgramVersion.Text, ["udp"]);
        app.MapWhip();
        app.MapRelayControl().EnableGrpcWeb();
        app.MapRelayRobots();
        app.MapRelayStaff();
        app.MapDebug();
        app.MapRelayHealth(settings);
        app.UseStaffConsole();
        return app;
    }

    /// <summary>The media relay takes its ports when it is made: here, where a taken one can be named.</summary>
    private static void BindMedia(IServiceProvider services, RelaySettings settings)
    {
        try
        {
            services.GetRequiredService<MediaRelay>();
        }
        catch (SocketException failure)
        {
            throw new CommandException(
                $"UDP {settings.ToSfuOptions().BindOf(0)} (of {settings.Shards}) can't be opened: {failure.Message}. "
                + "Stop what uses it, or choose another --media-port, --media-address or --media-bind.");
        }
    }

    private static RelayUrls Reachable(RelaySettings settings, Func<ListenUrl, int> portOf)
    {
        var everywhere = settings.MediaAddresses[0].ToString();
        var (page, robots) = (settings.PageUrls[0], settings.RobotUrls[0]);
        return new RelayUrls(
            settings.PublicUrl ?? page.ToReachable(portOf(page), everywhere),
            robots.ToReachable(portOf(robots), everywhere),
            FollowsPageHost: robots.IsEverywhere);
    }

    /// <summary>Tells robots, and the command line, the ports that were really bound.</summary>
    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.ToList() ?? [];
        // Kestrel lists what it bound in the order in which it was asked to.
        var asked = _settings.PageUrls.Concat(_settings.RobotUrls).Concat(_settings.MetricsUrls).ToList();
        int PortOf(ListenUrl url) => url.Port != 0 || bound.Count != asked.Count ? url.Port : new Uri(bound[asked.IndexOf(url)]).Port;

        var urls = Reachable(_settings, PortOf);
        Services.GetRequiredService<RelayEndpoints>().Announce(urls);
        var everywhere = _settings.MediaAddresses[0].ToString();
        string[] robotUrls = [.. _settings.RobotUrls.Select(url => url.ToReachable(PortOf(url), everywhere))];
        string[] pageUrls = [urls.PageUrl, .. _settings.PageUrls.Skip(1).Select(url => url.ToReachable(PortOf(url), everywhere))];
        var media = MediaAddresses.Select(endpoint => endpoint.ToString());
        await Services.GetRequiredService<IRelayAddresses>()
            .SaveAsync(new RelayAddresses(pageUrls, robotUrls, [.. media]), cancellationToken);
    }
}

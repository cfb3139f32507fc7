using System.Globalization;
using System.Net;
using System.Security.Claims;
using AV1Relay.StaffConsole;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AV1Relay.Benchmarks.Staff;

/// <summary>
/// The pages themselves, as a browser asks for them: sign-in, rights, questions to the database and rendering. Two hundred people are signed in, and
/// each opens a page every ten seconds, all through the measurement.
/// </summary>
/// <remarks>Open loop: a page is asked for when its time has come, whatever the ones before it do. Timed from the asking to the last byte.</remarks>
internal static class PagesBenchmark
{
    private const int People = 200;
    private const double AimMs = 200;
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<PageFigures>> RunAsync(StaffDatabase county, int requests, CancellationToken cancellationToken)
    {
        var keys = Directory.CreateTempSubdirectory("av1relay-keys");
        try
        {
            await using var app = Build(county, keys);
            await app.StartAsync(cancellationToken);
            using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = People }) { BaseAddress = new Uri(app.Urls.First()) };
            var visits = new StaffVisits(county);
            (string Name, string Heading, Func<int, string> Address)[] pages =
            [
                ("page: what needs me", "<h1>What needs me", visit => $"/staff?school={visits.School(visit).Card.Id}"),
                ("page: calendar week", "<h1>Calendar", visit => $"/staff/calendar?school={visits.School(visit).Card.Id}"),
                ("page: plan", "<h1>Plan of", visit => $"/staff/plans/{visits.Pupil(visit).Plan.Id}?school={visits.School(visit).Card.Id}"),
            ];
            var cookies = Enumerable.Range(0, People).Select(person => CookieOf(app, visits.Sendco(person).Who.ToString())).ToList();
            List<double>[] samples = [[], [], []];
            var asked = new List<Task>();
            using var timer = new PeriodicTimer(BetweenPages / People);
            for (var visit = -requests / 5 * pages.Length; visit < requests * pages.Length; visit++)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                var (number, kind) = (Math.Abs(visit / pages.Length), Math.Abs(visit % pages.Length));
                asked.Add(AskAsync(browser, pages[kind].Address(number), pages[kind].Heading, cookies[number % People], visit < 0 ? null : samples[kind], cancellationToken));
            }

            await Task.WhenAll(asked);
            return [.. pages.Select((page, kind) => PageFigures.Of(page.Name, samples[kind], AimMs))];
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    private static WebApplication Build(StaffDatabase county, DirectoryInfo keys)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        county.Register(builder.Services);
        builder.Services.AddStaffConsole(keys, address => address?.ToString() ?? "", publicUrl: null);
        var app = builder.Build();
        app.UseStaffConsole();
        return app;
    }

    /// <summary>What the sign-in would have given them, without two hundred passwords.</summary>
    private static string CookieOf(WebApplication app, string person)
    {
        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person), new("amr", "mfa")], IdentityConstants.ApplicationScheme);
        var now = StaffDatabase.Now.ToDateTimeOffset();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan };
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), properties, IdentityConstants.ApplicationScheme);
        return string.Create(CultureInfo.InvariantCulture, $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}");
    }

    private static async Task AskAsync(HttpClient browser, string page, string heading, string cookie, List<double>? samples, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add("Cookie", cookie);
        var started = TimeProvider.System.GetTimestamp();
        using var answer = await browser.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        if (answer.StatusCode != HttpStatusCode.OK || !text.Contains(heading, StringComparison.Ordinal))
            throw new InvalidOperationException($"{page} answered {(int)answer.StatusCode}: {text[..Math.Min(text.Length, 300)]}");
        if (samples is null) return;
        lock (samples) samples.Add(took);
    }
}

using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.Calendars;

/// <summary>How often one address may fetch calendars: a school's phones ask now and then, and who guesses asks all the time.</summary>
internal static class FeedThrottle
{
    public const string Name = "calendar feeds";

    private const int ABurst = 60; // a staff room behind one address
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(5);

    public static void Add(IServiceCollection services, Func<IPAddress?, string> sourceOf) => services.Configure<RateLimiterOptions>(limiter =>
        limiter.AddPolicy(Name, http => RateLimitPartition.GetTokenBucketLimiter(
            sourceOf(http.Connection.RemoteIpAddress),
            _ => new TokenBucketRateLimiterOptions { TokenLimit = ABurst, TokensPerPeriod = 1, ReplenishmentPeriod = Refill })));
}

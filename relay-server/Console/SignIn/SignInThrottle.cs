using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>
/// How often the pages of the sign-in are sent, right or wrong: loosely by address, since a whole school stands behind one; a browser that is known has an
/// allowance of its own. Looking at them is free. Wrong tries are counted by <see cref="SignInLimits"/>.
/// </summary>
internal static class SignInThrottle
{
    public const string Name = "staff sign-in";

    private static readonly TokenBucketRateLimiterOptions OneAddress = new() { TokenLimit = 600, TokensPerPeriod = 5, ReplenishmentPeriod = TimeSpan.FromSeconds(1) };
    private static readonly TokenBucketRateLimiterOptions OneBrowser = new() { TokenLimit = 60, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(2) };

    public static void Add(IServiceCollection services, Func<IPAddress?, string> sourceOf) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.AddPolicy(Name, http => HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? RateLimitPartition.GetNoLimiter("")
            : http.RequestServices.GetRequiredService<KnownBrowsers>().FindAny(http.Request) is { } browser
                ? RateLimitPartition.GetTokenBucketLimiter(browser, _ => OneBrowser)
                : RateLimitPartition.GetTokenBucketLimiter(sourceOf(http.Connection.RemoteIpAddress), _ => OneAddress));
    });
}

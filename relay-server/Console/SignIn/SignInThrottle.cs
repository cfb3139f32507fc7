using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>How often one address may send the pages of the sign-in; an account has its own limit of wrong tries. Looking at them is free.</summary>
internal static class SignInThrottle
{
    public const string Name = "staff sign-in";

    private const int ABurst = 60; // a staff room behind one address on the first morning of term
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(2);

    public static void Add(IServiceCollection services, Func<IPAddress?, string> sourceOf) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.AddPolicy(Name, http => HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(
                sourceOf(http.Connection.RemoteIpAddress),
                _ => new TokenBucketRateLimiterOptions { TokenLimit = ABurst, TokensPerPeriod = 1, ReplenishmentPeriod = Refill }));
    });
}

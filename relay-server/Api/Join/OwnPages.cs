using AV1Relay.Api.RobotLinks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.Api.Join;

/// <summary>What changes something comes from our own pages, or from a program: never from a page of another site.</summary>
/// <remarks>A foreign page could otherwise have everybody who looks at it type wrong codes, until their school's address has to pause.</remarks>
internal static class OwnPages
{
    public static ValueTask<object?> RefuseOthersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var endpoints = context.HttpContext.RequestServices.GetRequiredService<RelayEndpoints>();
        return IsFromOwnPage(context.HttpContext.Request, endpoints.Current.PageUrl) ? next(context) : ValueTask.FromResult<object?>(JoinProblems.OtherSite());
    }

    /// <param name="pageUrl">How the outside reaches the pages: a proxy may have put another host into the request.</param>
    internal static bool IsFromOwnPage(HttpRequest request, string pageUrl)
    {
        if (request.Headers["Sec-Fetch-Site"] == "cross-site") return false;
        if (request.Headers.Origin is not [{ } origin]) return request.Headers.Origin.Count == 0; // programs send none
        return string.Equals(origin, pageUrl, StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var site) && string.Equals(site.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}

using AV1Relay.Domain.Addresses;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Whether a browser used a passkey on our own pages.</summary>
/// <remarks>The framework would compare with the request's <c>Origin</c>, which browsers leave out where a page says <c>no-referrer</c>, as ours do.</remarks>
internal static class PasskeyOrigin
{
    public static async ValueTask<bool> IsOursAsync(PasskeyOriginValidationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.CrossOrigin || !Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)) return false;
        var request = context.HttpContext.Request;
        if (IsSame(origin, $"{request.Scheme}://{request.Host}")) return true;
        var addresses = await context.HttpContext.RequestServices.GetRequiredService<IRelayAddresses>().FindAsync(context.HttpContext.RequestAborted);
        return addresses?.PageUrls.Any(url => IsSame(origin, url)) is true; // a proxy may have put another host into the request
    }

    private static bool IsSame(Uri origin, string url) => Uri.TryCreate(url, UriKind.Absolute, out var ours) && Uri.Compare(
        origin, ours, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}

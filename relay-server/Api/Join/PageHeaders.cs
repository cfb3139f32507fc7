using Microsoft.AspNetCore.Http;

namespace AV1Relay.Api.Join;

/// <summary>What every page of the pupil's says to the browser: nothing from elsewhere, nothing told to anybody.</summary>
internal static class PageHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // There is no camera at the pupil's side, and no screen is shared.
    private const string PermissionsPolicy =
        "camera=(), display-capture=(), geolocation=(), microphone=(self), autoplay=(self), fullscreen=(self), screen-wake-lock=(self)";

    public static void Apply(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Permissions-Policy"] = PermissionsPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}

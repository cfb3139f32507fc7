using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole;

/// <summary>What browsers are told about every page: to run nothing but our own script, to be framed by nobody, and to keep no copy.</summary>
internal static class StaffHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        Add(http.Response.Headers);
        return next(http);
    }

    public static void Add(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
    }
}

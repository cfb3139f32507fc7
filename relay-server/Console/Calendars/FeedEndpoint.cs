using System.Security.Cryptography;
using System.Text;
using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AV1Relay.StaffConsole.Calendars;

/// <summary>Where a calendar programme fetches somebody's sessions. It signs in with the address alone, so a wrong one is told nothing.</summary>
internal static class FeedEndpoint
{
    public const string Pattern = "/feeds/{token}.ics";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Pattern, AnswerAsync).AllowAnonymous().RequireRateLimiting(FeedThrottle.Name);

    private static async Task<IResult> AnswerAsync(string token, HttpContext http, FeedAddresses feeds, StaffFeed sessions, StaffPeople people)
    {
        if (await feeds.FindAsync(token) is not { } who) return Results.NotFound();
        var caller = new Caller(who);
        if (!(await sessions.ReadAsync(caller, http.RequestAborted)).TryGet(out var own, out _)) return Results.NotFound();
        var text = FeedFile.Write(own, await SessionNames.FindAsync(own.Sessions.Where(one => one.WithName).Select(one => one.Session.Booked), caller, people, http.RequestAborted));

        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}\"");
        http.Response.Headers.CacheControl = "private, no-cache"; // kept by their own programme alone, which asks again
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.ETag = tag.ToString();
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(text, FeedFile.ContentType, Encoding.UTF8);
    }
}

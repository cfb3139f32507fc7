using AV1Relay.StaffConsole.Calendars;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.Reminders;

/// <summary>Where mail programmes stop somebody's reminders for them, with one click (RFC 8058). Looking at an address, as some do by themselves, stops nothing.</summary>
internal static class StopEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ReminderKeys.StopPath, (string? key) => Results.LocalRedirect($"{ReminderKeys.StopPagePath}?key={Uri.EscapeDataString(key ?? "")}"))
            .AllowAnonymous().RequireRateLimiting(FeedThrottle.Name);
        endpoints.MapPost(ReminderKeys.StopPath, StopAsync).AllowAnonymous().RequireRateLimiting(FeedThrottle.Name);
    }

    /// <remarks>No cookie and no form's token come along: what the address has sealed is the key, and all that it opens is to stop.</remarks>
    private static async Task<IResult> StopAsync(string? key, HttpContext http, ReminderKeys keys, MyReminders mine)
    {
        if (keys.Open(key) is not { } who) return Results.NotFound();
        await mine.StopAsync(who, http.RequestAborted);
        return Results.Text("Your reminders are stopped.\n");
    }
}

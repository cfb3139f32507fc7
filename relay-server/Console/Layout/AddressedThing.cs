using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>What an address of the staff's pages names: a plan, a session, a pupil, a role. What is about it belongs to its school, whatever <c>school=</c> says.</summary>
internal static class AddressedThing
{
    /// <returns>Null: the address names none, or none that this person may see.</returns>
    public static async Task<SchoolId?> SchoolOfAsync(this StaffPlaces places, Caller caller, HttpContext http) => Segments(http) switch
    {
        ["staff", "sessions", var session, ..] when Guid.TryParse(session, out var id) =>
            await places.OfSessionAsync(caller, new ScheduledSessionId(id), http.RequestAborted),
        ["staff", "people", "pupils", var pupil, ..] when Guid.TryParse(pupil, out var id) =>
            await places.OfPupilAsync(caller, new PupilId(id), http.RequestAborted),
        ["staff", "people", "roles", var role, ..] when Guid.TryParse(role, out var id) =>
            await places.OfRoleAsync(caller, new AssignmentId(id), http.RequestAborted),
        _ => PlanOf(http) is { } plan ? await places.OfPlanAsync(caller, plan, http.RequestAborted) : null,
    };

    /// <summary>The plan that a page is about, or that it asks for.</summary>
    public static PlanId? PlanOf(HttpContext http) => Segments(http) switch
    {
        ["staff", "plans" or "reviews", var plan, ..] when Guid.TryParse(plan, out var id) => new PlanId(id),
        _ => Guid.TryParse(http.Request.Query["plan"], out var id) ? new PlanId(id) : null,
    };

    private static string[] Segments(HttpContext http) =>
        (http.Request.Path.Value ?? "").ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries);
}

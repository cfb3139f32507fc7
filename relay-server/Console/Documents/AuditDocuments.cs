using AV1Relay.Application.Audit;
using AV1Relay.StaffConsole.Forms;
using AV1Relay.StaffConsole.Layout;
using AV1Relay.StaffConsole.Pages.Audit;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.Documents;

/// <summary>What was found in the audit, as a file.</summary>
internal static class AuditDocuments
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/staff/audit.csv", async (HttpContext http, StaffAudit audit, MyDesk desk) =>
        {
            await desk.PlacesAsync(http);
            var errors = new FormErrors();
            if (desk.School is not { School: var school }) return DocumentEndpoints.NotTheirs();
            var search = AuditQuery.Read(http.Request.Query, school, await audit.TodayAsync(WhoAsks.Of(http.User), school, http.RequestAborted), errors);
            if (errors.Any) return DocumentEndpoints.NotTheirs();
            return (await audit.ExportAsync(WhoAsks.Of(http.User), search, http.RequestAborted)).TryGet(out var exported, out var refusals)
                ? CsvFile.Of(exported.Lines, "audit.csv", http)
                : DocumentEndpoints.NotGiven(refusals, "/staff/audit");
        }).RequireAuthorization(StaffPolicies.SignedIn);
}

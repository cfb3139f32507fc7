using AV1Relay.Application.Privacy;
using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.Documents;

/// <summary>What the school may take of one pupil, as one JSON document: record after record, none of them waits for the last.</summary>
internal static class PrivacyDocuments
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/staff/people/pupils/{pupil:guid}/export.json", async (Guid pupil, HttpContext http, StaffPrivacy privacy) =>
        {
            var outcome = await privacy.ExportAsync(WhoAsks.Of(http.User), new PupilId(pupil), () => Begin(http.Response), http.RequestAborted);
            return outcome.IsRefused ? DocumentEndpoints.NotGiven(outcome.Refusals, $"/staff/people/pupils/{pupil}/privacy") : Results.Empty;
        }).RequireAuthorization(StaffPolicies.SignedIn);

    /// <remarks>No name in the file's name: downloads are left lying about.</remarks>
    private static Stream Begin(HttpResponse response)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=pupil.json";
        return response.Body;
    }
}

using AV1Relay.Application.Ledger;
using AV1Relay.Application.Referrals;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.Documents;

/// <summary>What somebody takes away as a file. Whether they may is asked of the domain, as for a page.</summary>
internal static class DocumentEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var files = endpoints.MapGroup("/staff/plans/{plan:guid}").RequireAuthorization(StaffPolicies.SignedIn);

        // No name in the files' names: downloads are left lying about.
        files.MapGet("/referrals/{referral:guid}/document.docx", async (Guid plan, Guid referral, HttpContext http, StaffReferrals referrals) =>
            (await referrals.ExportAsync(WhoAsks.Of(http.User), new PlanId(plan), new ReferralId(referral), http.RequestAborted)).TryGet(out var document, out var refusals)
                ? Results.File(WordDocument.Write(document), WordDocument.ContentType, "referral.docx")
                : NotGiven(refusals, $"/staff/plans/{plan}/referrals/{referral}"));
        files.MapGet("/ledger.csv", async (Guid plan, HttpContext http, StaffLedger ledger) =>
            (await ledger.ExportAsync(WhoAsks.Of(http.User), new PlanId(plan), http.RequestAborted)).TryGet(out var exported, out var refusals)
                ? CsvFile.Of(exported.Lines, "ledger.csv", http)
                : NotGiven(refusals, $"/staff/plans/{plan}/ledger"));
        EvaluationDocuments.Map(endpoints);
        AuditDocuments.Map(endpoints);
        PrivacyDocuments.Map(endpoints);
    }

    /// <summary>It is not there, or who asks has no part in it.</summary>
    internal static IResult NotTheirs() => Results.LocalRedirect("/staff/not-found");

    /// <summary>In the refusal's own words. A link to a file has no <c>download</c>: that would save this page as the file.</summary>
    /// <param name="back">The page on which the file is offered.</param>
    internal static IResult NotGiven(IReadOnlyList<Refusal> refusals, string back) =>
        new RazorComponentResult<RefusedDocument>(
            new Dictionary<string, object?> { [nameof(RefusedDocument.Refusals)] = refusals, [nameof(RefusedDocument.Back)] = back })
        {
            StatusCode = StatusCodes.Status403Forbidden,
        };
}

using AV1Relay.Application.Evaluation;
using AV1Relay.Domain.Access;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.Documents;

/// <summary>How far an evaluation has come, and its figures as a file.</summary>
internal static class EvaluationDocuments
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var runs = endpoints.MapGroup("/staff/evaluation/{run:guid}").RequireAuthorization(StaffPolicies.SignedIn);

        AskedByItself.On(runs.MapGet("/progress", (Guid run, HttpContext http, EvaluationRuns all) => Results.Json(all.Find(WhoAsks.Of(http.User), run) is { } found
            ? new Progress(found.Done, found.Schools, found.IsOver)
            : new Progress(0, 0, IsOver: true)))); // the page says that it is gone

        runs.MapGet("/figures.csv", async (Guid run, HttpContext http, EvaluationRuns all, StaffEvaluation evaluation, TimeProvider time) =>
        {
            var caller = WhoAsks.Of(http.User);
            if (all.Find(caller, run) is not { } found) return DocumentEndpoints.NotTheirs();
            if (await found.WithinAsync(TimeSpan.Zero, time, http.RequestAborted) is not { } outcome || !outcome.TryGet(out var gathered, out _)) return DocumentEndpoints.NotTheirs();
            return (await evaluation.AgainAsync(caller, Operation.ExportEvaluation, gathered, http.RequestAborted)).TryGet(out var exported, out var refusals)
                ? CsvFile.Of(exported.Lines(), "figures.csv", http)
                : DocumentEndpoints.NotGiven(refusals, $"/staff/evaluation/{run}");
        });
    }

    private sealed record Progress(int Done, int Of, bool IsOver);
}

using System.Text;
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
                ? Results.Stream(to => WriteAsync(exported.Lines(), to, http.RequestAborted), "text/csv; charset=utf-8", "figures.csv")
                : DocumentEndpoints.NotGiven(refusals, $"/staff/evaluation/{run}");
        });
    }

    /// <summary>Line after line: none waits for the last. It begins with a byte-order mark: without one, Excel takes UTF-8 for an old code page.</summary>
    internal static async Task WriteAsync(IEnumerable<string> lines, Stream to, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        foreach (var line in lines) await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }

    private sealed record Progress(int Done, int Of, bool IsOver);
}

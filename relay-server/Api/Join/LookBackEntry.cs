using System.Text.Json;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Problems;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AV1Relay.Api.Join;

/// <summary>The pupil says how it felt before and how it was, with the token that they came in with. Nobody waits for either.</summary>
internal sealed class LookBackEntry(RunningSessions running, RelayClock clock)
{
    /// <summary>How it felt before they came in.</summary>
    /// <param name="token">The pupil's.</param>
    public async Task<IResult> KeepBeforeAsync(SessionToken token, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(token.Session, "D", out var id)) return TypedResults.NoContent(); // as below
        if (await ReadAsync<BeforeRequest>(context.Request, cancellationToken) is not { Rating: >= Step.LowestRating and <= Step.HighestRating and var rating }) return Unreadable();
        return await running.RateBeforeAsync(
                new ScheduledSessionId(id), device => token.Identity == StandingGrant.IdentityOf(device), rating, clock.Wall, cancellationToken) is { } refusal
            ? ProblemResults.Of(refusal, StatusCodes.Status409Conflict)
            : TypedResults.NoContent();
    }

    /// <param name="token">The pupil's.</param>
    public async Task<IResult> KeepAsync(SessionToken token, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(token.Session, "D", out var id)) return TypedResults.NoContent(); // a technician's session has no step to look back on
        if (await ReadAsync<LookBackRequest>(context.Request, cancellationToken) is not { Rating: null or (>= Step.LowestRating and <= Step.HighestRating) } sent) return Unreadable();
        var said = new LookBack(sent.Rating, sent.Line?.Trim() ?? "", sent.Shares is { } shares ? new LookBackShared(shares.Rating, shares.Line) : null);
        var outcome = await running.ReflectAsync(
            new ScheduledSessionId(id), device => token.Identity == StandingGrant.IdentityOf(device), said, clock.Wall, cancellationToken);
        return outcome.TryGet(out var curve, out var refusals)
            ? TypedResults.Ok(new LookBackReply(curve.AtThisStep, curve.Before))
            : ProblemResults.Of(refusals[0], StatusCodes.Status409Conflict);
    }

    private static ProblemHttpResult Unreadable() => ProblemResults.Create(
        StatusCodes.Status400BadRequest, "malformed", "That can't be read", "A rating is a number from 0 to 10, or missing; a line is text.");

    private static async Task<T?> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType()) return null;
        try
        {
            return await request.ReadFromJsonAsync<T>(cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Rating">0–10, how hard it felt.</param>
internal sealed record BeforeRequest(int? Rating)
{
    public override string ToString() => nameof(BeforeRequest);
}

/// <inheritdoc cref="LookBack"/>
internal sealed record LookBackRequest(int? Rating, string? Line, LookBackSharesRequest? Shares)
{
    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(LookBackRequest);
}

internal sealed record LookBackSharesRequest(bool Rating, bool Line);

/// <param name="Curve">The pupil's ratings at this step; the earliest first.</param>
/// <param name="Before">How it felt before they came in today; null: skipped.</param>
internal sealed record LookBackReply(IReadOnlyList<int> Curve, int? Before)
{
    public override string ToString() => nameof(LookBackReply);
}

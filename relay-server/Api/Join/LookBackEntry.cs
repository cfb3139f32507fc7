using System.Text.Json;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Problems;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.Api.Join;

/// <summary>The pupil says how it was, on the page at the end, with the token that they came in with. Nobody waits for it.</summary>
internal sealed class LookBackEntry(RunningSessions running, RelayClock clock)
{
    /// <param name="token">The pupil's.</param>
    public async Task<IResult> KeepAsync(SessionToken token, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(token.Session, "D", out var id)) return TypedResults.NoContent(); // a technician's session has no step to look back on
        if (await ReadAsync(context.Request, cancellationToken) is not { } said)
        {
            return ProblemResults.Create(
                StatusCodes.Status400BadRequest, "malformed", "That can't be read", "A rating is a number from 0 to 10, or missing; a line is text.");
        }

        var outcome = await running.ReflectAsync(
            new ScheduledSessionId(id), device => token.Identity == StandingGrant.IdentityOf(device), said, clock.Wall, cancellationToken);
        return outcome.TryGet(out var curve, out var refusals)
            ? TypedResults.Ok(new LookBackReply(curve.AtThisStep))
            : ProblemResults.Of(refusals[0], StatusCodes.Status409Conflict);
    }

    private static async Task<LookBack?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType()) return null;
        try
        {
            var sent = await request.ReadFromJsonAsync<LookBackRequest>(cancellationToken);
            if (sent is null || sent.Rating is < Step.LowestRating or > Step.HighestRating) return null;
            return new LookBack(sent.Rating, sent.Line?.Trim() ?? "", sent.Shares is { } shares ? new LookBackShared(shares.Rating, shares.Line) : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <inheritdoc cref="LookBack"/>
internal sealed record LookBackRequest(int? Rating, string? Line, LookBackSharesRequest? Shares)
{
    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(LookBackRequest);
}

internal sealed record LookBackSharesRequest(bool Rating, bool Line);

/// <param name="Curve">The pupil's ratings at this step; the earliest first.</param>
internal sealed record LookBackReply(IReadOnlyList<int> Curve)
{
    public override string ToString() => nameof(LookBackReply);
}

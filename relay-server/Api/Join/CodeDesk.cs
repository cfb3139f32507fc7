using AV1Relay.Api.Clock;
using AV1Relay.Api.Limits;
using AV1Relay.Api.Metrics;
using AV1Relay.Domain.Joining;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Api.Join;

/// <summary>Where a typed code is looked up, whatever is asked for with it: a wrong one costs a try, and many cost a pause.</summary>
/// <remarks>
/// All that takes a code comes by here, so that no way of asking tells good codes from bad ones more cheaply than another. A look at today's step
/// is free for who has the code, but clears no tries away: only coming in does, which uses the code up. Whoever has one code could else guess for ever.
/// </remarks>
internal sealed class CodeDesk(
    IJoinCodes codes, SourceGuards guards, UnknownCodes unknown, RelayClock clock, RelayMetrics metrics, ILogger<CodeDesk> logger)
{
    /// <param name="typed">As it stands in the address.</param>
    /// <param name="answer">To who has a code that is good now.</param>
    public async Task<IResult> AskAsync(string typed, HttpContext context, Func<StoredJoinCode, Task<IResult>> answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var (source, sources) = (context.Connection.RemoteIpAddress, guards.Joining);
        var wait = sources.Charge(source);
        if (wait > TimeSpan.Zero)
        {
            metrics.JoinTried("paused");
            return JoinProblems.TooMany(context.Response, wait);
        }

        IResult result;
        try
        {
            var stored = JoinCode.TryCanonicalise(typed, out var canonical)
                ? await codes.FindAsync(canonical, context.RequestAborted)
                : null;
            var standing = stored?.StandingAt(clock.Wall);
            if (stored is null || standing is JoinCodeStanding.NotYet)
            {
                metrics.JoinTried("unknown");
                if (unknown.IsOneTooMany(out var isNews)) sources.Pause(source);
                if (isNews) JoinLog.ManyUnknown(logger);
                return JoinProblems.Unknown();
            }

            result = standing is JoinCodeStanding.Usable ? await answer(stored) : JoinProblems.CodeOver();
        }
        catch
        {
            sources.Refund(source); // cancelled, or the database failed: nobody learnt anything
            throw;
        }

        if (result is Ok<JoinReply>) sources.OnRight(source);
        else sources.Refund(source); // right, and a look, or too early or too late: it was no guess
        metrics.JoinTried(result switch
        {
            Ok<JoinReply> => "joined",
            Ok<LookReply> => "looked",
            IStatusCodeHttpResult { StatusCode: StatusCodes.Status410Gone } => "over",
            _ => "refused",
        });
        return result;
    }
}

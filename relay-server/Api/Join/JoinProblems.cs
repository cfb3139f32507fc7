using System.Globalization;
using AV1Relay.Api.Problems;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace AV1Relay.Api.Join;

/// <summary>Why a pupil does not come in, in words that suit whoever typed the code: a tired pupil most often.</summary>
internal static class JoinProblems
{
    /// <remarks>The same whether there is no such code or it is not time for it yet, so that who guesses learns nothing.</remarks>
    public static IResult Unknown() => ProblemResults.Create(
        StatusCodes.Status404NotFound, "unknown-code", "We don't know this code, or it is too early for it",
        "A code works from a quarter of an hour before its lesson. Look at each letter again, or ask your key adult for a new code.");

    public static IResult CodeOver() => ProblemResults.Create(
        StatusCodes.Status410Gone, "code-over", "This code does not work any more",
        "A code works once, and only for a short time. Ask your key adult for a new one.");

    public static IResult TooMany(HttpResponse response, TimeSpan wait)
    {
        WorthWaiting(response, Duration.FromTimeSpan(wait));
        return ProblemResults.Create(
            StatusCodes.Status429TooManyRequests, "too-many-tries", "Too many tries",
            "That was not right a few times. Have a short rest, then try again.");
    }

    /// <summary>Says after how long to ask again: without it, waiting does not help.</summary>
    public static void WorthWaiting(HttpResponse response, Duration wait) =>
        response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    public static IResult OtherSite() => ProblemResults.Create(
        StatusCodes.Status403Forbidden, "other-site", "That came from another site's page",
        "Open the pupil's page itself, and type the code there.");
}

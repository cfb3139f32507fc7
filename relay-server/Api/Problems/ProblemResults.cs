using AV1Relay.Domain.Refusals;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AV1Relay.Api.Problems;

/// <summary>Errors over HTTP: RFC 9457 problem details whose <c>type</c> never changes.</summary>
public static class ProblemResults
{
    /// <summary>Goes before the slug in every <c>type</c>.</summary>
    public const string TypePrefix = "urn:av1relay:problem:";

    /// <param name="status">HTTP status code, 400–599.</param>
    /// <param name="slug">Stable name of this kind of problem, a–z and '-': what programs compare.</param>
    /// <param name="title">The kind in a few words; the same for every occurrence.</param>
    /// <param name="detail">This occurrence in words: what to do. Never a token, an address or SDP.</param>
    public static ProblemHttpResult Create(int status, string slug, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: TypePrefix + slug);

    /// <summary>What the domain refused, in its own words.</summary>
    public static ProblemHttpResult Of(Refusal refusal, int status) =>
        Create(status, refusal.Code.Replace('.', '-'), refusal.Reason, refusal.NextStep);
}

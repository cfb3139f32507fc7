using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AV1Relay.StaffConsole.Problems;

/// <summary>What a browser is shown where the pages themselves have no answer: words, and a way on, instead of an empty page.</summary>
public static class ProblemPages
{
    /// <summary>In the query of a page that is shown instead of an answer to what was sent: see <c>LateNote</c>.</summary>
    internal const string Late = "late";

    private const int TryAgainAfter = 10; // seconds

    /// <summary>Whether a problem with this request is for somebody who looks at the staff's pages.</summary>
    public static bool IsFor(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Request.Path.StartsWithSegments(ConsoleServices.Path)
            && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Says what went wrong, for the status that the answer has, or for the exception that ended it.</summary>
    public static Task WriteAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is { } failure)
            http.Response.StatusCode = failure switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                InvalidDataException => StatusCodes.Status400BadRequest, // a form that is none
                _ => StatusCodes.Status500InternalServerError,
            };
        http.Response.Headers.Remove("blazor-enhanced-nav"); // left by a page that did not come to anything; the next one adds it anew
        StaffHeaders.Add(http.Response.Headers);
        var status = http.Response.StatusCode;
        if (status == StatusCodes.Status429TooManyRequests && http.Response.Headers.RetryAfter.Count == 0) http.Response.Headers.RetryAfter = $"{TryAgainAfter}";
        var (title, text) = InWords(status);
        return new RazorComponentResult<ProblemPage>(new { Title = title, Text = text, IsInRoom = http.Request.Path.StartsWithSegments("/staff/room") }) { StatusCode = status }.ExecuteAsync(http);
    }

    /// <remarks>
    /// A form that is not on its page any more, or whose token was made for somebody else's sign-in, is refused by the framework with an empty 400. Something
    /// else was quicker, a second tap for one: the page as it stands now says which.
    /// </remarks>
    internal static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response is not { HasStarted: false, StatusCode: >= 400 } response || !IsFor(http)) return;
        response.ContentType = null;
        if (http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
            response.StatusCode = StatusCodes.Status413PayloadTooLarge; // the framework says 400 to whatever it could not read
        var isPage = http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (response.StatusCode == StatusCodes.Status400BadRequest && isPage && HttpMethods.IsPost(http.Request.Method))
        {
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = $"{http.Request.PathBase}{http.Request.Path}{LateIn(http.Request.Query)}";
            return;
        }

        await WriteAsync(http);
    }

    private static QueryString LateIn(IQueryCollection query) =>
        new QueryBuilder(query.Where(asked => asked.Key is not (Late or "done"))) { { Late, "yes" } }.ToQueryString();

    private static (string Title, string Text) InWords(int status) => status switch
    {
        StatusCodes.Status404NotFound => ("Page not found", "There is nothing at this address, or it is not yours to see."),
        StatusCodes.Status413PayloadTooLarge => ("That was too long", "Go back, and send less at once. What you typed is still in this tab."),
        StatusCodes.Status429TooManyRequests => (
            "A short rest",
            "Many tries have come from your network in a short time, perhaps from several people. Wait a minute, then open the page again. What you typed is still in this tab."),
        < 500 => ("That could not be read", "Go back, open the page anew, and send it again. What you typed is still in this tab."),
        _ => ("Something went wrong here", "It was our fault, and it is in the relay's log. Go back and try again. What you typed is still in this tab."),
    };
}

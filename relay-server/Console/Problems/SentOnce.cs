using System.Collections.Concurrent;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.StaffConsole.Problems;

/// <summary>A form that comes a second time, because the answer to the first was lost on the way, is answered as the first was: nothing is done twice.</summary>
/// <remarks>
/// <c>forms.js</c> gives each form a number of its own (<c>_once</c>). Remembered are the answers that lead on to another page, for a few minutes, in this
/// process: what the network loses, not what a person does again. Forms that carry the id of what they make need none of it.
/// </remarks>
internal sealed class SentOnce(TimeProvider time)
{
    public const string Field = "_once";

    private const int LongestNumber = 64; // characters
    private const int Most = 4_096; // answers; a few hundred bytes each
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Sent> _sent = new(StringComparer.Ordinal);

    public async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (await KeyOfAsync(http) is not { } key)
        {
            await next(http);
            return;
        }

        Forget();
        var mine = new Sent(time.GetUtcNow());
        if (_sent.Count < Most && _sent.GetOrAdd(key, mine) is var sent && !ReferenceEquals(sent, mine) && await sent.Answer.Task.WaitAsync(http.RequestAborted) is { } location)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = location;
            return;
        }

        string? leadsTo = null;
        try
        {
            await next(http);
            leadsTo = http.Response.StatusCode is StatusCodes.Status302Found or StatusCodes.Status303SeeOther ? http.Response.Headers.Location.ToString() : null;
        }
        finally
        {
            if (string.IsNullOrEmpty(leadsTo)) _sent.TryRemove(new(key, mine)); // refused: it may be sent again
            mine.Answer.TrySetResult(leadsTo);
        }
    }

    /// <returns>Null: not a form that has a number, or not of anybody who is signed in.</returns>
    private static async Task<string?> KeyOfAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || WhoAsks.Find(http.User) is not { } caller) return null;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return form[Field] is [{ Length: > 0 and <= LongestNumber } number] ? $"{caller.Who} {http.Request.Path} {number}" : null;
    }

    private void Forget()
    {
        var before = time.GetUtcNow() - RememberedFor;
        foreach (var (key, sent) in _sent)
        {
            if (sent.At < before) _sent.TryRemove(key, out _);
        }
    }

    private sealed record Sent(DateTimeOffset At)
    {
        /// <summary>Where it leads; null: it was not kept.</summary>
        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

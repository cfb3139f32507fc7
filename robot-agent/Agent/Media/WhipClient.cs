using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AV1Relay.RobotAgent.Media;

/// <summary>A WHIP resource at the relay (RFC 9725): made by an offer, removed when the robot leaves.</summary>
/// <param name="Answer">SDP.</param>
/// <param name="Resource">To delete; absolute.</param>
internal sealed record WhipResource(string Answer, Uri Resource);

/// <summary>The relay did not take the offer.</summary>
/// <param name="status">Null when it could not be reached at all.</param>
/// <param name="words">For the robot's log and page.</param>
internal sealed class WhipException(HttpStatusCode? status, string words) : Exception(words)
{
    public HttpStatusCode? Status { get; } = status;
}

/// <summary>Speaks WHIP for the robot.</summary>
internal sealed class WhipClient(HttpClient http)
{
    private const int MaxAnswerBytes = 64 * 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <exception cref="WhipException">Refused, unreachable, or an answer that is none.</exception>
    public async Task<WhipResource> PublishAsync(WhipTarget target, string offer, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            using var request = Request(HttpMethod.Post, target.Url, target.Token);
            request.Content = new StringContent(offer, Encoding.UTF8, "application/sdp");
            request.Content.Headers.ContentType!.CharSet = null; // RFC 9725 §4.2: the media type is application/sdp, bare
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            var body = await ReadAsync(response, deadline.Token);
            if (response.StatusCode != HttpStatusCode.Created)
                throw new WhipException(response.StatusCode, $"The relay answered {(int)response.StatusCode} to our offer: {Shorten(body)}");
            if (response.Headers.Location is not { } location)
                throw new WhipException(response.StatusCode, "The relay's answer to our offer has no Location.");
            return new WhipResource(body, new Uri(target.Url, location));
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new WhipException(null, "The relay does not answer.");
        }
    }

    /// <summary>Leaves. What the relay says to it does not matter: a silent resource ends there by itself.</summary>
    public async Task LeaveAsync(Uri resource, string token, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(HttpMethod.Delete, resource, token);
            using var response = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            // Gone, or out of reach: the relay's own time-out removes it.
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri url, string token)
        => new(method, url) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswerBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxAnswerBytes) throw new WhipException(response.StatusCode, "The relay's answer is longer than 64 kB.");
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string Shorten(string body) => body.Length <= 300 ? body : string.Concat(body.AsSpan(0, 300), "…");
}

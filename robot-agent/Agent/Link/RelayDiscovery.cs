using System.Text.Json;

namespace AV1Relay.RobotAgent.Link;

/// <param name="Version">The relay's.</param>
/// <param name="RobotUrl">The robots' gRPC endpoint.</param>
internal sealed record DiscoveredRelay(string Version, Uri RobotUrl);

/// <summary>What a robot has to ask before it can link: <c>GET /.well-known/av1relay</c>.</summary>
internal static class RelayDiscovery
{
    private const int MaxAnswerBytes = 64 * 1024;

    /// <exception cref="RelayUnreachableException">No answer, or not a relay's; the message says what to do.</exception>
    public static async Task<DiscoveredRelay> AskAsync(HttpClient http, Uri relay, CancellationToken cancellationToken)
    {
        var address = new Uri(relay, "/.well-known/av1relay");
        try
        {
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
            var answer = await http.GetFromJsonAsync<JsonElement>(address, cancellationToken);
            if (answer.ValueKind == JsonValueKind.Object
                && answer.TryGetProperty("robotUrl", out var url) && url.ValueKind == JsonValueKind.String
                && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var robotUrl) && robotUrl.Scheme == Uri.UriSchemeHttps)
            {
                return new(answer.TryGetProperty("version", out var version) ? version.ToString() : "unknown", robotUrl);
            }

            throw new RelayUnreachableException($"{address} answers, but not as an AV1Relay: check the URL.");
        }
        catch (HttpRequestException problem) when (problem.StatusCode is { } status)
        {
            throw new RelayUnreachableException($"{address} answers {(int)status}: check that the URL is the relay's.");
        }
        catch (HttpRequestException problem)
        {
            throw new RelayUnreachableException($"The relay at {relay} does not answer ({problem.HttpRequestError}): check that it runs and that this robot's network reaches it.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RelayUnreachableException($"The relay at {relay} does not answer in time: check this robot's network.");
        }
        catch (JsonException)
        {
            throw new RelayUnreachableException($"{address} answers, but not as an AV1Relay: check the URL.");
        }
    }
}

/// <summary>The relay can't be asked. The message says what to do.</summary>
internal sealed class RelayUnreachableException(string message) : Exception(message);

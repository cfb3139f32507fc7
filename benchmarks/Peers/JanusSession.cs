using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>One session of Janus' HTTP API with any number of VideoRoom handles, its events fetched by one long poll that also keeps it alive.</summary>
internal sealed class JanusSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly Task _polling;
    private int _transactions;

    private JanusSession(HttpClient http, Uri url)
    {
        _http = http;
        _url = url;
        _polling = PollAsync(_stop.Token);
    }

    public static async Task<JanusSession> CreateAsync(JanusConnection connection, CancellationToken cancellationToken)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { Timeout = Timeout.InfiniteTimeSpan };
        var answer = await PostAsync(http, connection.Url, new JsonObject { ["janus"] = "create", ["transaction"] = "create" }, cancellationToken);
        return new JanusSession(http, new Uri($"{connection.Url}/{Number(answer["data"]?["id"])}"));
    }

    /// <returns>The handle's id.</returns>
    public async Task<long> AttachAsync(CancellationToken cancellationToken)
    {
        var answer = await PostAsync(
            _http, _url, new JsonObject { ["janus"] = "attach", ["plugin"] = "janus.plugin.videoroom", ["transaction"] = NewTransaction() }, cancellationToken);
        return Number(answer["data"]?["id"]);
    }

    /// <summary>Sends the plugin a request and waits for what it says to it, at once or by an event.</summary>
    /// <param name="sdp">Offer or answer that goes with it.</param>
    /// <returns>The plugin's data, and the description that came with it.</returns>
    /// <exception cref="JanusException">The plugin refused.</exception>
    public async Task<(JsonNode Data, string? Sdp)> AskAsync(
        long handle, JsonObject request, (string Type, string Text)? sdp, CancellationToken cancellationToken)
    {
        var transaction = NewTransaction();
        var message = new JsonObject { ["janus"] = "message", ["transaction"] = transaction, ["body"] = request };
        if (sdp is { } description) message["jsep"] = new JsonObject { ["type"] = description.Type, ["sdp"] = description.Text, ["trickle"] = false };
        var reply = _waiting[transaction] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var answer = await PostAsync(_http, new Uri($"{_url}/{handle}"), message, cancellationToken);
            if (answer["janus"]?.GetValue<string>() == "ack") answer = await reply.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
            var data = answer["plugindata"]?["data"] ?? throw new JanusException(0, $"No plugin data: {answer.ToJsonString()}");
            if (data["error_code"] is { } code) throw new JanusException((int)Number(code), data["error"]?.ToString() ?? "");
            return (data, answer["jsep"]?["sdp"]?.GetValue<string>());
        }
        finally
        {
            _waiting.TryRemove(transaction, out _);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _http.Dispose();
        _stop.Dispose();
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, Uri url, JsonObject message, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(url, message, cancellationToken);
        var node = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken) ?? throw new JanusException(0, "An empty answer.");
        return node["error"] is { } error ? throw new JanusException((int)Number(error["code"]), error["reason"]?.ToString() ?? "") : node;
    }

    private static long Number(JsonNode? node)
        => node?.GetValueKind() == JsonValueKind.Number ? node.GetValue<long>() : throw new JanusException(0, "A number is missing.");

    private string NewTransaction() => Interlocked.Increment(ref _transactions).ToString(CultureInfo.InvariantCulture);

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var events = await _http.GetFromJsonAsync<JsonNode>(new Uri($"{_url}?maxev=10"), cancellationToken);
                foreach (var happened in events as JsonArray ?? [])
                {
                    if (happened?["janus"]?.GetValue<string>() is "event" && happened["transaction"]?.GetValue<string>() is { } transaction
                        && _waiting.TryGetValue(transaction, out var waiting))
                        waiting.TrySetResult(happened);
                }
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException or JsonException or ObjectDisposedException)
        {
            foreach (var waiting in _waiting.Values) waiting.TrySetException(new JanusException(0, $"Events can't be fetched any more: {problem.Message}"));
        }
    }
}

/// <summary>Janus refused.</summary>
/// <param name="code">As its documentation numbers them; 0: not Janus' own.</param>
internal sealed class JanusException(int code, string reason) : Exception($"Janus refused ({code}): {reason}")
{
    public int Code => code;
}

using System.Net.Http.Headers;
using System.Text.Json;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Peer;

namespace AV1Relay.Benchmarks.Load;

/// <summary>Joins this project's relay as robots and pupils do: an offer by HTTP, one connection each.</summary>
/// <remarks>The first subscriber of a room is its pupil, the others are observers.</remarks>
internal sealed class WhipClient(WhipConnection connection) : IRelayClient
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 16 });

    public async Task<LoadEnd> PublishAsync(int room, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
        => await JoinAsync("whip", room, connection.RobotTokens[room], OfferingEnd.PublishedMedia, local, now, cancellationToken);

    public async Task<LoadEnd> SubscribeAsync(int room, int subscriber, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
        => await JoinAsync(
            "whep", room, (subscriber == 0 ? connection.PupilTokens : connection.ObserverTokens)[room], OfferingEnd.SubscribedMedia, local, now,
            cancellationToken);

    public async Task LeaveAsync(LoadEnd end, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, end.Resource);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", end.Credential);
        using var response = await _http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"Leaving was refused: {(int)response.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<OfferingEnd> JoinAsync(
        string endpoint, int room, string token, IReadOnlyList<OfferedMedia> media, TransportAddress local, TimeSpan now,
        CancellationToken cancellationToken)
    {
        var end = new OfferingEnd(local, media);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(connection.Url, $"{endpoint}/{connection.SessionOf(room)}"))
        {
            Content = new StringContent(end.Offer, new MediaTypeHeaderValue("application/sdp")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{endpoint} was refused: {(int)response.StatusCode} {body}");
        end.Apply(body, now);
        end.Resource = new Uri(connection.Url, response.Headers.Location ?? throw new InvalidOperationException("The answer has no Location."));
        end.Credential = token;
        return end;
    }
}

/// <summary>Where the relay is and who may join; the session of room i has the prefix and a number from 1.</summary>
internal sealed record WhipConnection(
    Uri Url, string SessionPrefix, IReadOnlyList<string> RobotTokens, IReadOnlyList<string> PupilTokens, IReadOnlyList<string> ObserverTokens)
{
    public string SessionOf(int room) => RobotTokens.Count == 1 ? SessionPrefix : $"{SessionPrefix}-{room + 1}";

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this);
}

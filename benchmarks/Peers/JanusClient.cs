using System.Text.Json.Nodes;
using AV1Relay.Benchmarks.Load;
using AV1Relay.WebRtc;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>Joins Janus' VideoRoom: a publisher offers, a subscriber is offered to.</summary>
internal sealed class JanusClient(JanusConnection connection) : IRelayClient
{
    private const int NoSuchFeed = 428;
    private const int MostTries = 100;
    private const long FeedId = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _turn = new(1);
    private JanusSession? _session;

    public async Task<LoadEnd> PublishAsync(int room, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken);
        var handle = await session.AttachAsync(cancellationToken);
        await session.AskAsync(
            handle,
            new JsonObject
            {
                ["request"] = "create",
                ["room"] = room + 1,
                ["publishers"] = 1,
                ["bitrate"] = 0, // no cap
                ["videocodec"] = "h264",
                ["audiocodec"] = "opus",
                ["is_private"] = true,
                ["permanent"] = false,
            },
            sdp: null, cancellationToken);
        var end = new OfferingEnd(local, OfferingEnd.PublishedMedia);
        var (_, answer) = await session.AskAsync(
            handle, new JsonObject { ["request"] = "joinandconfigure", ["ptype"] = "publisher", ["room"] = room + 1, ["id"] = FeedId },
            ("offer", end.Offer), cancellationToken);
        end.Apply(answer ?? throw new InvalidOperationException("Janus did not answer the publisher's offer."), now);
        return end;
    }

    public async Task<LoadEnd> SubscribeAsync(int room, int subscriber, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken);
        var handle = await session.AttachAsync(cancellationToken);
        var end = new AnsweringEnd(local);
        var offer = await SubscribeAsync(session, handle, room, cancellationToken);
        await session.AskAsync(handle, new JsonObject { ["request"] = "start" }, ("answer", end.Answer(offer, now)), cancellationToken);
        return end;
    }

    public void Dispose()
    {
        _session?.Dispose();
        _turn.Dispose();
    }

    private static async Task<string> SubscribeAsync(JanusSession session, long handle, int room, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var join = new JsonObject
                {
                    ["request"] = "join",
                    ["ptype"] = "subscriber",
                    ["room"] = room + 1,
                    ["streams"] = new JsonArray(new JsonObject { ["feed"] = FeedId }),
                };
                var (_, offer) = await session.AskAsync(handle, join, sdp: null, cancellationToken);
                return offer ?? throw new InvalidOperationException("Janus did not offer anything to the subscriber.");
            }
            catch (JanusException refused) when (refused.Code == NoSuchFeed && tries < MostTries)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken); // the publisher is not connected yet
            }
        }
    }

    private async Task<JanusSession> OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _session ??= await JanusSession.CreateAsync(connection, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}

using System.Collections.Concurrent;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Benchmarks.Load;

/// <summary>No relay at all: a room's publisher sends to its first subscriber, protected as ever. What is measured is the generator's own floor.</summary>
internal sealed class DirectClient : IRelayClient
{
    private static readonly byte[] Key = new byte[16];
    private static readonly byte[] Salt = new byte[12];
    private readonly ConcurrentDictionary<int, TransportAddress> _subscribers = new(); // joins run side by side

    public Task<LoadEnd> PublishAsync(int room, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
        => Task.FromResult<LoadEnd>(new StaticEnd(
            SrtpSender.Create(SrtpProfile.AeadAes128Gcm, Key, Salt), SrtpReceiver.Create(SrtpProfile.AeadAes128Gcm, Key, Salt),
            () => _subscribers.TryGetValue(room, out var remote) ? remote : null, new(11, 102, 0), new(13, 111, 0)));

    public Task<LoadEnd> SubscribeAsync(int room, int subscriber, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
    {
        if (subscriber == 0) _subscribers[room] = local;
        return Task.FromResult<LoadEnd>(new StaticEnd(
            SrtpSender.Create(SrtpProfile.AeadAes128Gcm, Key, Salt), SrtpReceiver.Create(SrtpProfile.AeadAes128Gcm, Key, Salt),
            () => null, new(21, 102, 0), new(23, 111, 0)));
    }

    public void Dispose()
    {
    }
}

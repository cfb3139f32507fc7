using System.Security.Cryptography;
using AV1Relay.Benchmarks.Load;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>Tells the bare forwarder who is there, instead of a handshake. Every end has keys of its own, as behind DTLS.</summary>
internal sealed class BareClient(BareConnection connection) : IRelayClient
{
    private readonly BareControl _control = new(connection);

    public async Task<LoadEnd> PublishAsync(int room, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
    {
        var (key, salt) = NewKey();
        var media = connection.Media;
        await _control.AddSourceAsync(VideoSsrc(room), key, salt, cancellationToken);
        await _control.AddSourceAsync(AudioSsrc(room), key, salt, cancellationToken);
        return End(key, salt, () => media, room);
    }

    public async Task<LoadEnd> SubscribeAsync(int room, int subscriber, TransportAddress local, TimeSpan now, CancellationToken cancellationToken)
    {
        var (key, salt) = NewKey();
        await _control.AddSubscriberAsync(VideoSsrc(room), key, salt, local.ToIPEndPoint(), cancellationToken);
        await _control.AddSubscriberAsync(AudioSsrc(room), key, salt, local.ToIPEndPoint(), cancellationToken);
        return End(key, salt, () => null, room);
    }

    public void Dispose() => _control.Dispose();

    private static StaticEnd End(byte[] key, byte[] salt, Func<TransportAddress?> remote, int room) => new(
        SrtpSender.Create(SrtpProfile.AeadAes128Gcm, key, salt), SrtpReceiver.Create(SrtpProfile.AeadAes128Gcm, key, salt), remote,
        new LoadStream(VideoSsrc(room), 102, 0), new LoadStream(AudioSsrc(room), 111, 0));

    private static uint VideoSsrc(int room) => 1_000 + 2 * (uint)room;

    private static uint AudioSsrc(int room) => VideoSsrc(room) + 1;

    private static (byte[] Key, byte[] Salt) NewKey() => (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12));
}

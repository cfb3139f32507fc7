using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Srtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

public sealed class SecureTransportTests : IDisposable
{
    private static readonly byte[] Rtp = [0x80, 96, 0, 7, 0, 0, 0, 1, 1, 2, 3, 4, .. "picture"u8];
    private static readonly byte[] Rtcp = [0x80, 201, 0, 1, 1, 2, 3, 4];

    private readonly SecureTransport _client = new(
        new DtlsSession(DtlsPair.ClientContext, DtlsRole.Client), DtlsRole.Client, DtlsPair.ServerContext.Fingerprint);

    private readonly SecureTransport _server = new(
        new DtlsSession(DtlsPair.ServerContext, DtlsRole.Server), DtlsRole.Server, DtlsPair.ClientContext.Fingerprint);

    [Fact]
    public void Media_and_its_control_pass_both_ways_once_both_ends_are_authenticated()
    {
        Connect(_client, _server);

        Assert.True(_client.IsAuthenticated, _client.Failure);
        Assert.True(_server.IsAuthenticated, _server.Failure);
        AssertPasses(_client, _server);
        AssertPasses(_server, _client);
    }

    [Fact]
    public void Nothing_is_protected_or_opened_before_the_peer_is_authenticated()
    {
        var buffer = new byte[200];
        Rtp.CopyTo(buffer, 0);
        _server.Start(TimeSpan.Zero);

        Assert.False(_server.IsAuthenticated);
        Assert.Equal(-1, _server.ProtectRtp(buffer, Rtp.Length));
        Assert.Equal(-1, _server.ProtectRtcp(buffer, Rtp.Length));
        Assert.Equal(SrtpError.NotReady, _server.UnprotectRtp(buffer, 60, out _));
        Assert.Equal(SrtpError.NotReady, _server.UnprotectRtcp(buffer, 60, out _));
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static void Connect(SecureTransport client, SecureTransport server)
    {
        var buffer = new byte[IDtlsSession.MaxDatagramLength];
        server.Start(TimeSpan.Zero);
        client.Start(TimeSpan.Zero);
        var hasMoved = true;
        while (hasMoved)
        {
            hasMoved = false;
            while (client.TryTakeDatagram(buffer, out var length))
            {
                server.OnDtlsDatagram(buffer.AsSpan(0, length), TimeSpan.Zero);
                hasMoved = true;
            }

            while (server.TryTakeDatagram(buffer, out var length))
            {
                client.OnDtlsDatagram(buffer.AsSpan(0, length), TimeSpan.Zero);
                hasMoved = true;
            }
        }
    }

    private static void AssertPasses(SecureTransport from, SecureTransport to)
    {
        var buffer = new byte[200];
        Rtp.CopyTo(buffer, 0);
        var length = from.ProtectRtp(buffer, Rtp.Length);
        Assert.Equal(SrtpError.None, to.UnprotectRtp(buffer, length, out var plainLength));
        Assert.Equal(Rtp, buffer[..plainLength]);

        Rtcp.CopyTo(buffer, 0);
        length = from.ProtectRtcp(buffer, Rtcp.Length);
        Assert.Equal(SrtpError.None, to.UnprotectRtcp(buffer, length, out plainLength));
        Assert.Equal(Rtcp, buffer[..plainLength]);
    }
}

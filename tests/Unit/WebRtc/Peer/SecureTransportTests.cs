using System.Security.Cryptography;
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
    private static readonly Fingerprint Stranger = Fingerprint.OfCertificate("somebody else"u8);

    private readonly SecureTransport _client = Transport(DtlsRole.Client);
    private readonly SecureTransport _server = Transport(DtlsRole.Server);

    [Fact]
    public void Media_and_its_control_pass_both_ways_once_both_ends_are_authenticated()
    {
        Connect(_client, _server);

        Assert.True(_client.IsAuthenticated, _client.Failure);
        Assert.True(_server.IsAuthenticated, _server.Failure);
        AssertPasses(_client, _server);
        AssertPasses(_server, _client);
        Assert.Null(_client.NextTimeout);
    }

    [Fact]
    public void The_older_profile_works_as_well()
    {
        using var context = DtlsContext.Create(null, "SRTP_AES128_CM_SHA1_80");
        using var client = new SecureTransport(
            new DtlsSession(context, DtlsRole.Client), DtlsRole.Client, DtlsPair.ServerContext.Fingerprint);
        using var server = Transport(DtlsRole.Server, context.Fingerprint);
        Connect(client, server);

        AssertPasses(client, server);
        AssertPasses(server, client);
    }

    [Fact]
    public void Nothing_is_protected_or_opened_before_the_peer_is_authenticated()
    {
        _server.Start(TimeSpan.Zero);

        Assert.False(_server.IsAuthenticated);
        AssertShut(_server);
        Assert.Equal(TimeSpan.FromSeconds(10), _server.NextTimeout);
    }

    [Theory]
    [InlineData(DtlsRole.Client)]
    [InlineData(DtlsRole.Server)]
    public void A_certificate_that_was_not_promised_opens_nothing(DtlsRole victim)
    {
        using var deceived = Transport(victim, Stranger);
        var (client, server) = victim == DtlsRole.Client ? (deceived, _server) : (_client, deceived);
        Connect(client, server);

        Assert.True(deceived.HasFailed);
        Assert.False(deceived.IsAuthenticated);
        Assert.False(deceived.IsClosed);
        Assert.Contains("not the one that its description promised", deceived.Failure, StringComparison.Ordinal);
        Assert.Null(deceived.NextTimeout);
        AssertShut(deceived);

        var other = victim == DtlsRole.Client ? server : client;
        Assert.False(other.IsAuthenticated);
        Assert.True(other.HasFailed);
    }

    [Fact]
    public void Keys_are_not_even_exported_for_a_certificate_that_was_not_promised()
    {
        using var session = new PreparedSession(Stranger, SrtpProfile.AeadAes128Gcm);
        using var transport = new SecureTransport(session, DtlsRole.Server, DtlsPair.ClientContext.Fingerprint);
        transport.Start(TimeSpan.Zero);

        Assert.True(transport.HasFailed);
        Assert.False(session.HasExported);
        Assert.True(session.IsClosed);
    }

    [Fact]
    public void A_peer_that_agrees_on_no_SRTP_profile_fails_in_words()
    {
        using var session = new PreparedSession(Stranger, SrtpProfile.None);
        using var transport = new SecureTransport(session, DtlsRole.Server, Stranger);
        transport.Start(TimeSpan.Zero);

        Assert.True(transport.HasFailed);
        Assert.Equal("The peer did not agree on an SRTP profile.", transport.Failure);
        AssertShut(transport);
    }

    [Theory]
    [InlineData("sha-384")]
    [InlineData("sha-512")]
    public void A_fingerprint_by_another_hash_counts_too(string algorithm)
    {
        // The certificate itself is not public; let a session present it and hash that.
        var certificate = CertificateOfServer();
        var expected = algorithm == "sha-384"
            ? new Fingerprint(algorithm, [.. SHA384.HashData(certificate)])
            : new Fingerprint(algorithm, [.. SHA512.HashData(certificate)]);
        using var client = Transport(DtlsRole.Client, expected);
        Connect(client, _server);

        Assert.True(client.IsAuthenticated, client.Failure);
    }

    [Fact]
    public void A_peer_that_never_answers_fails_at_the_deadline()
    {
        _client.Start(TimeSpan.Zero);
        _client.OnTimeout(TimeSpan.FromSeconds(9.9));
        Assert.False(_client.HasFailed);

        _client.OnTimeout(TimeSpan.FromSeconds(10));
        Assert.True(_client.HasFailed);
        Assert.Contains("10 s", _client.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DtlsRole.Client)]
    [InlineData(DtlsRole.Server)]
    public void Goodbye_shuts_both_ends(DtlsRole leaver)
    {
        Connect(_client, _server);
        (leaver == DtlsRole.Client ? _client : _server).Close();
        Exchange(_client, _server);

        foreach (var transport in new[] { _client, _server })
        {
            Assert.True(transport.IsClosed);
            Assert.True(transport.HasFailed);
            Assert.False(transport.IsAuthenticated);
            AssertShut(transport);
        }
    }

    [Fact]
    public void Disposing_twice_is_harmless_and_shuts_it()
    {
        Connect(_client, _server);
        _client.Dispose();
        _client.Dispose();

        Assert.False(_client.IsAuthenticated);
        AssertShut(_client);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static SecureTransport Transport(DtlsRole role, Fingerprint? expected = null) => role == DtlsRole.Client
        ? new(new DtlsSession(DtlsPair.ClientContext, role), role, expected ?? DtlsPair.ServerContext.Fingerprint)
        : new(new DtlsSession(DtlsPair.ServerContext, role), role, expected ?? DtlsPair.ClientContext.Fingerprint);

    /// <summary>The Certificate message of the server's first flight, which DTLS 1.2 sends in the clear.</summary>
    private static byte[] CertificateOfServer()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
        foreach (var datagram in pair.Take(DtlsRole.Server))
        {
            ReadOnlySpan<byte> rest = datagram;
            while (DtlsRecord.TryTake(ref rest, out var record))
            {
                const int Certificate = 11;
                const int Prefix = 12 + 3 + 3; // handshake header, list length, first certificate's length
                if (record.Body[0] == Certificate) return record.Body[Prefix..].ToArray();
            }
        }

        throw new InvalidOperationException("The server sent no certificate.");
    }

    private static void Connect(SecureTransport client, SecureTransport server)
    {
        server.Start(TimeSpan.Zero);
        client.Start(TimeSpan.Zero);
        Exchange(client, server);
    }

    private static void Exchange(SecureTransport client, SecureTransport server)
    {
        var buffer = new byte[IDtlsSession.MaxDatagramLength];
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

    private static void AssertShut(SecureTransport transport)
    {
        var buffer = new byte[200];
        Rtp.CopyTo(buffer, 0);
        Assert.Equal(-1, transport.ProtectRtp(buffer, Rtp.Length));
        Assert.Equal(-1, transport.ProtectRtcp(buffer, Rtp.Length));
        Assert.Equal(SrtpError.NotReady, transport.UnprotectRtp(buffer, 60, out _));
        Assert.Equal(SrtpError.NotReady, transport.UnprotectRtcp(buffer, 60, out _));
        Assert.Equal(Rtp, buffer[..Rtp.Length]);
    }

    /// <summary>A session that is connected from the start, with a given certificate.</summary>
    private sealed class PreparedSession(Fingerprint remote, SrtpProfile profile) : IDtlsSession
    {
        public DtlsState State => DtlsState.Connected;

        public string? Failure => null;

        public TimeSpan? NextTimeout => null;

        public Fingerprint? RemoteFingerprint => remote;

        public SrtpProfile SrtpProfile => profile;

        public bool HasExported { get; private set; }

        public bool IsClosed { get; private set; }

        public void Start(TimeSpan now)
        {
        }

        public void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now)
        {
        }

        public void OnTimeout(TimeSpan now)
        {
        }

        public bool TryTakeDatagram(Span<byte> destination, out int length)
        {
            length = 0;
            return false;
        }

        public void ExportSrtpKeys(Span<byte> keyingMaterial) => HasExported = true;

        public void Close() => IsClosed = true;

        public void Dispose()
        {
        }
    }
}

using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Srtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Dtls;

public sealed class DtlsHandshakeTests
{
    [Fact]
    public void Client_and_server_agree_on_keys_profile_and_certificates()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run();

        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
        Assert.Equal(TimeSpan.Zero, pair.Now);
        Assert.Equal(SrtpProfile.AeadAes128Gcm, pair.Client.SrtpProfile);
        Assert.Equal(SrtpProfile.AeadAes128Gcm, pair.Server.SrtpProfile);
        Assert.Equal(DtlsPair.ServerContext.Fingerprint, pair.Client.RemoteFingerprint);
        Assert.Equal(DtlsPair.ClientContext.Fingerprint, pair.Server.RemoteFingerprint);
        Assert.Equal(Keys(pair.Client), Keys(pair.Server));
        Assert.NotEqual(new byte[56], Keys(pair.Client));
        Assert.Null(pair.Client.NextTimeout);
        Assert.Null(pair.Server.NextTimeout);
    }

    [Theory]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.Aes128CmHmacSha1_80, 60)]
    [InlineData("SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm, 56)] // the server's order counts
    public void The_profile_is_the_servers_first_that_the_client_knows(string offered, SrtpProfile expected, int keyLength)
    {
        using var context = DtlsContext.Create(null, offered);
        using var pair = new DtlsPair(client: context);
        pair.Start();
        pair.Run();

        Assert.True(pair.AreConnected);
        Assert.Equal(expected, pair.Client.SrtpProfile);
        Assert.Equal(expected, pair.Server.SrtpProfile);
        Assert.Equal(keyLength, Keys(pair.Client).Length);
        Assert.Equal(Keys(pair.Client), Keys(pair.Server));
    }

    [Fact]
    public void No_datagram_is_longer_than_1200_bytes_and_each_holds_whole_records()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run();

        foreach (var (_, _, bytes) in pair.Sent)
        {
            Assert.InRange(bytes.Length, 14, IDtlsSession.MaxDatagramLength);
            ReadOnlySpan<byte> rest = bytes;
            var covered = 0;
            while (DtlsRecord.TryTake(ref rest, out var record)) covered += record.Bytes.Length;
            Assert.Equal(bytes.Length, covered);
        }
    }

    [Fact]
    public void A_peer_without_a_certificate_is_refused()
    {
        using var context = DtlsContext.Create(null, "SRTP_AEAD_AES_128_GCM", hasCertificate: false);
        using var pair = new DtlsPair(client: context);
        pair.Start();
        pair.Run();

        Assert.Equal(DtlsState.Failed, pair.Server.State);
        Assert.Contains("peer did not return a certificate", pair.Server.Failure, StringComparison.Ordinal);
        Assert.Null(pair.Server.RemoteFingerprint);
        Assert.Throws<InvalidOperationException>(() => pair.Server.ExportSrtpKeys(new byte[56]));
    }

    [Fact]
    public void A_peer_without_the_extended_master_secret_is_refused()
    {
        const ulong NoExtendedMasterSecret = 1;
        using var context = DtlsContext.Create(null, "SRTP_AEAD_AES_128_GCM", NoExtendedMasterSecret);
        using var pair = new DtlsPair(client: context);
        pair.Start();
        pair.Run();

        Assert.Equal(DtlsState.Failed, pair.Server.State);
        Assert.Contains("extended master secret", pair.Server.Failure, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => pair.Server.ExportSrtpKeys(new byte[56]));
    }

    [Fact]
    public void A_peer_that_wants_no_SRTP_gets_no_keys()
    {
        using var context = DtlsContext.Create(null, srtpProfiles: null);
        using var pair = new DtlsPair(client: context);
        pair.Start();
        pair.Run();

        Assert.True(pair.AreConnected);
        Assert.Equal(SrtpProfile.None, pair.Server.SrtpProfile);
        Assert.Throws<InvalidOperationException>(() => pair.Server.ExportSrtpKeys(new byte[56]));
    }

    [Fact]
    public void Keys_are_exported_only_at_their_exact_length()
    {
        using var pair = new DtlsPair();
        pair.Start();
        Assert.Throws<InvalidOperationException>(() => pair.Client.ExportSrtpKeys(new byte[56]));
        pair.Run();
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Client.ExportSrtpKeys(new byte[55]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Client.ExportSrtpKeys(new byte[57]));
    }

    [Fact]
    public void A_session_that_has_not_started_ignores_everything()
    {
        using var pair = new DtlsPair();
        pair.Client.Start(TimeSpan.Zero);
        pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
        pair.Server.OnTimeout(TimeSpan.FromHours(1));

        Assert.Equal(DtlsState.New, pair.Server.State);
        Assert.Empty(pair.Take(DtlsRole.Server));
    }

    [Fact]
    public void A_disposed_session_ignores_everything_and_may_be_disposed_again()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run();
        pair.Client.Dispose();
        pair.Client.Dispose();

        pair.Client.Start(TimeSpan.Zero);
        pair.Client.OnDatagram(new byte[100], TimeSpan.Zero);
        pair.Client.OnTimeout(TimeSpan.FromHours(1));
        pair.Client.Close();
        Assert.False(pair.Client.TrySendApplicationData([1]));
        Assert.Throws<InvalidOperationException>(() => pair.Client.ExportSrtpKeys(new byte[56]));
        Assert.Equal(DtlsState.Closed, pair.Client.State);
    }

    [Fact]
    public void A_context_may_be_disposed_before_its_sessions()
    {
        var context = DtlsContext.Create();
        using var pair = new DtlsPair(client: context);
        context.Dispose();
        pair.Start();
        pair.Run();
        Assert.True(pair.AreConnected);
    }

    internal static byte[] Keys(DtlsSession session)
    {
        var keys = new byte[SrtpProfiles.KeyingMaterialLength(session.SrtpProfile)];
        session.ExportSrtpKeys(keys);
        return keys;
    }
}

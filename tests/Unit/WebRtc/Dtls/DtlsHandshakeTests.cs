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

    [Theory]
    [InlineData(DtlsRole.Client, 0)]
    [InlineData(DtlsRole.Server, 0)]
    [InlineData(DtlsRole.Client, 1)]
    [InlineData(DtlsRole.Server, 1)]
    [InlineData(DtlsRole.Client, 2)]
    [InlineData(DtlsRole.Server, 2)]
    public void A_lost_datagram_is_made_good_by_retransmission(DtlsRole loser, int which)
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run((from, n) => from == loser && n == which ? 0 : 1);

        Assert.True(pair.AreConnected, $"{pair.Client.State} {pair.Server.State} {pair.Client.Failure} {pair.Server.Failure}");
        Assert.Equal(Keys(pair.Client), Keys(pair.Server));
    }

    internal static byte[] Keys(DtlsSession session)
    {
        var keys = new byte[SrtpProfiles.KeyingMaterialLength(session.SrtpProfile)];
        session.ExportSrtpKeys(keys);
        return keys;
    }
}

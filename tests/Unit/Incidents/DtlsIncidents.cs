using AV1Relay.Sfu;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Peer;
using Xunit;

namespace AV1Relay.Tests.Unit.Incidents;

public sealed class DtlsIncidents : IDisposable
{
    private readonly VirtualRelay _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void BouncyCastle_and_GnuTLS_a_declared_fragment_length_reserves_nothing()
    {
        var filter = new DtlsInputFilter(DtlsRole.Server, DtlsLimits.Default);
        var admitted = 0L;
        for (ushort message = 0; message < 16; message++)
        {
            foreach (var length in (int[])[0xFFFFFF, 0x10_0000, 16 * 1024, 12 * 1024])
            {
                ReadOnlySpan<byte> record = DtlsInputFilterTests.Handshake(message, length, 0, 10);
                Assert.True(DtlsRecord.TryTake(ref record, out var taken));
                if (filter.AdmitsDuringHandshake(taken)) admitted += length;
            }
        }

        Assert.InRange(admitted, 1, DtlsLimits.Default.MaxReassemblyBytes); // what OpenSSL may reserve before anybody has proved anything
    }

    [Fact]
    public void BouncyCastle_and_GnuTLS_all_fragments_of_a_message_agree_on_its_length()
    {
        var filter = new DtlsInputFilter(DtlsRole.Server, DtlsLimits.Default);

        Assert.True(Admits(DtlsInputFilterTests.Handshake(0, 200, 0, 100)));
        Assert.False(Admits(DtlsInputFilterTests.Handshake(0, 16_000, 100, 100)));

        bool Admits(byte[] bytes)
        {
            ReadOnlySpan<byte> rest = bytes;
            return DtlsRecord.TryTake(ref rest, out var record) && filter.AdmitsDuringHandshake(record);
        }
    }

    [Fact]
    public void FreeSwitch_Asterisk_and_RTPEngine_a_spoofed_client_hello_or_alert_ends_nothing()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        using var intruder = new DtlsPair();
        intruder.Start();
        var hello = intruder.Take(DtlsRole.Client);

        foreach (var forgedSource in (TransportAddress[])[robot.Address, pupil.Address, TransportAddress.FromIPv4(0xC000_0201, 5)])
        {
            foreach (var datagram in hello) _relay.Core.OnDatagram(datagram.ToArray(), forgedSource, _relay.Now);
            for (byte description = 0; description < 120; description += 10)
            {
                foreach (ushort epoch in (ushort[])[0, 1])
                {
                    _relay.Core.OnDatagram(DtlsInputFilterTests.Record(21, epoch, [2, description], description), forgedSource, _relay.Now);
                    _relay.Core.OnDatagram(DtlsInputFilterTests.Record(21, epoch, new byte[26], description), forgedSource, _relay.Now);
                }
            }

            _relay.Pump();
        }

        _relay.Advance(TimeSpan.FromSeconds(1));
        _relay.Send(robot, robot.Rtp(1, 960, [0xFC, 1], "a"));
        Assert.Single(pupil.On("a"));
        Assert.Equal((PeerState.Connected, PeerState.Connected), (robot.State, pupil.State));
        Assert.NotEqual(0, _relay.Core.Counters.DtlsFromUnvalidated);
    }

    [Fact]
    public void Pion_application_data_in_the_clear_reaches_nobody()
    {
        var sink = new Collector();
        using var pair = new DtlsPair(serverData: sink);
        pair.Start();
        for (var i = 0; i < 6; i++)
        {
            pair.Give(DtlsRole.Server, [DtlsInputFilterTests.Record(23, 0, "in the clear"u8.ToArray(), (ulong)(50 + i))]);
            pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
            pair.Give(DtlsRole.Client, pair.Take(DtlsRole.Server));
        }

        Assert.True(pair.AreConnected);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public void Pion_nothing_is_usable_after_a_failed_fingerprint()
    {
        using var pair = new DtlsPair();
        using var server = new SecureTransport(pair.Server, DtlsRole.Server, Fingerprint.OfCertificate("somebody else's"u8));
        pair.Start();
        server.Start(pair.Now);
        var buffer = new byte[IDtlsSession.MaxDatagramLength];
        for (var i = 0; i < 6; i++)
        {
            foreach (var datagram in pair.Take(DtlsRole.Client)) server.OnDtlsDatagram(datagram, pair.Now);
            while (server.TryTakeDatagram(buffer, out var length)) pair.Give(DtlsRole.Client, [buffer[..length]]);
        }

        Assert.True(server.HasFailed);
        Assert.False(server.IsAuthenticated);
        Assert.Equal(-1, server.ProtectRtp(new byte[200], 100));
        Assert.Equal(AV1Relay.WebRtc.Srtp.SrtpError.NotReady, server.UnprotectRtp(new byte[200], 100, out _));
        Assert.False(pair.Server.TrySendApplicationData("hello"u8));
    }
}

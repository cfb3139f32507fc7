using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.WebRtc.Dtls;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>Datagrams, each behind its length, for a server that has met nobody yet: records, fragments, reassembly, OpenSSL behind the filter.</summary>
internal sealed class DtlsRecordsTarget : FuzzTarget
{
    private readonly byte[] _buffer = new byte[IDtlsSession.MaxDatagramLength];

    public override string Name => "dtls-records";

    public override int InputsInTests => 1_500;

    public override int LongestInput => 8_192;

    public override IReadOnlyList<byte[]> Words { get; } =
        [Hex("16FEFD0000000000000000"), Hex("16FEFF0000"), Hex("15FEFD00000000000000010002022A"), Hex("14FEFD0000000000000002000101"), Hex("17FEFD0001"), Hex("FFFFFF"), Hex("004000"), Hex("004001")];

    public override void Run(byte[] input)
    {
        using var server = new DtlsSession(DtlsPair.ServerContext, DtlsRole.Server);
        server.Start(TimeSpan.Zero);
        var filter = new DtlsInputFilter(DtlsRole.Server, DtlsLimits.Default);
        var admitted = 0;
        foreach (var datagram in Frames.Of(input))
        {
            ReadOnlySpan<byte> rest = datagram;
            var left = rest.Length;
            while (DtlsRecord.TryTake(ref rest, out var record))
            {
                Require(rest.Length < left, "The walk over records does not advance.");
                left = rest.Length;
                if (filter.AdmitsDuringHandshake(record)) admitted += record.Bytes.Length;
                filter.AdmitsOnceConnected(record);
            }

            server.OnDatagram(datagram, TimeSpan.Zero);
            Drain(server);
        }

        Require(admitted <= DtlsLimits.Default.MaxInputBytes, "More was admitted than the limit says.");
        Require(server.State is DtlsState.Connecting or DtlsState.Failed, $"{server.State} without a peer that has a key.");
        Require(server.State == DtlsState.Failed == server.Failure is not null, "Failed without a reason, or the other way round.");
        for (var second = 0.0; second < 11; second += 0.25)
        {
            server.OnTimeout(TimeSpan.FromSeconds(second));
            Drain(server);
        }

        Require(server is { State: DtlsState.Failed, NextTimeout: null }, "The deadline has passed and the handshake goes on.");
    }

    private void Drain(DtlsSession server)
    {
        var datagrams = 0;
        while (server.TryTakeDatagram(_buffer, out var length)) Require(length > 0 && ++datagrams <= 64, "Datagrams without end.");
    }
}

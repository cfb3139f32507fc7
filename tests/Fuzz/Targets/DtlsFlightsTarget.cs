using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>A live handshake whose datagrams somebody in between changes, drops, doubles and adds to, as the input says.</summary>
/// <remarks>Keys and randoms are fresh each time, so that an input means the same changes, not the same bytes.</remarks>
internal sealed class DtlsFlightsTarget : FuzzTarget
{
    private const int MostRounds = 12;

    public override string Name => "dtls-flights";

    public override int InputsInTests => 120;

    public override int LongestInput => 1_500;

    public override IReadOnlyList<byte[]> Words { get; } = [Hex("04"), Hex("05"), Hex("15FEFD0000000000000000000202FF"), Hex("17FEFD0000000000000000000468656C6C"), Hex("14FEFD0000000000000000000101")];

    public override void Run(byte[] input)
    {
        var script = new ByteScript(input);
        var sink = new Sink();
        using var pair = new DtlsPair(clientData: sink, serverData: sink);
        pair.Start();
        var kept = new List<byte[]>();
        for (var round = 0; round < MostRounds && !(pair.AreConnected && script.IsOver); round++)
        {
            Carry(pair, DtlsRole.Client, ref script, kept);
            Carry(pair, DtlsRole.Server, ref script, kept);
            pair.Now += TimeSpan.FromMilliseconds(script.IsOver ? 300 : 10 * script.Byte());
            pair.Client.OnTimeout(pair.Now);
            pair.Server.OnTimeout(pair.Now);
        }

        Require(sink.Messages == 0, "Application data that nobody sent.");
        Require(pair.Client.State == DtlsState.Failed == pair.Client.Failure is not null, "The client failed without a reason.");
        Require(pair.Server.State == DtlsState.Failed == pair.Server.Failure is not null, "The server failed without a reason.");
        if (!pair.AreConnected) return;
        Require(Keys(pair.Client).AsSpan().SequenceEqual(Keys(pair.Server)), "Two ends that are connected have different keys.");
        Require(pair.Client.TrySendApplicationData("still there"u8), "A connected end can't send.");
        pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
        Require(sink.Messages == 1, "Connected, and nothing arrives.");
    }

    private static void Carry(DtlsPair pair, DtlsRole from, ref ByteScript script, List<byte[]> kept)
    {
        var to = from == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client;
        foreach (var datagram in pair.Take(from))
        {
            kept.Add(datagram);
            switch (script.Choice(8))
            {
                case 0:
                    pair.Give(to, [datagram]);
                    break;
                case 1: // lost
                    break;
                case 2:
                    pair.Give(to, [datagram, datagram]);
                    break;
                case 3:
                    pair.Give(to, [script.Changed(datagram)]);
                    break;
                case 4: // a forgery in front of it
                    pair.Give(to, [script.Piece().ToArray(), datagram]);
                    break;
                case 5: // the same behind it
                    pair.Give(to, [datagram, script.Piece().ToArray()]);
                    break;
                case 6: // an earlier one, perhaps one of its own
                    pair.Give(to, [script.Changed(kept[script.Choice(kept.Count)]), datagram]);
                    break;
                default: // changed, then as it was
                    pair.Give(to, [script.Changed(datagram), datagram]);
                    break;
            }
        }
    }

    private static byte[] Keys(DtlsSession session)
    {
        var keys = new byte[SrtpProfiles.KeyingMaterialLength(session.SrtpProfile)];
        session.ExportSrtpKeys(keys);
        return keys;
    }

    private sealed class Sink : IDtlsApplicationDataSink
    {
        public int Messages { get; private set; }

        public void OnApplicationData(ReadOnlySpan<byte> data) => Messages++;
    }
}

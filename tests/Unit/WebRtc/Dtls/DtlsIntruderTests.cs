using AV1Relay.WebRtc.Dtls;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Dtls;

/// <summary>What somebody can do who reaches a session's port but has no keys.</summary>
public sealed class DtlsIntruderTests
{
    [Fact]
    public void Garbage_between_the_flights_changes_nothing()
    {
        var random = new Random(5);
        using var pair = new DtlsPair();
        pair.Start();
        for (var i = 0; i < 4; i++)
        {
            GiveGarbage(pair, random);
            pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
            GiveGarbage(pair, random);
            pair.Give(DtlsRole.Client, pair.Take(DtlsRole.Server));
        }

        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
        GiveGarbage(pair, random);
        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
    }

    [Fact]
    public void A_plaintext_alert_or_application_data_ends_nothing_and_reaches_nobody()
    {
        var sink = new Collector();
        using var pair = new DtlsPair(clientData: sink, serverData: sink);
        pair.Start();
        for (var i = 0; i < 4; i++)
        {
            GiveForgeries(pair);
            pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
            GiveForgeries(pair);
            pair.Give(DtlsRole.Client, pair.Take(DtlsRole.Server));
        }

        GiveForgeries(pair);
        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
        Assert.Empty(sink.Messages);

        static void GiveForgeries(DtlsPair pair)
        {
            foreach (var to in new[] { DtlsRole.Client, DtlsRole.Server })
            {
                for (byte description = 0; description < 120; description++)
                    pair.Give(to, [DtlsInputFilterTests.Record(21, 0, [2, description], description)]);
                pair.Give(to, [DtlsInputFilterTests.Record(23, 0, "hello"u8.ToArray())]);
                pair.Give(to, [DtlsInputFilterTests.Record(23, 1, new byte[40])]);
                pair.Give(to, [DtlsInputFilterTests.Record(21, 1, new byte[26], number: 5)]);
            }
        }
    }

    [Fact]
    public void A_protected_record_too_short_for_its_tag_ends_nothing()
    {
        var sink = new Collector();
        using var pair = new DtlsPair(serverData: sink);
        pair.Start();
        for (var i = 0; i < 6; i++)
        {
            foreach (var to in new[] { DtlsRole.Client, DtlsRole.Server })
            {
                for (var length = 0; length < 24; length++)
                {
                    foreach (byte type in new byte[] { 21, 22, 23 })
                        pair.Give(to, [DtlsInputFilterTests.Record(type, 1, new byte[length], (ulong)(100 + 24 * i + length))]);
                }
            }

            pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
            pair.Give(DtlsRole.Client, pair.Take(DtlsRole.Server));
        }

        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
        Assert.True(pair.Client.TrySendApplicationData("hello"u8));
        pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
        Assert.Single(sink.Messages);
    }

    [Fact]
    public void Records_hidden_in_a_record_of_another_version_are_not_read()
    {
        var sink = new Collector();
        using var pair = new DtlsPair(serverData: sink);
        pair.Start();
        var hello = pair.Take(DtlsRole.Client);
        pair.Give(DtlsRole.Server, hello);
        pair.Give(DtlsRole.Client, pair.Take(DtlsRole.Server));

        // The hello again, well-formed on the outside, its body full of what the filter would refuse.
        var again = hello[0].ToArray();
        again[10] = 99; // another record
        var hidden = DtlsInputFilterTests.Record(21, 1, [2, 40], 0x70);
        for (var at = 13 + 13; at + hidden.Length <= again.Length; at += hidden.Length) hidden.CopyTo(again, at); // from the second header on
        Assert.Equal(0xFF, again[2]);
        pair.Give(DtlsRole.Server, [again]);

        pair.Run();
        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
        Assert.True(pair.Client.TrySendApplicationData("hello"u8));
        pair.Give(DtlsRole.Server, pair.Take(DtlsRole.Client));
        Assert.Single(sink.Messages);
    }

    [Fact]
    public void An_alert_seen_in_the_clear_is_named_when_the_deadline_has_passed()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Give(DtlsRole.Client, [DtlsInputFilterTests.Record(21, 0, [2, 40])]);
        pair.Run((_, _) => 0);

        Assert.Equal("The DTLS handshake was not done within 10 s; the peer sent alert 40, unauthenticated.", pair.Client.Failure);
    }

    [Fact]
    public void A_flood_of_huge_fragments_is_dropped_and_uses_nothing_up()
    {
        using var pair = new DtlsPair();
        pair.Start();
        for (var i = 0; i < 5_000; i++)
            pair.Give(DtlsRole.Server, [DtlsInputFilterTests.Handshake((ushort)(i % 20), 0xFFFFFF, i, 100)]);

        pair.Run();
        Assert.True(pair.AreConnected);
    }

    [Fact]
    public void A_flood_of_early_records_ends_nothing_before_the_deadline()
    {
        using var pair = new DtlsPair();
        pair.Start();
        for (var i = 0; i < 5_000; i++)
            pair.Give(DtlsRole.Server, [DtlsInputFilterTests.Record(22, 1, new byte[900], (ulong)i + 100)]);
        Assert.Equal(DtlsState.Connecting, pair.Server.State);

        pair.Run();
        Assert.Equal("The DTLS handshake was not done within 10 s.", pair.Server.Failure);
    }

    [Fact]
    public void Every_truncation_of_every_datagram_is_survived()
    {
        using var pair = new DtlsPair();
        pair.Start();
        for (var i = 0; i < 4; i++)
        {
            foreach (var from in new[] { DtlsRole.Client, DtlsRole.Server })
            {
                var to = from == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client;
                foreach (var datagram in pair.Take(from))
                {
                    for (var length = 0; length < datagram.Length; length += 1 + datagram.Length / 40) pair.Give(to, [datagram[..length]]);
                    pair.Give(to, [datagram]);
                }
            }
        }

        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
    }

    [Fact]
    public void Changed_bytes_may_end_a_handshake_but_never_throw_and_never_connect_two_ends_with_different_keys()
    {
        for (var seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            using var pair = new DtlsPair();
            pair.Start();
            for (var i = 0; i < 4; i++)
            {
                foreach (var from in new[] { DtlsRole.Client, DtlsRole.Server })
                {
                    foreach (var datagram in pair.Take(from))
                    {
                        if (random.Next(3) == 0) datagram[random.Next(datagram.Length)] ^= (byte)random.Next(1, 256);
                        pair.Give(from == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client, [datagram]);
                    }
                }
            }

            if (pair.AreConnected) Assert.Equal(DtlsHandshakeTests.Keys(pair.Client), DtlsHandshakeTests.Keys(pair.Server));
            Assert.Equal(pair.Client.State == DtlsState.Failed, pair.Client.Failure is not null);
            Assert.Equal(pair.Server.State == DtlsState.Failed, pair.Server.Failure is not null);
        }
    }

    private static void GiveGarbage(DtlsPair pair, Random random)
    {
        for (var i = 0; i < 200; i++)
        {
            var garbage = new byte[random.Next(0, 200)];
            random.NextBytes(garbage);
            if (garbage.Length > 13)
            {
                garbage[0] = (byte)random.Next(20, 64);
                if (i % 4 == 0) garbage[1] = 0xFE;
            }

            pair.Give(DtlsRole.Client, [garbage]);
            pair.Give(DtlsRole.Server, [garbage]);
        }
    }
}

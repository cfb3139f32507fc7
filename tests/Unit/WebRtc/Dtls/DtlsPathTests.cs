using AV1Relay.WebRtc.Dtls;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Dtls;

/// <summary>Handshakes over paths that lose, repeat, reorder and cut; in virtual time, without a clock.</summary>
public sealed class DtlsPathTests
{
    [Theory]
    [InlineData(DtlsRole.Client, 0)]
    [InlineData(DtlsRole.Server, 0)]
    [InlineData(DtlsRole.Client, 1)]
    [InlineData(DtlsRole.Server, 1)] // the server's last flight, when it has connected already
    public void A_lost_flight_is_made_good_after_one_timeout(DtlsRole loser, int which)
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run((from, n) => from == loser && n == which ? 0 : 1);

        Assert.True(pair.AreConnected, $"{pair.Client.State} {pair.Server.State} {pair.Client.Failure} {pair.Server.Failure}");
        Assert.Equal(TimeSpan.FromMilliseconds(250), pair.Now);
        Assert.Equal(DtlsHandshakeTests.Keys(pair.Client), DtlsHandshakeTests.Keys(pair.Server));
    }

    [Fact]
    public void Heavy_random_loss_delays_a_handshake_and_seldom_ends_it()
    {
        var connected = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            using var pair = new DtlsPair();
            pair.Start();
            pair.Run((_, _) => random.Next(100) < 30 ? 0 : 1);
            if (!pair.AreConnected) continue;
            connected++;
            Assert.Equal(DtlsHandshakeTests.Keys(pair.Client), DtlsHandshakeTests.Keys(pair.Server));
        }

        Assert.InRange(connected, 57, 60);
    }

    [Fact]
    public void A_flight_goes_out_again_at_doubling_intervals_until_the_deadline()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run((_, _) => 0);

        var times = pair.Sent.Where(sent => sent.From == DtlsRole.Client).Select(sent => sent.At.TotalSeconds);
        Assert.Equal([0, 0.25, 0.75, 1.75, 3.75, 5.75, 7.75, 9.75], times);
        Assert.Equal(TimeSpan.FromSeconds(10), pair.Now);
        Assert.Equal(DtlsState.Failed, pair.Client.State);
        Assert.Equal(DtlsState.Failed, pair.Server.State);
        Assert.Equal("The DTLS handshake was not done within 10 s.", pair.Server.Failure);
        Assert.Null(pair.Server.NextTimeout);
    }

    [Fact]
    public void Each_retransmission_has_record_numbers_of_its_own()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run((_, _) => 0);

        var numbers = pair.Sent.Select(sent => Convert.ToHexString(sent.Bytes, 3, 8)).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
    }

    [Fact]
    public void The_last_copy_of_a_flight_still_completes_the_handshake()
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run((from, n) => from == DtlsRole.Client && n < 7 ? 0 : 1);

        Assert.True(pair.AreConnected);
        Assert.Equal(TimeSpan.FromMilliseconds(9_750), pair.Now);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Repeated_datagrams_do_no_harm_and_set_off_no_storm(int times)
    {
        using var pair = new DtlsPair();
        pair.Start();
        pair.Run((_, _) => times);

        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
        Assert.InRange(pair.Sent.Count, 4, 8);
        Assert.Equal(TimeSpan.Zero, pair.Now);
    }

    [Fact]
    public void Retransmissions_that_crossed_on_a_slow_path_set_off_no_storm()
    {
        // A round trip of 800 ms: both ends repeat each flight twice before the answer comes.
        using var pair = new DtlsPair();
        var travelling = new List<(TimeSpan At, DtlsRole To, byte[] Bytes)>();
        pair.Start();
        for (var step = 0; step < 400; step++)
        {
            foreach (var from in new[] { DtlsRole.Client, DtlsRole.Server })
            {
                foreach (var datagram in pair.Take(from))
                    travelling.Add((pair.Now + TimeSpan.FromMilliseconds(400), from == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client, datagram));
            }

            pair.Now += TimeSpan.FromMilliseconds(50);
            foreach (var arrived in travelling.Where(datagram => datagram.At <= pair.Now).ToList())
            {
                travelling.Remove(arrived);
                pair.Give(arrived.To, [arrived.Bytes]);
            }

            pair.Client.OnTimeout(pair.Now);
            pair.Server.OnTimeout(pair.Now);
        }

        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
        Assert.Empty(travelling);
        Assert.InRange(pair.Sent.Count, 6, 40);
        Assert.InRange(pair.Sent[^1].At, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(20, false)]
    [InlineData(20, true)]
    [InlineData(64, true)]
    public void A_ClientHello_in_fragments_is_put_together_in_any_order(int fragmentLength, bool isReversed)
    {
        using var pair = new DtlsPair();
        pair.Start();
        var fragments = Fragment(Assert.Single(pair.Take(DtlsRole.Client)), fragmentLength);
        if (isReversed) fragments.Reverse();

        foreach (var fragment in fragments) pair.Give(DtlsRole.Server, [fragment, fragment]);
        pair.Run();

        Assert.True(pair.AreConnected, $"{pair.Client.Failure} {pair.Server.Failure}");
    }

    [Fact]
    public void Records_of_a_flight_may_arrive_in_reverse()
    {
        using var pair = new DtlsPair();
        pair.Start();
        for (var i = 0; i < 4; i++)
        {
            pair.Give(DtlsRole.Server, Records(pair.Take(DtlsRole.Client)));
            pair.Give(DtlsRole.Client, Records(pair.Take(DtlsRole.Server)));
        }

        pair.Run(); // OpenSSL passes over a ChangeCipherSpec before its time; the flight's next copy makes up for it
        Assert.True(pair.AreConnected, $"{pair.Client.State} {pair.Server.State} {pair.Client.Failure} {pair.Server.Failure}");

        // One record a datagram, the last one first.
        static IEnumerable<byte[]> Records(List<byte[]> datagrams)
        {
            var records = new List<byte[]>();
            foreach (var datagram in datagrams)
            {
                ReadOnlySpan<byte> rest = datagram;
                while (DtlsRecord.TryTake(ref rest, out var record)) records.Add(record.Bytes.ToArray());
            }

            records.Reverse();
            return records;
        }
    }

    /// <summary>Cuts the one handshake message of a datagram into records of a few bytes each.</summary>
    private static List<byte[]> Fragment(byte[] datagram, int fragmentLength)
    {
        var message = datagram.AsSpan(13 + 12);
        var fragments = new List<byte[]>();
        for (var offset = 0; offset < message.Length; offset += fragmentLength)
        {
            var length = Math.Min(fragmentLength, message.Length - offset);
            byte[] body = [.. datagram.AsSpan(13, 12), .. message.Slice(offset, length)];
            DtlsInputFilterTests.WriteUInt24(body.AsSpan(6), offset);
            DtlsInputFilterTests.WriteUInt24(body.AsSpan(9), length);
            fragments.Add(DtlsInputFilterTests.Record(22, 0, body, number: (ulong)fragments.Count));
        }

        return fragments;
    }
}

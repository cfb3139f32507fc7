using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtcp;

public sealed class TransportFeedbackTests
{
    // base 0xFFFE, 12 packets, reference 2 (128 ms), count 7; run of 3 small; one-bit vector 1 0 1 then zeros (only 9 count);
    // deltas: 4, 8, 0, 1, 2
    private const string Sample = "8FCD0007" + "0000000100000002" + "FFFE000C" + "00000207" + "2003" + "A800" + "04080001" + "02000000" + "00000000";

    [Fact]
    public void Runs_and_vectors_become_one_status_a_packet()
    {
        Assert.True(TryParse(Convert.FromHexString(Sample), out var statuses));

        Assert.Equal(12, statuses.Count);
        Assert.Equal([0xFFFE, 0xFFFF, 0, 1, 3], statuses.Where(status => status.IsReceived).Select(status => (int)status.SequenceNumber));
        Assert.Equal(
            [129.0, 131.0, 131.0, 131.25, 131.75],
            statuses.Where(status => status.IsReceived).Select(status => status.Arrival.TotalMilliseconds));
    }

    [Fact]
    public void Large_and_negative_deltas_and_two_bit_vectors_are_read()
    {
        // vector of two-bit symbols: large, small, none, large, none, none, none; deltas -4 (1 ms back), 255, 32767
        var bytes = Convert.FromHexString("8FCD0006" + "0000000100000002" + "00010004" + "FFFFFF00" + "E480" + "FFFC" + "FF" + "7FFF" + "000000");
        bytes = [.. bytes[..3], (byte)(bytes.Length / 4 - 1), .. bytes[4..]];

        Assert.True(TryParse(bytes, out var statuses));

        Assert.Equal([true, true, false, true], statuses.Select(status => status.IsReceived));
        Assert.Equal(-65.0, statuses[0].Arrival.TotalMilliseconds);
        Assert.Equal(-65 + 63.75, statuses[1].Arrival.TotalMilliseconds);
        Assert.Equal(-65 + 63.75 + 8_191.75, statuses[3].Arrival.TotalMilliseconds);
    }

    [Theory]
    [InlineData("8FCD0004" + "0000000100000002" + "00010001" + "00000000")] // no chunk
    [InlineData("8FCD0005" + "0000000100000002" + "00010005" + "00000000" + "20050000")] // five deltas said, two there
    [InlineData("8FCD0005" + "0000000100000002" + "00010000" + "00000000" + "20010000")] // about no packet
    [InlineData("8FCD0005" + "0000000100000002" + "0001FFFF" + "00000000" + "1FFF1FFF")] // about too many
    [InlineData("8FCD0005" + "0000000100000002" + "00010002" + "00000000" + "00000000")] // runs of no length
    [InlineData("8FCD0003" + "0000000100000002" + "00010002")]
    public void What_contradicts_itself_is_refused(string hex) => Assert.False(TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void What_is_built_is_read_back()
    {
        var random = new Random(15);
        var builder = new TransportFeedbackBuilder();
        var sent = new Dictionary<ushort, TimeSpan>();
        var read = new Dictionary<ushort, TimeSpan>();
        var buffer = new byte[1_200];
        var now = TimeSpan.FromSeconds(1_000);
        var offset = (TimeSpan?)null;
        for (var i = 65_000; i < 75_000; i++)
        {
            now += TimeSpan.FromMicroseconds(random.Next(20_000));
            if (random.NextDouble() < 0.1) continue;
            if (random.NextDouble() < 0.02) i += random.Next(50);
            builder.OnPacket((ushort)i, now);
            sent[(ushort)i] = now;
            if (i % 37 == 0) ReadBack();
        }

        ReadBack();
        Assert.False(builder.HasNews);
        Assert.Equal(sent.Keys.Order(), read.Keys.Order());
        Assert.All(sent, pair => Assert.Equal(pair.Value.TotalMilliseconds, read[pair.Key].TotalMilliseconds, tolerance: 0.25));

        void ReadBack()
        {
            int length;
            while ((length = builder.Write(buffer, 1, 2)) > 0)
            {
                Assert.True(TryParse(buffer[..length], out var statuses));
                Assert.True(statuses[0].IsReceived);
                foreach (var status in statuses.Where(status => status.IsReceived))
                {
                    offset ??= sent[status.SequenceNumber] - status.Arrival;
                    read[status.SequenceNumber] = status.Arrival;
                }
            }
        }
    }

    [Fact]
    public void A_late_packet_is_reported_after_all()
    {
        var builder = new TransportFeedbackBuilder();
        var buffer = new byte[1_200];
        foreach (var number in new ushort[] { 1, 2, 4, 5 }) builder.OnPacket(number, TimeSpan.FromMilliseconds(number));
        Assert.True(TryParse(buffer[..builder.Write(buffer, 1, 2)], out var first));
        Assert.Equal([true, true, false, true, true], first.Select(status => status.IsReceived));

        builder.OnPacket(3, TimeSpan.FromMilliseconds(9));
        Assert.True(TryParse(buffer[..builder.Write(buffer, 1, 2)], out var second));

        Assert.Equal([3, 4, 5], second.Select(status => (int)status.SequenceNumber));
        Assert.All(second, status => Assert.True(status.IsReceived));
        Assert.Equal(0, builder.Write(buffer, 1, 2));
    }

    [Fact]
    public void A_long_silence_begins_a_new_report()
    {
        var builder = new TransportFeedbackBuilder();
        var buffer = new byte[1_200];
        builder.OnPacket(1, TimeSpan.FromSeconds(1));
        builder.OnPacket(2, TimeSpan.FromSeconds(60));

        Assert.True(TryParse(buffer[..builder.Write(buffer, 1, 2)], out var first));
        Assert.True(TryParse(buffer[..builder.Write(buffer, 1, 2)], out var second));

        Assert.Equal([1, 2], first.Concat(second).Select(status => (int)status.SequenceNumber));
    }

    [Fact]
    public void A_leap_forward_forgets_what_is_too_old()
    {
        var builder = new TransportFeedbackBuilder();
        var buffer = new byte[1_200];
        for (ushort i = 0; i < 10; i++) builder.OnPacket(i, TimeSpan.FromMilliseconds(i));
        builder.OnPacket(20_000, TimeSpan.FromMilliseconds(20));

        var received = new List<int>();
        int length;
        while ((length = builder.Write(buffer, 1, 2)) > 0)
        {
            Assert.True(TryParse(buffer[..length], out var statuses));
            received.AddRange(statuses.Where(status => status.IsReceived).Select(status => (int)status.SequenceNumber));
        }

        Assert.Equal([20_000], received);
    }

    [Fact]
    public void Reports_fit_every_buffer_and_lose_nothing()
    {
        for (var size = 0; size < 200; size++)
        {
            var builder = new TransportFeedbackBuilder();
            for (ushort i = 0; i < 100; i++) builder.OnPacket(i, TimeSpan.FromMilliseconds(i % 3 * 100));
            var buffer = new byte[size];
            var reported = 0;
            int length;
            while ((length = builder.Write(buffer, 1, 2)) > 0)
            {
                Assert.True(TryParse(buffer[..length], out var statuses));
                reported += statuses.Count(status => status.IsReceived);
            }

            Assert.Equal(size < 28 ? 0 : 100, reported);
        }
    }

    [Fact]
    public void Truncated_mutated_and_random_bytes_never_throw()
    {
        var sample = Convert.FromHexString(Sample);
        for (var length = 0; length < sample.Length; length++) _ = TryParse(sample[..length], out _);
        for (var i = 0; i < sample.Length; i++)
        {
            for (var value = 0; value < 256; value++)
            {
                var mutated = (byte[])sample.Clone();
                mutated[i] = (byte)value;
                _ = TryParse(mutated, out _);
            }
        }

        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[4 * random.Next(5, 30)];
            random.NextBytes(bytes);
            (bytes[0], bytes[1], bytes[2], bytes[3]) = (0x8F, 205, 0, (byte)(bytes.Length / 4 - 1));
            bytes[14 % bytes.Length] = 0;
            _ = TryParse(bytes, out _);
        }
    }

    [Fact]
    public void Remembering_and_reporting_allocate_nothing()
    {
        var builder = new TransportFeedbackBuilder();
        var buffer = new byte[1_200];
        ushort number = 0;
        var received = 0;
        Once();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++) Once();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, received);

        void Once()
        {
            for (var i = 0; i < 20; i++) builder.OnPacket(number += (ushort)(1 + i % 2), TimeSpan.FromMilliseconds(number));
            var reader = new RtcpReader(buffer.AsSpan(0, builder.Write(buffer, 1, 2)));
            if (!reader.TryNext(out var packet) || !TransportFeedback.TryParse(packet, out var feedback)) return;
            foreach (var status in feedback)
            {
                if (status.IsReceived) received++;
            }
        }
    }

    private static bool TryParse(byte[] datagram, out List<TransportFeedbackStatus> statuses)
    {
        statuses = [];
        var reader = new RtcpReader(datagram);
        if (!reader.TryNext(out var packet) || !TransportFeedback.TryParse(packet, out var feedback)) return false;
        foreach (var status in feedback) statuses.Add(status);
        Assert.Equal(feedback.PacketCount, statuses.Count);
        return true;
    }
}

using AV1Relay.WebRtc.JitterBuffer;
using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.JitterBuffer;

public sealed class AudioJitterBufferTests
{
    private readonly AudioJitterBuffer _buffer = new();

    [Fact]
    public void An_empty_buffer_is_silent()
    {
        Assert.Equal(PulledAudioKind.Empty, _buffer.Pull(At(0)).Kind);
        Assert.Equal(0, _buffer.Statistics.Concealed);
    }

    [Fact]
    public void The_first_packet_waits_for_the_start_delay_and_then_all_come_in_order()
    {
        var played = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            Push(i, At(i * 20));
            var pulled = _buffer.Pull(At(i * 20 + 1));
            Assert.Equal(i < 2 ? PulledAudioKind.Empty : PulledAudioKind.Packet, pulled.Kind);
            if (pulled.Kind == PulledAudioKind.Packet) played.Add(NumberIn(pulled.Payload));
        }

        Assert.Equal(Enumerable.Range(0, 18), played);
    }

    [Fact]
    public void Packets_out_of_order_and_over_both_wraps_are_put_in_order()
    {
        int[] order = [0, 2, 1, 4, 3, 5, 7, 6];
        var played = new List<int>();
        for (var i = 0; i < order.Length; i++)
        {
            _buffer.Push((ushort)(65_533 + order[i]), (uint)(uint.MaxValue - 1_500 + order[i] * 960), Payload(order[i]), At(i * 20));
            if (i >= 2) played.Add(NumberIn(_buffer.Pull(At(i * 20 + 1)).Payload));
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], played);
    }

    [Fact]
    public void A_lost_packet_is_concealed_with_the_help_of_the_next_one()
    {
        foreach (var i in new[] { 0, 1, 3, 4 }) Push(i, At(i * 20));

        Assert.Equal(0, NumberIn(_buffer.Pull(At(81)).Payload)); // the others wait behind it
        Assert.Equal(1, NumberIn(_buffer.Pull(At(82)).Payload));
        var bridged = _buffer.Pull(At(83));
        Assert.Equal((PulledAudioKind.Conceal, 960, 3), (bridged.Kind, bridged.Samples, NumberIn(bridged.NextPayload)));
        Assert.Equal(3, NumberIn(_buffer.Pull(At(84)).Payload));
        Assert.Equal((1, 1), (_buffer.Statistics.Concealed, _buffer.Statistics.Recoverable));
    }

    [Fact]
    public void Of_two_lost_packets_only_the_second_can_be_recovered()
    {
        foreach (var i in new[] { 0, 3, 4 }) Push(i, At(i * 20));

        _buffer.Pull(At(61));
        Assert.True(_buffer.Pull(At(62)).NextPayload.IsEmpty);
        Assert.Equal(3, NumberIn(_buffer.Pull(At(63)).NextPayload));
        Assert.Equal(3, NumberIn(_buffer.Pull(At(64)).Payload));
    }

    [Fact]
    public void A_pause_of_the_sender_is_not_loss()
    {
        Push(0, At(0));
        _buffer.Push(1, 960 * 4, Payload(1), At(80)); // discontinuous transmission: numbers go on, time leaps
        _buffer.Push(2, 960 * 5, Payload(2), At(100));

        _buffer.Pull(At(100));
        for (var i = 0; i < 3; i++)
        {
            var bridged = _buffer.Pull(At(101 + i));
            Assert.Equal(PulledAudioKind.Conceal, bridged.Kind);
            Assert.True(bridged.NextPayload.IsEmpty);
        }

        Assert.Equal(1, NumberIn(_buffer.Pull(At(104)).Payload));
        Assert.Equal(0, _buffer.Statistics.Concealed);
    }

    [Fact]
    public void Late_and_duplicate_packets_are_counted_and_not_played()
    {
        Push(0, At(0));
        Push(2, At(40));
        Push(3, At(60));
        _buffer.Pull(At(60));
        _buffer.Pull(At(61)); // 1 is concealed

        Assert.False(Push(1, At(62)));
        Assert.False(Push(1, At(62)));
        Assert.False(Push(2, At(62)));

        Assert.Equal((1, 2), (_buffer.Statistics.Late, _buffer.Statistics.Duplicates));
        Assert.Equal(2, NumberIn(_buffer.Pull(At(63)).Payload));
    }

    [Fact]
    public void A_packet_that_comes_while_the_buffer_is_empty_is_still_played()
    {
        Push(0, At(0));
        Assert.Equal(0, NumberIn(_buffer.Pull(At(45)).Payload));
        Assert.Equal(PulledAudioKind.Conceal, _buffer.Pull(At(65)).Kind);

        Push(1, At(70)); // 50 ms late

        Assert.Equal(1, NumberIn(_buffer.Pull(At(85)).Payload));
        Assert.Equal(0, _buffer.Statistics.Late);
    }

    [Fact]
    public void Packets_lost_while_the_buffer_was_empty_are_not_concealed_twice()
    {
        Push(0, At(0));
        _buffer.Pull(At(45));
        _buffer.Pull(At(65)); // for packet 1
        _buffer.Pull(At(85)); // for packet 2

        Push(3, At(90));

        Assert.Equal(3, NumberIn(_buffer.Pull(At(105)).Payload));
    }

    [Fact]
    public void After_a_hundred_milliseconds_of_nothing_concealment_ends_in_silence()
    {
        Push(0, At(0));
        _buffer.Pull(At(45));
        var kinds = Enumerable.Range(1, 7).Select(i => _buffer.Pull(At(45 + i * 20)).Kind).ToArray();

        Assert.Equal([.. Enumerable.Repeat(PulledAudioKind.Conceal, 5), PulledAudioKind.Empty, PulledAudioKind.Empty], kinds);
    }

    [Theory]
    [InlineData(480, 0x00)]
    [InlineData(1_920, 0x10)]
    [InlineData(2_880, 0x18)]
    public void Packets_of_other_lengths_play_without_a_gap(int samples, byte tableOfContents)
    {
        var milliseconds = samples / 48;
        var nextPull = 0;
        var played = 0;
        for (var now = 0; now < 6_000; now += 5)
        {
            if (now % milliseconds == 0) _buffer.Push((ushort)(now / milliseconds), (uint)(now * 48), [tableOfContents, 1, 2], At(now));
            if (now < nextPull) continue;
            var pulled = _buffer.Pull(At(now));
            nextPull += pulled.Samples / 48;
            if (pulled.Kind == PulledAudioKind.Packet) played++;
        }

        Assert.InRange(played, 6_000 / milliseconds - 120 / milliseconds - 8, 6_000 / milliseconds);
        Assert.Equal(0, _buffer.Statistics.Concealed);
    }

    [Fact]
    public void Another_source_begins_a_new_stream()
    {
        var datagram = new byte[100];
        Assert.True(PushRtp(ssrc: 1, 100, 5_000_000, At(0)));
        Assert.True(PushRtp(ssrc: 2, 60_000, 17, At(20)));

        Assert.Equal(1, _buffer.Statistics.Restarts);
        Assert.Equal(PulledAudioKind.Packet, _buffer.Pull(At(65)).Kind);
        Assert.Equal(PulledAudioKind.Conceal, _buffer.Pull(At(85)).Kind);

        bool PushRtp(uint ssrc, ushort sequenceNumber, uint timestamp, TimeSpan now)
        {
            var length = new RtpPacketWriter(datagram, new RtpHeader(111, false, sequenceNumber, timestamp, ssrc)).Finish(Payload(1));
            Assert.Equal(RtpParseError.None, RtpPacket.TryParse(datagram.AsSpan(0, length), out var packet));
            return _buffer.Push(packet, now);
        }
    }

    [Theory]
    [InlineData(30_000, 3_000_000_000u)] // both leap forward
    [InlineData(40_000, 4_000_000_000u)] // the numbers go back
    [InlineData(21, 2_000_000u)] // only the timestamps leap
    public void A_sender_that_starts_again_under_its_old_source_is_heard_again(int sequenceNumber, uint timestamp)
    {
        for (var i = 0; i <= 20; i++)
        {
            Push(i, At(i * 20));
            _buffer.Pull(At(i * 20 + 1));
        }

        var played = 0;
        for (var i = 0; i < 100; i++)
        {
            var now = At(1_000 + i * 20);
            _buffer.Push((ushort)(sequenceNumber + i), timestamp + (uint)i * 960, Payload(i), now);
            if (_buffer.Pull(now).Kind == PulledAudioKind.Packet) played++;
        }

        Assert.InRange(played, 70, 100);
        Assert.InRange(_buffer.CurrentDelay, TimeSpan.Zero, TimeSpan.FromMilliseconds(80));
    }

    [Fact]
    public void Malformed_packets_are_refused()
    {
        Assert.False(_buffer.Push(1, 1, [], At(0)));
        Assert.False(_buffer.Push(1, 1, [0xFB], At(0)));
        Assert.False(_buffer.Push(1, 1, new byte[1_501], At(0)));
        Assert.Equal(3, _buffer.Statistics.Malformed);
    }

    [Fact]
    public void Random_packets_never_throw_and_the_buffer_stays_bounded()
    {
        var random = new Random(7587);
        var payload = new byte[1_600];
        for (var i = 0; i < 100_000; i++)
        {
            var isWild = random.Next(50) == 0;
            random.NextBytes(payload.AsSpan(0, 2));
            _buffer.Push(
                (ushort)(isWild ? random.Next() : i + random.Next(-40, 40)),
                (uint)(isWild ? random.Next() : (i + random.Next(-40, 40)) * 960),
                payload.AsSpan(0, random.Next(10) == 0 ? random.Next(payload.Length) : 50),
                At(i * 5));
            if (i % 3 == 0) Assert.InRange(_buffer.Pull(At(i * 5)).Samples, 120, 5_760);
            Assert.InRange(_buffer.TargetDelay.TotalMilliseconds, 20, 400);
        }
    }

    [Fact]
    public void Pushing_and_pulling_allocate_nothing()
    {
        byte[] payload = Payload(1);
        var i = 0;
        for (; i < 600; i++) Once();

        // The runtime itself may allocate once while it recompiles a method; what the buffer allocated would show in every round.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => AllocatedInARound()).ToList());

        long AllocatedInARound()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var end = i + 1_000; i < end; i++) Once();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Once()
        {
            if (i % 10 != 0) _buffer.Push((ushort)i, (uint)i * 960, payload, At(i * 20));
            _buffer.Pull(At(i * 20 + 3));
            _ = _buffer.Statistics;
        }
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private bool Push(int number, TimeSpan now) => _buffer.Push((ushort)number, (uint)number * 960, Payload(number), now);

    /// <summary>A 20 ms packet with a number in it.</summary>
    private static byte[] Payload(int number) => [0xF8, (byte)number, .. new byte[60]];

    private static int NumberIn(ReadOnlySpan<byte> payload) => payload.IsEmpty ? -1 : payload[1];
}

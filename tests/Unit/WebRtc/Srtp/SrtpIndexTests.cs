using AV1Relay.WebRtc.Srtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Srtp;

/// <summary>Rollover counters, replay and the ends of keys: where SRTP stacks have gone wrong.</summary>
public sealed class SrtpIndexTests
{
    public static TheoryData<SrtpProfile> Profiles => SrtpPair.Profiles;

    [Theory] // highest index so far, sequence number that comes, index it must get (−1: none)
    [InlineData(0x0_0000, 0x0001, 0x0_0001)]
    [InlineData(0x0_0000, 0x7FFF, 0x0_7FFF)]
    [InlineData(0x0_0000, 0x8000, 0x0_8000)]
    [InlineData(0x0_0000, 0x8001, -1)] // nearer below zero: before the first packet
    [InlineData(0x0_0005, 0xFFFF, -1)]
    [InlineData(0x0_7FFF, 0xFFFF, 0x0_FFFF)]
    [InlineData(0x0_8000, 0x0000, 0x0_0000)]
    [InlineData(0x0_8001, 0x0000, 0x1_0000)] // more than half behind: wrapped
    [InlineData(0x0_FFFF, 0x0000, 0x1_0000)]
    [InlineData(0x0_FFFF, 0x7FFE, 0x1_7FFE)]
    [InlineData(0x0_FFFF, 0x7FFF, 0x0_7FFF)]
    [InlineData(0x0_FFFF, 0xFFFE, 0x0_FFFE)]
    [InlineData(0x1_0000, 0xFFFF, 0x0_FFFF)] // a straggler from before the wrap
    [InlineData(0x1_0003, 0xFFF0, 0x0_FFF0)]
    [InlineData(0x1_FFFE, 0x0001, 0x2_0001)]
    [InlineData(0xFFFF_FFFF_FFFE, 0xFFFF, 0xFFFF_FFFF_FFFF)]
    [InlineData(0xFFFF_FFFF_FFFE, 0x0001, -1)] // the key is used up
    public void An_index_is_the_nearest_one_to_the_highest_so_far(long highest, int sequenceNumber, long expected)
    {
        var isKnown = PacketIndex.TryEstimate((ulong)highest, (ushort)sequenceNumber, out var index);
        Assert.Equal(expected, isKnown ? (long)index : -1);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Sequence_numbers_may_wrap_many_times_under_loss_and_reordering(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var random = new Random(2);
        var held = new List<byte[]>();
        ushort sequenceNumber = 3;
        for (var i = 0; i < 1_500; i++)
        {
            sequenceNumber += (ushort)random.Next(1, 400); // gaps: what was lost on the way
            held.Add(pair.ProtectRtp(SrtpPair.Rtp(sequenceNumber))!);
            if (held.Count < 3) continue;
            var next = random.Next(held.Count);
            Assert.Equal(SrtpError.None, pair.UnprotectRtp(held[next]));
            Assert.Equal(SrtpError.Replayed, pair.UnprotectRtp(held[next]));
            held.RemoveAt(next);
            if (next > 0) held.RemoveAt(0); // lost, before it becomes older than the window
        }
    }

    [Theory] // RFC 3711 §3.3.1: nothing but authentication tells how far the sender has come
    [MemberData(nameof(Profiles))]
    public void A_burst_of_loss_just_below_half_the_range_is_survived(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        foreach (var sequenceNumber in new ushort[] { 1, 0x7FFF, 0xFFFE, 0x7FFD, 0xFFFC, 0x7FFB })
            Assert.Equal(SrtpError.None, pair.UnprotectRtp(pair.ProtectRtp(SrtpPair.Rtp(sequenceNumber))!));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_passes_once_and_one_behind_the_window_never(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var packets = Enumerable.Range(0, 1_030).Select(i => pair.ProtectRtp(SrtpPair.Rtp((ushort)i))!).ToArray();

        Assert.Equal(SrtpError.None, pair.UnprotectRtp(packets[1_029]));
        Assert.Equal(SrtpError.Replayed, pair.UnprotectRtp(packets[1_029]));
        Assert.Equal(SrtpError.Replayed, pair.UnprotectRtp(packets[5]));
        Assert.Equal(SrtpError.None, pair.UnprotectRtp(packets[6]));
        Assert.Equal(SrtpError.Replayed, pair.UnprotectRtp(packets[6]));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_control_packet_passes_once(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        var first = pair.ProtectRtcp(SrtpPair.Rtcp())!;
        var second = pair.ProtectRtcp(SrtpPair.Rtcp())!;

        Assert.Equal(SrtpError.None, pair.UnprotectRtcp(second));
        Assert.Equal(SrtpError.None, pair.UnprotectRtcp(first));
        Assert.Equal(SrtpError.Replayed, pair.UnprotectRtcp(first));
        Assert.Equal(SrtpError.Replayed, pair.UnprotectRtcp(second));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_forged_packet_neither_moves_the_window_nor_takes_a_sources_place(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile, maxSources: 1);
        for (uint ssrc = 100; ssrc < 120; ssrc++)
            Assert.Equal(SrtpError.AuthenticationFailed, pair.UnprotectRtp([.. SrtpPair.Rtp(1, ssrc), .. new byte[16]]));
        Assert.Equal(SrtpError.None, pair.UnprotectRtp(pair.ProtectRtp(SrtpPair.Rtp(1))!));

        Assert.Equal(SrtpError.AuthenticationFailed, pair.UnprotectRtp([.. SrtpPair.Rtp(0x7000), .. new byte[16]]));
        Assert.Equal(SrtpError.None, pair.UnprotectRtp(pair.ProtectRtp(SrtpPair.Rtp(2))!));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void One_source_too_many_is_refused_at_both_ends(SrtpProfile profile)
    {
        using var two = new SrtpPair(profile, maxSources: 2);
        using var many = new SrtpPair(profile);
        foreach (var ssrc in new uint[] { 1, 2 }) Assert.Equal(SrtpError.None, two.UnprotectRtp(two.ProtectRtp(SrtpPair.Rtp(1, ssrc))!));

        Assert.Null(two.ProtectRtp(SrtpPair.Rtp(1, ssrc: 3)));
        Assert.Equal(SrtpError.TooManySources, two.UnprotectRtp(many.ProtectRtp(SrtpPair.Rtp(1, ssrc: 3))!));
        Assert.Equal(SrtpError.None, two.UnprotectRtp(two.ProtectRtp(SrtpPair.Rtp(2, ssrc: 1))!));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_sender_refuses_to_use_a_nonce_twice(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        Assert.NotNull(pair.ProtectRtp(SrtpPair.Rtp(5)));
        Assert.Null(pair.ProtectRtp(SrtpPair.Rtp(5)));
        Assert.NotNull(pair.ProtectRtp(SrtpPair.Rtp(5, ssrc: 8)));
        Assert.NotNull(pair.ProtectRtp(SrtpPair.Rtp(6)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_sender_takes_late_packets_once_and_none_that_is_too_old_to_tell(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        Assert.NotNull(pair.ProtectRtp(SrtpPair.Rtp(2_000)));
        var late = pair.ProtectRtp(SrtpPair.Rtp(1_999));

        Assert.NotNull(late);
        Assert.Equal(SrtpError.None, pair.UnprotectRtp(late));
        Assert.Null(pair.ProtectRtp(SrtpPair.Rtp(1_999)));
        Assert.NotNull(pair.ProtectRtp(SrtpPair.Rtp(2_000 - ReplayWindow.Length + 1)));
        Assert.Null(pair.ProtectRtp(SrtpPair.Rtp(2_000 - ReplayWindow.Length)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_used_up_key_sends_nothing_more(SrtpProfile profile)
    {
        using var pair = new SrtpPair(profile);
        pair.Sender.SkipTo(ssrc: 7, PacketIndex.Max - 1, rtcpIndex: 0x7FFF_FFFF);

        Assert.NotNull(pair.ProtectRtp(SrtpPair.Rtp(0xFFFF)));
        Assert.Null(pair.ProtectRtp(SrtpPair.Rtp(0)));
        Assert.NotNull(pair.ProtectRtcp(SrtpPair.Rtcp()));
        Assert.Null(pair.ProtectRtcp(SrtpPair.Rtcp()));
    }

    [Fact]
    public void A_replay_window_agrees_with_a_simple_set_of_what_was_seen()
    {
        var random = new Random(3);
        var window = default(ReplayWindow);
        var seen = new HashSet<ulong>();
        ulong highest = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var jump = random.Next(100) switch { 0 => 1_500, 1 => 1_024, 2 => 1_023, _ => 3 };
            var index = (ulong)Math.Max(0, (long)highest + jump - random.Next(1_100));
            var isOld = seen.Count > 0 && index <= highest && highest - index >= ReplayWindow.Length;
            Assert.Equal(isOld || seen.Contains(index), window.Contains(index));
            if (window.Contains(index)) continue;
            window.Accept(index);
            seen.Add(index);
            highest = Math.Max(highest, index);
            Assert.Equal(highest, window.Highest);
        }
    }
}

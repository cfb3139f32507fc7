using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class NackGeneratorTests
{
    [Fact]
    public void A_gap_over_the_wrap_is_asked_for_at_once_and_again_after_its_interval()
    {
        var nacks = new NackGenerator();
        nacks.SetRoundTripTime(At(40));
        nacks.OnPacket(65_534, At(0));
        nacks.OnPacket(1, At(10));

        Assert.Equal(At(10), nacks.NextTimeout);
        Assert.Equal([65_535, 0], Due(nacks, 10));
        Assert.Equal(At(70), nacks.NextTimeout);
        Assert.Empty(Due(nacks, 69));
        Assert.Equal([65_535, 0], Due(nacks, 70));
    }

    [Fact]
    public void A_packet_that_comes_is_asked_for_no_more()
    {
        var nacks = new NackGenerator();
        nacks.OnPacket(10, At(0));
        nacks.OnPacket(14, At(0));

        nacks.OnPacket(12, At(1));
        nacks.OnPacket(12, At(1)); // twice
        nacks.OnPacket(5, At(1)); // from before the start

        Assert.Equal([11, 13], Due(nacks, 1));
        Assert.Equal((1, 2), (nacks.Recovered, nacks.MissingCount));
    }

    [Fact]
    public void Mere_reordering_asks_for_nothing_when_it_is_tolerated()
    {
        var nacks = new NackGenerator(reorderTolerance: At(8));
        nacks.OnPacket(1, At(0));
        nacks.OnPacket(3, At(1));
        Assert.Empty(Due(nacks, 5));

        nacks.OnPacket(2, At(6));

        Assert.Null(nacks.NextTimeout);
        Assert.Empty(Due(nacks, 20));
    }

    [Fact]
    public void After_its_last_request_a_packet_is_given_up_and_a_key_frame_is_needed()
    {
        var nacks = new NackGenerator();
        nacks.SetRoundTripTime(TimeSpan.Zero); // shortest interval
        nacks.OnPacket(1, At(0));
        nacks.OnPacket(3, At(0));
        var requests = 0;
        for (var now = 0; now < 1_000; now++) requests += Due(nacks, now).Count;

        Assert.Equal(NackGenerator.MaxRequests, requests);
        Assert.Equal((0, 1), (nacks.MissingCount, nacks.GivenUp));
        Assert.True(nacks.TakeKeyFrameNeeded());
        Assert.False(nacks.TakeKeyFrameNeeded()); // told once
    }

    [Fact]
    public void Too_great_a_gap_needs_a_key_frame_and_is_not_followed()
    {
        var nacks = new NackGenerator(maxMissing: 100);
        nacks.OnPacket(1, At(0));
        nacks.OnPacket(3, At(0));
        nacks.OnPacket(103, At(0)); // 1 + 99 missing: just fits
        Assert.Equal(100, nacks.MissingCount);

        nacks.OnPacket(105, At(0));

        Assert.Equal((0, 101), (nacks.MissingCount, nacks.GivenUp));
        Assert.True(nacks.TakeKeyFrameNeeded());
        nacks.OnPacket(107, At(1)); // goes on from there
        Assert.Equal([106], Due(nacks, 1));
    }

    [Fact]
    public void A_key_frame_makes_everything_before_it_unimportant()
    {
        var nacks = new NackGenerator();
        nacks.OnPacket(1, At(0));
        nacks.OnPacket(5, At(0));
        nacks.OnPacket(8, At(0));

        nacks.OnKeyFrame(5);

        Assert.Equal([6, 7], Due(nacks, 0));
    }

    [Fact]
    public void Parameter_sets_missing_right_before_a_key_frame_are_still_asked_for()
    {
        var nacks = new NackGenerator();
        nacks.OnPacket(1, At(0));
        nacks.OnPacket(3, At(0));
        nacks.OnPacket(7, At(0));

        nacks.OnKeyFrame(7, mayFollowParameterSets: true);

        Assert.Equal([5, 6], Due(nacks, 0));
        Assert.Equal(2, nacks.GivenUp);
    }

    [Fact]
    public void What_does_not_fit_stays_due()
    {
        var nacks = new NackGenerator();
        nacks.OnPacket(1, At(0));
        nacks.OnPacket(12, At(0));

        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], Due(nacks, 0, room: 8));
        Assert.Equal([10, 11], Due(nacks, 0, room: 8));
    }

    [Fact]
    public void Through_loss_everything_missing_is_asked_for_and_the_list_stays_bounded()
    {
        var random = new Random(4588);
        var nacks = new NackGenerator(maxMissing: 64);
        nacks.SetRoundTripTime(At(50));
        var lost = new HashSet<ushort>();
        var retransmissions = new Queue<(int At, ushort Number)>();
        for (var i = 0; i < 100_000; i++)
        {
            while (retransmissions.TryPeek(out var next) && next.At <= i)
            {
                nacks.OnPacket(next.Number, At(i));
                retransmissions.Dequeue();
            }

            if (random.NextDouble() < 0.05) lost.Add((ushort)i);
            else nacks.OnPacket((ushort)i, At(i));
            foreach (var number in Due(nacks, i))
            {
                Assert.Contains(number, lost);
                if (random.NextDouble() > 0.05) retransmissions.Enqueue((i + 50, number));
            }

            lost.Remove((ushort)(i + 0x8000)); // so that numbers of the round before do not count
            Assert.InRange(nacks.MissingCount, 0, 64);
        }

        Assert.Equal(0, nacks.GivenUp);
        Assert.InRange(nacks.Recovered, 4_500, 5_500);
    }

    [Fact]
    public void Counting_and_asking_allocate_nothing()
    {
        var nacks = new NackGenerator();
        var lost = new ushort[64];
        ushort number = 0;
        Once();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Once();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            nacks.OnPacket(number, At(number));
            nacks.OnPacket(number += 2, At(number));
            nacks.TakeDue(lost, At(number));
            nacks.OnPacket((ushort)(number - 1), At(number));
            _ = nacks.NextTimeout;
        }
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static List<ushort> Due(NackGenerator nacks, int milliseconds, int room = 64)
    {
        var lost = new ushort[room];
        return [.. lost[..nacks.TakeDue(lost, At(milliseconds))]];
    }
}

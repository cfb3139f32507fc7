using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.CongestionControl;

/// <summary>The estimator in its closed loop, over paths of different weather. Seeded: what holds, holds on each run.</summary>
public sealed class BandwidthEstimatorTests
{
    private static readonly BandwidthLimits Limits = new(50_000, 300_000, 4_000_000);
    private static readonly PathWeather Usual = new(1_000_000);

    public static TheoryData<int, int> Paths()
    {
        var paths = new TheoryData<int, int>();
        foreach (var capacity in new[] { 250_000, 500_000, 1_000_000, 2_500_000 })
        {
            foreach (var seed in new[] { 1, 2, 3 }) paths.Add(seed, capacity);
        }

        return paths;
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void It_takes_most_of_what_the_path_carries_and_leaves_the_queue_short(int seed, int capacityBps)
    {
        var call = new VirtualCall(seed, Limits, new PathWeather(capacityBps));
        Assert.InRange(call.SecondsUntil(0.8 * capacityBps, limit: 10), 0, 5);
        call.Run(8);

        var figures = call.Run(30);

        Assert.InRange(figures.Share, 0.80, 0.95);
        Assert.InRange(figures.QueueP50Ms, 0, 50);
        Assert.InRange(figures.QueueP95Ms, 0, 150);
        Assert.Equal(0, figures.Lost);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 15)]
    [InlineData(3, 20)]
    public void Jitter_is_not_taken_for_a_queue(int seed, double jitterMs)
    {
        var call = new VirtualCall(seed, Limits, Usual with { Jitter = TimeSpan.FromMilliseconds(jitterMs) });
        call.Run(10);

        Assert.InRange(call.Run(30).Share, 0.70, 0.97);
    }

    [Theory]
    [InlineData(1, 500_000)]
    [InlineData(2, 1_000_000)]
    [InlineData(3, 2_500_000)]
    public void Losses_of_two_per_cent_at_random_are_no_congestion(int seed, int capacityBps)
    {
        var call = new VirtualCall(seed, Limits, new PathWeather(capacityBps) { Loss = 0.02 });
        call.Run(12);

        var figures = call.Run(30);

        Assert.InRange(figures.Share, 0.80, 0.97);
        Assert.InRange(call.Estimator.Loss, 0, 0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_queue_too_short_for_delay_is_felt_by_its_losses(int seed)
    {
        var call = new VirtualCall(seed, Limits, Usual with { QueueBytes = 3_600, Delay = TimeSpan.FromMilliseconds(10) });
        call.Run(10);

        var figures = call.Run(30);

        Assert.InRange(figures.Lost, 0, 0.12);
        Assert.InRange(figures.Share, 0.6, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_path_that_narrows_to_a_quarter_has_a_short_queue_again_within_two_seconds_and_is_used_when_it_widens(int seed)
    {
        var call = new VirtualCall(seed, Limits, new PathWeather(2_000_000));
        call.Run(20);

        call.Run(2, new PathWeather(500_000));
        var narrow = call.Run(10);
        call.Run(0.05, new PathWeather(2_000_000));
        var back = call.SecondsUntil(1_600_000, limit: 30);

        Assert.InRange(narrow.Share, 0.75, 1);
        Assert.InRange(narrow.QueueP95Ms, 0, 200);
        Assert.InRange(back, 0, 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_competitors_burst_is_made_room_for_and_forgotten(int seed)
    {
        var wide = new PathWeather(2_000_000);
        var call = new VirtualCall(seed, Limits, wide);
        call.Run(20);

        var burst = call.Run(5, wide with { CompetingBps = 1_200_000 });
        call.Run(0.05, wide);
        var back = call.SecondsUntil(1_600_000, limit: 30);

        Assert.InRange(burst.QueueP95Ms, 0, 450); // until it was noticed
        Assert.InRange(back, 0, 12);
    }

    [Fact]
    public void Numbers_and_the_receivers_clock_run_over_their_ends_unnoticed()
    {
        var call = new VirtualCall(1, Limits, Usual, firstNumber: 65_000, receiversClock: (1 << 23) * TimeSpan.FromMilliseconds(64) - TimeSpan.FromSeconds(25));

        call.Run(10); // the numbers' wrap
        var figures = call.Run(30); // the clock's

        Assert.InRange(figures.Share, 0.80, 0.95);
        Assert.InRange(figures.QueueP95Ms, 0, 150);
    }

    [Fact]
    public void Without_any_feedback_the_target_stays_where_it_begins()
    {
        var estimator = new BandwidthEstimator(Limits);

        estimator.NextSequenceNumber();
        estimator.OnSent(1_000, TimeSpan.FromSeconds(1));
        estimator.OnTimeout(TimeSpan.FromMinutes(1));

        Assert.False(estimator.HasFeedback);
        Assert.Equal(Limits.StartBps, estimator.TargetBps);
    }

    [Fact]
    public void Feedback_that_no_longer_comes_ends_at_the_minimum_and_is_forgiven()
    {
        var call = new VirtualCall(1, Limits, Usual);
        call.Run(15);

        call.IsDeaf = true;
        call.Run(20);
        var deaf = call.Estimator.TargetBps;
        call.IsDeaf = false;

        Assert.Equal(Limits.MinimumBps, deaf);
        Assert.InRange(call.SecondsUntil(800_000, limit: 30), 0, 20);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Minutes_of_heavy_loss_are_forgotten_soon_after_their_end(double loss)
    {
        var call = new VirtualCall(1, Limits, Usual);
        call.Run(15);

        call.Run(300, Usual with { Loss = loss });
        call.Run(0.05, Usual);

        Assert.InRange(call.SecondsUntil(800_000, limit: 60), 0, 20);
    }

    /// <summary>As encoders do that may not make a large picture even once.</summary>
    [Fact]
    public void An_encoder_that_makes_two_thirds_of_what_it_may_does_not_keep_the_picture_small_after_a_bad_minute()
    {
        var call = new VirtualCall(1, Limits, Usual) { EncodedShare = 0.65 };
        call.Run(10);

        call.Run(60, Usual with { CapacityBps = 60_000 });
        call.Run(0.05, Usual);

        Assert.InRange(call.SecondsUntil(300_000, limit: 60), 0, 12);
    }

    [Fact]
    public void What_nothing_was_sent_for_is_not_believed()
    {
        var call = new VirtualCall(1, Limits, new PathWeather(20_000_000)) { MostEncodedBps = 150_000 };

        call.Run(30);

        Assert.InRange(call.Estimator.TargetBps, 150_000, 320_000); // where it began, or half as much again as arrived
    }

    [Fact]
    public void Packets_that_were_never_sent_count_for_nothing()
    {
        var estimator = new BandwidthEstimator(Limits, firstSequenceNumber: 100);
        var reports = new TransportFeedbackBuilder();
        for (ushort number = 5_000; number < 5_500; number++) reports.OnPacket(number, TimeSpan.FromMilliseconds(number));

        Give(estimator, reports, TimeSpan.FromSeconds(1));

        Assert.False(estimator.HasFeedback);
        Assert.Equal(Limits.StartBps, estimator.TargetBps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_receiver_that_lies_cannot_move_the_target_out_of_its_limits(int seed)
    {
        var random = new Random(seed);
        var call = new VirtualCall(seed, Limits, Usual)
        {
            Tamper = report =>
            {
                var at = random.Next(4, report.Length);
                report[at] ^= (byte)(1 << random.Next(8));
                return report;
            },
        };

        for (var i = 0; i < 60; i++)
        {
            call.Run(1);
            Assert.InRange(call.Estimator.TargetBps, Limits.MinimumBps, Limits.MaximumBps);
            Assert.InRange(call.Estimator.Loss, 0, 1);
        }

        call.Tamper = report => report;
        call.Run(30);
        Assert.InRange(call.Run(20).Share, 0.6, 0.97); // and is forgotten
    }

    [Fact]
    public void Neither_packets_nor_feedback_make_garbage()
    {
        var estimator = new BandwidthEstimator(Limits);
        var reports = new ArrivalReports();
        var buffer = new byte[1_200];
        var now = TimeSpan.FromSeconds(1);
        Round(200);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Round(2_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round(int packets)
        {
            for (var i = 0; i < packets; i++)
            {
                now += TimeSpan.FromMilliseconds(7);
                reports.OnPacket(estimator.NextSequenceNumber(), now);
                estimator.OnSent(1_000, now);
                if (reports.WriteDue(buffer, 1, 2, now) is not (> 0 and var length)) continue;
                var reader = new RtcpReader(buffer.AsSpan(0, length));
                while (reader.TryNext(out var packet))
                {
                    if (TransportFeedback.TryParse(packet, out var feedback)) estimator.OnFeedback(feedback, now);
                }
            }
        }
    }

    [Fact]
    public void A_packet_that_nobody_reports_between_two_reports_is_lost()
    {
        var estimator = new BandwidthEstimator(Limits);
        var reports = new TransportFeedbackBuilder();
        var now = TimeSpan.FromSeconds(1);
        for (var i = 0; i < 120; i++)
        {
            now += TimeSpan.FromMilliseconds(10);
            var number = estimator.NextSequenceNumber();
            estimator.OnSent(500, now);
            if (i % 10 != 0) reports.OnPacket(number, now); // each report's first packet
            if (i % 10 == 9) Give(estimator, reports, now);
        }

        Assert.InRange(estimator.Loss, 0.08, 0.12);
    }

    [Fact]
    public void What_was_given_up_and_comes_after_all_is_not_lost()
    {
        var estimator = new BandwidthEstimator(Limits);
        var reports = new TransportFeedbackBuilder();
        var now = TimeSpan.FromSeconds(1);
        ushort late = 0;
        for (var i = 0; i < 120; i++)
        {
            now += TimeSpan.FromMilliseconds(10);
            var number = estimator.NextSequenceNumber();
            estimator.OnSent(500, now);
            if (i % 10 == 5) late = number;
            else reports.OnPacket(number, now);
            if (i % 10 != 9) continue;
            Give(estimator, reports, now);
            reports.OnPacket(late, now + TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(estimator.Loss, 0, 0.03);
    }

    private static void Give(BandwidthEstimator estimator, TransportFeedbackBuilder reports, TimeSpan now)
    {
        var buffer = new byte[1_200];
        var reader = new RtcpReader(buffer.AsSpan(0, reports.Write(buffer, 1, 2)));
        while (reader.TryNext(out var packet))
        {
            if (TransportFeedback.TryParse(packet, out var feedback)) estimator.OnFeedback(feedback, now);
        }
    }
}

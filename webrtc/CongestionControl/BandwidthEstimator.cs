using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>The sender's side of congestion control: from when packets left and when they arrived to how much the path carries
/// (draft-ietf-rmcat-gcc-02, with transport-wide feedback).</summary>
/// <remarks>
/// Sans-I/O, one owner. For each packet: <see cref="NextSequenceNumber"/>, then <see cref="OnSent"/> with its length; for each feedback
/// <see cref="OnFeedback"/>; now and then <see cref="OnTimeout"/>. Nothing of it allocates. Feedback is untrusted: what it claims about packets that were never sent
/// counts for nothing, each packet counts once, and the target stays within the limits. Arrivals that nobody can check can make it the highest: whoever
/// lies has the queue.
/// </remarks>
public sealed class BandwidthEstimator
{
    private static readonly TimeSpan DeliveredLong = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DeliveredShort = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SilentTooLong = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QueueLeft = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(1);
    private const double DeepestDrain = 0.5;
    private const double SilenceCosts = 0.8;

    private readonly BandwidthLimits _limits;
    private readonly Departures _sent;
    private readonly PacketGroups _groups = new();
    private readonly TrendlineFilter _trendline = new();
    private readonly OveruseDetector _detector = new();
    private readonly DeliveredRate _delivered = new();
    private readonly AimdRateControl _aimd;
    private readonly LossBound _loss;
    private QueueDelay _queue;
    private long _reportedUpTo;
    private byte _lastFeedbackCount;
    private TimeSpan _feedbackAt;
    private TimeSpan _sentAt;
    private TimeSpan _roundTrip = TimeSpan.FromMilliseconds(100); // until it is known

    /// <param name="limits">Of the target.</param>
    /// <param name="firstSequenceNumber">Transport-wide number of the first packet.</param>
    public BandwidthEstimator(BandwidthLimits limits, ushort firstSequenceNumber = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limits.MinimumBps);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.StartBps, limits.MinimumBps);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaximumBps, limits.StartBps);
        _limits = limits;
        _sent = new Departures(firstSequenceNumber);
        _reportedUpTo = _sent.Newest;
        _aimd = new AimdRateControl(limits);
        _loss = new LossBound(limits.MinimumBps);
        TargetBps = limits.StartBps;
    }

    /// <summary>What may be sent, bits a second, of the bytes that <see cref="OnSent"/> is told of.</summary>
    public int TargetBps { get; private set; }

    /// <summary>Whether the target comes from the path: false until the first feedback.</summary>
    public bool HasFeedback { get; private set; }

    /// <summary>From a packet's departure to the feedback about it, smoothed; 100 ms before it is known.</summary>
    public TimeSpan RoundTrip => _roundTrip;

    /// <summary>How long packets wait on the path, as the last feedback tells.</summary>
    public TimeSpan Queue => _queue.Value;

    /// <summary>Share of packets lost, 0–1, over half a second and fifty packets or more.</summary>
    public double Loss => _loss.Loss;

    /// <summary>The number that the next packet is to carry.</summary>
    public ushort NextSequenceNumber() => _sent.Next();

    /// <summary>The packet that was numbered last has left. One that never does is told to nobody.</summary>
    /// <param name="bytes">Its length, as the caller counts it.</param>
    /// <param name="now">Monotonic, 0 or more.</param>
    public void OnSent(int bytes, TimeSpan now)
    {
        _sent.OnSent(bytes, now);
        _sentAt = now;
    }

    /// <summary>Takes one feedback of the receiver.</summary>
    public void OnFeedback(in TransportFeedback feedback, TimeSpan now)
    {
        var (received, lost) = (0, CountSkipped(feedback));
        var (quickest, quickestSentAt) = (TimeSpan.MaxValue, TimeSpan.Zero);
        var latest = TimeSpan.MinValue;
        foreach (var status in feedback)
        {
            var number = _sent.Unwrap(status.SequenceNumber);
            if (!_sent.TryFind(number, out var sentAt, out var bytes, out var isReported)) continue;
            var isNews = number > _reportedUpTo;
            if (isNews) _reportedUpTo = number;
            if (!status.IsReceived)
            {
                if (isNews) lost++;
                continue;
            }

            if (isReported) continue;
            _sent.MarkReported(number);
            received++;
            if (!isNews) lost--; // it had been given up
            var arrival = status.Arrival; // its clock runs over every twelve days, as a leap that everything here takes
            if (arrival - sentAt < quickest) (quickest, quickestSentAt) = (arrival - sentAt, sentAt);
            if (sentAt > latest) latest = sentAt;
            _delivered.OnArrival(arrival, bytes);
            if (!_groups.OnPacket(sentAt, arrival, out var change)) continue;
            _trendline.OnGroup(change);
            _detector.OnTrend(_trendline.Trend, change);
        }

        if (received == 0) return;
        HasFeedback = true;
        _feedbackAt = now;
        _roundTrip += (now - latest - _roundTrip) / 8;
        _queue.OnReport(quickest, quickestSentAt, now);
        _loss.OnReport(received, lost, now);
        _aimd.Update(_queue.IsSurging ? PathUse.Over : _detector.Use, _delivered.Over(DeliveredLong), _delivered.Over(DeliveredShort), _roundTrip, now);
        _loss.Update(_aimd.RateBps, now);
        SetTarget();
    }

    /// <summary>To be called twice a second or more: whoever hears nothing any more of what it sends sends less.</summary>
    public void OnTimeout(TimeSpan now)
    {
        if (!HasFeedback || _sentAt < _feedbackAt || now - _feedbackAt < SilentTooLong) return;
        _feedbackAt = now;
        _aimd.Scale(SilenceCosts);
        SetTarget();
    }

    /// <summary>Packets between the last feedback and this one that neither tells of: the receiver begins with one that came.</summary>
    private int CountSkipped(in TransportFeedback feedback)
    {
        var isNextFeedback = HasFeedback && feedback.FeedbackCount == (byte)(_lastFeedbackCount + 1);
        _lastFeedbackCount = feedback.FeedbackCount;
        var first = Math.Min(_sent.Unwrap(feedback.BaseSequenceNumber), _sent.Newest + 1);
        var skipped = 0;
        if (isNextFeedback)
        {
            for (var number = Math.Max(_reportedUpTo + 1, first - Departures.Capacity); number < first; number++)
            {
                if (_sent.TryFind(number, out _, out _, out _)) skipped++;
            }
        }

        if (skipped > 0) _reportedUpTo = first - 1;
        return skipped;
    }

    /// <summary>The least of what queue and losses allow; and less for as long as a queue has to drain.</summary>
    private void SetTarget()
    {
        var drain = Math.Clamp(1 - (_queue.Value - QueueLeft) / DrainWithin, DeepestDrain, 1);
        TargetBps = (int)Math.Clamp(Math.Min(_aimd.RateBps, _loss.RateBps) * drain, _limits.MinimumBps, _limits.MaximumBps);
    }
}

using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Sfu.Statistics;

/// <summary>What a subscriber's report blocks tell about one stream: loss, jitter, and the round trip between relay and subscriber.</summary>
/// <remarks>
/// The sender reports that the relay forwards bear the publisher's wall clock, which is not the relay's: RFC 3550 §6.4.1's arithmetic on it would
/// measure the difference of two clocks. Instead the relay remembers when it sent which report on (by the middle 32 bits that come back as LSR), and
/// the round trip is the time since then, less the delay that the subscriber says (DLSR). Both instants are the shard's own monotonic ones.
/// Each starts and ends with a batch, so that waiting inside the kernel and the relay is part of it.
/// </remarks>
internal sealed class RemoteReception
{
    private const int Remembered = 8; // sender reports come once a second or less often; browsers answer the last

    private readonly (uint Middle32, TimeSpan SentAt)[] _sent = new (uint, TimeSpan)[Remembered];
    private int _sentCount;

    /// <summary>The last report block; meaningful once <see cref="ReportedAt"/> is.</summary>
    public ReportBlock Last { get; private set; }

    public TimeSpan? ReportedAt { get; private set; }

    /// <summary>The last one measured; null before the first.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    public TimeSpan TotalRoundTripTime { get; private set; }

    public long RoundTripTimeMeasurements { get; private set; }

    public void OnReportSent(NtpTime ntpTime, TimeSpan now) => _sent[_sentCount++ & (Remembered - 1)] = (ntpTime.Middle32, now);

    public void OnReportBlock(in ReportBlock block, TimeSpan now)
    {
        Last = block;
        ReportedAt = now;
        if (block.LastSenderReport == 0) return;
        var oldest = Math.Max(0, _sentCount - Remembered);
        for (var i = _sentCount - 1; i >= oldest; i--)
        {
            var (middle32, sentAt) = _sent[i & (Remembered - 1)];
            if (middle32 != block.LastSenderReport) continue;
            var roundTrip = now - sentAt - NtpTime.FromMiddle32(block.DelaySinceLastSenderReport);
            if (roundTrip < TimeSpan.Zero) return; // the subscriber contradicts our clock
            RoundTripTime = roundTrip;
            TotalRoundTripTime += roundTrip;
            RoundTripTimeMeasurements++;
            return;
        }
    }
}

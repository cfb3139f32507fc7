using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>A sender's packets, and what a receiver says of them: the truth, or anything.</summary>
internal sealed class CongestionTarget : FuzzTarget
{
    private const int Send = 0;
    private const int Report = 1;
    private const int Claim = 2;
    private const int Wait = 3;

    private static readonly BandwidthLimits Limits = new(50_000, 300_000, 2_500_000);

    public override string Name => "congestion";

    public override int InputsInTests => 1_000; // each ends with a long honest call;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        Hex("8FCD0005"), Hex("8FCD0007"), Hex("FFFFFF00"), Hex("80000000"), Hex("7FFFFF00"), Hex("2003"), Hex("C000"), Hex("FFFC"), Hex("7FFF"), Hex("8000"),
        [Send, 200, 255], [Report], [Wait, 255],
    ];

    public override void Run(byte[] input)
    {
        var script = new ByteScript(input);
        var estimator = new BandwidthEstimator(Limits, firstSequenceNumber: 65_500);
        var reports = new TransportFeedbackBuilder();
        var now = TimeSpan.FromSeconds(1);
        var hasSent = false;
        while (!script.IsOver)
        {
            switch (script.Choice(4))
            {
                case Send:
                    var count = script.Byte();
                    var bytes = 8 * script.Byte();
                    for (var i = 0; i < count; i++) Sent(estimator, reports, bytes, now += TimeSpan.FromMilliseconds(3));
                    hasSent |= count > 0;
                    break;
                case Report:
                    GiveReport(estimator, reports, now);
                    break;
                case Claim:
                    Give(estimator, script.Piece(), now);
                    break;
                case Wait:
                    estimator.OnTimeout(now += TimeSpan.FromMilliseconds(20 * script.Byte()));
                    break;
            }

            Require(estimator.TargetBps >= Limits.MinimumBps && estimator.TargetBps <= Limits.MaximumBps, $"A target of {estimator.TargetBps}.");
            Require(estimator.Loss is >= 0 and <= 1, $"A loss of {estimator.Loss}.");
            Require(estimator.Queue >= TimeSpan.Zero && estimator.RoundTrip >= TimeSpan.Zero, "A time below zero.");
            Require(hasSent || !estimator.HasFeedback, "Feedback about nothing was believed.");
        }

        // Whatever was claimed: half a minute of the truth, and the target is what the path carries.
        for (var i = 0; i < 5_000; i++)
        {
            Sent(estimator, reports, 1_000, now += TimeSpan.FromMilliseconds(5));
            if (i % 20 == 19) GiveReport(estimator, reports, now);
        }

        Require(estimator.TargetBps > 1_000_000, $"Of 1.6 Mbit/s that arrive, {estimator.TargetBps} are believed.");
    }

    private static void Sent(BandwidthEstimator estimator, TransportFeedbackBuilder reports, int bytes, TimeSpan now)
    {
        reports.OnPacket(estimator.NextSequenceNumber(), now);
        estimator.OnSent(bytes, now);
    }

    private static void GiveReport(BandwidthEstimator estimator, TransportFeedbackBuilder reports, TimeSpan now)
    {
        Span<byte> buffer = stackalloc byte[1_200];
        while (reports.Write(buffer, 1, 2) is > 0 and var length) Give(estimator, buffer[..length], now);
    }

    private static void Give(BandwidthEstimator estimator, ReadOnlySpan<byte> rtcp, TimeSpan now)
    {
        var reader = new RtcpReader(rtcp);
        while (reader.TryNext(out var packet))
        {
            if (TransportFeedback.TryParse(packet, out var feedback)) estimator.OnFeedback(feedback, now);
        }
    }
}

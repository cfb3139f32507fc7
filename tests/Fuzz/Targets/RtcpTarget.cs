using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>Compounds of reports, SDES, BYE, NACK, PLI, FIR, REMB, transport-wide feedback, and types that nobody here knows (XR, APP).</summary>
internal sealed class RtcpTarget : FuzzTarget
{
    public override string Name => "rtcp";

    public override IReadOnlyList<byte[]> Words { get; } =
        [Hex("80C8"), Hex("81C90007"), Hex("81CA"), Hex("81CB"), Hex("81CD"), Hex("8FCD"), Hex("81CE0002"), Hex("84CE"), Hex("8FCE"), Hex("52454D42"), Hex("80CF"), Hex("A0CC"), Hex("FFFF")];

    public override void Run(byte[] input)
    {
        _ = RtcpReader.LooksLikeRtcp(input);
        var reader = new RtcpReader(input);
        var packets = 0;
        while (reader.TryNext(out var packet))
        {
            Require(++packets <= input.Length / 4, "The walk does not advance.");
            Read(packet, input.Length);
        }
    }

    private static void Read(in RtcpPacket packet, int length)
    {
        if (SenderReport.TryParse(packet, out var senderReport)) Read(senderReport.Blocks);
        if (ReceiverReport.TryParse(packet, out var receiverReport)) Read(receiverReport.Blocks);
        if (SourceDescription.TryParse(packet, out var description)) _ = description.TryGetCanonicalName(1, out var name) && name.Length <= 255;
        if (Goodbye.TryParse(packet, out var goodbye))
        {
            for (var i = 0; i < goodbye.Count; i++) _ = goodbye[i];
        }

        _ = PictureLoss.TryParse(packet, out _);
        if (FullIntraRequest.TryParse(packet, out var request))
        {
            for (var i = 0; i < request.Count; i++) _ = request[i];
        }

        if (ReceiverEstimatedBitrate.TryParse(packet, out var estimate))
        {
            Require(estimate.BitrateBps >= 0, "A negative bitrate.");
            for (var i = 0; i < estimate.Count; i++) _ = estimate[i];
        }

        if (Nack.TryParse(packet, out var nack))
        {
            var lost = 0;
            foreach (var sequenceNumber in nack) lost += sequenceNumber >= 0 ? 1 : 0;
            Require(lost <= 17 * (length / 4), "A NACK about more than it holds.");
        }

        if (!TransportFeedback.TryParse(packet, out var feedback)) return;
        var told = 0;
        foreach (var status in feedback)
        {
            told++;
            Require(!status.IsReceived || Math.Abs(status.Arrival.TotalDays) < 3_650, "An arrival that can't be.");
        }

        Require(told == feedback.PacketCount, $"{told} packets are told of {feedback.PacketCount}.");
    }

    private static void Read(in ReportBlocks blocks)
    {
        for (var i = 0; i < blocks.Count; i++) _ = blocks[i].RoundTripTime(new NtpTime(0x1234_5678_9ABC_DEF0));
        _ = blocks.TryFind(1, out _);
    }
}

using System.Text;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>A description; one that is read is written and read again, and says the same.</summary>
internal sealed class SdpTarget : FuzzTarget
{
    public override string Name => "sdp";

    public override int InputsInTests => 1_500;

    public override bool IsText => true;

    public override int LongestInput => SdpLimits.Characters + 1_000;

    public override long MostBytesAnInput => 16 << 20;

    public override IReadOnlyList<byte[]> Words => SdpWords.All;

    public override void Run(byte[] input)
    {
        if (!SessionDescription.TryParse(Encoding.UTF8.GetString(input), out var description, out var error))
        {
            Require(error is not null, "Refused without a reason.");
            return;
        }

        var text = description.ToString();
        Require(SessionDescription.TryParse(text, out var again, out var problem), $"What was written can't be read: {problem}");
        Require(again!.Media.Count == description.Media.Count, "Sections were lost or added.");
        Require(again.ToString() == text, "Written twice, it differs.");
    }
}

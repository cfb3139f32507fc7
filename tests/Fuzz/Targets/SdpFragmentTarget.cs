using System.Text;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>The body of a PATCH (RFC 8840 §9).</summary>
internal sealed class SdpFragmentTarget : FuzzTarget
{
    public override string Name => "sdp-fragment";

    public override int InputsInTests => 4_000;

    public override bool IsText => true;

    public override int LongestInput => SdpLimits.Characters + 1_000;

    public override long MostBytesAnInput => 16 << 20;

    public override IReadOnlyList<byte[]> Words => SdpWords.All;

    public override void Run(byte[] input)
    {
        if (!SdpFragment.TryParse(Encoding.UTF8.GetString(input), out var fragment, out _)) return;
        var text = fragment.ToString();
        if (text.Length == 0) return; // lines that say nothing are no error
        Require(SdpFragment.TryParse(text, out var again, out var problem), $"What was written can't be read: {problem}");
        Require(again!.ToString() == text, "Written twice, it differs.");
    }
}

using System.Text;
using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>A body on its whole way: offer, join in each role, alone and with others there, answer; and the same text as a PATCH.</summary>
internal sealed class WhipTarget : FuzzTarget, IDisposable
{
    private const int LongestAnswer = 128 << 10;
    private readonly VirtualRelay _relay = new(new SfuOptions { HistoryBytesPerStream = 65_536 });

    public override string Name => "whip";

    public override int InputsInTests => 800;

    public override bool IsText => true;

    public override int LongestInput => SdpLimits.Characters + 1_000;

    public override long MostBytesAnInput => 32 << 20;

    public override IReadOnlyList<byte[]> Words => SdpWords.All;

    public override void Run(byte[] input)
    {
        _relay.Changes.Clear();
        var text = Encoding.UTF8.GetString(input);
        foreach (var role in (PeerRole[])[PeerRole.Robot, PeerRole.Pupil, PeerRole.Observer]) // each meets those before it
        {
            if (_relay.Join(role, text) is JoinOutcome.Joined joined) Check(text, joined);
        }

        _relay.Core.CloseSession("a", _relay.Now);
        Require(_relay.Core is { PeerCount: 0, RoomCount: 0 }, "Somebody is left in a closed session.");
    }

    public void Dispose() => _relay.Dispose();

    private void Check(string text, JoinOutcome.Joined joined)
    {
        Require(SessionDescription.TryParse(text, out var offer, out _), "Joined with an offer that can't be read.");
        Require(joined.AnswerSdp.Length <= LongestAnswer, $"An answer of {joined.AnswerSdp.Length} characters.");
        Require(SessionDescription.TryParse(joined.AnswerSdp, out var answer, out var problem), $"The answer can't be read: {problem}");
        Require(answer!.Media.Count == offer!.Media.Count, "The answer has other sections than the offer.");
        for (var i = 0; i < answer.Media.Count; i++)
        {
            Require(answer.Media[i].Kind == offer.Media[i].Kind, $"Section {i} is of another kind.");
            Require(answer.Media[i].IsRejected || answer.Media[i].Mid == offer.Media[i].Mid, $"Section {i} has another mid.");
            Require(!offer.Media[i].IsRejected || answer.Media[i].IsRejected, $"Section {i} was rejected in the offer.");
        }

        var fragment = ParsedSdp.Fragment(text);
        if (_relay.Core.Restart("a", joined.ResourceId, null, "*", fragment) is RestartOutcome.Restarted restarted)
            Require(SdpFragment.TryParse(restarted.SdpFragment, out _, out var error), $"The restart's answer can't be read: {error}");
    }
}

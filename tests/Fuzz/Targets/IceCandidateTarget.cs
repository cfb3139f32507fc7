using System.Text;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.Tests.Fuzz.Targets;

internal sealed class IceCandidateTarget : FuzzTarget
{
    public override string Name => "ice-candidate";

    public override bool IsText => true;

    public override IReadOnlyList<byte[]> Words { get; } = [.. new[] { " typ ", "host", "srflx", "raddr ::", "rport 0", "tcptype passive", "[::1]", "x.local" }.Select(Encoding.ASCII.GetBytes)];

    public override void Run(byte[] input)
    {
        if (!IceCandidate.TryParse(Encoding.UTF8.GetString(input), out var candidate)) return;
        Require(IceCandidate.TryParse(candidate.ToString(), out var again) && again.Address == candidate.Address, $"'{candidate}' can't be read again.");
    }
}

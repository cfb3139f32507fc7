using AV1Relay.Tests.Fuzz.Targets;

namespace AV1Relay.Tests.Fuzz;

/// <summary>All there are.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new StunTarget(), new IceCandidateTarget(), new DtlsRecordsTarget(), new DtlsFlightsTarget(), new SrtpTarget(), new RtpTarget(), new RtcpTarget(),
        new CongestionTarget(), new SdpTarget(), new SdpFragmentTarget(), new TcpFramingTarget(), new WhipTarget(), new ShardTarget(), new StsTarget(),
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}

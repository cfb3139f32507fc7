namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>Between what an estimate stays, and where it begins; all in bits a second.</summary>
/// <param name="MinimumBps">Sent whatever the path says; over 0.</param>
/// <param name="StartBps">Before anything is known.</param>
/// <param name="MaximumBps">More is never of use.</param>
public sealed record BandwidthLimits(int MinimumBps, int StartBps, int MaximumBps);

namespace AV1Relay.RobotAgent.Safety;

/// <summary>A session that the relay gave to this robot and the robot took.</summary>
/// <param name="Session">Its id.</param>
/// <param name="FencingNumber">Commands carry it; a later grant's is higher.</param>
/// <param name="Capabilities">What the step allows.</param>
/// <param name="NotBefore">Nothing is live before, by trusted time.</param>
/// <param name="NotAfter">Nothing is live from then on.</param>
/// <param name="WhipUrl">Where to publish.</param>
/// <param name="WhipToken">Bearer token for it: never logged.</param>
internal sealed record SessionGrant(
    string Session, ulong FencingNumber, CapabilityBits Capabilities, DateTimeOffset NotBefore, DateTimeOffset NotAfter, Uri WhipUrl, string WhipToken)
{
    public override string ToString() => $"{Session} #{FencingNumber}";
}

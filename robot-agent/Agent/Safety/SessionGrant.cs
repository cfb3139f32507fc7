namespace AV1Relay.RobotAgent.Safety;

/// <summary>A session that the domain gave to this robot. Made by <see cref="GrantVerifier"/> alone, from what was signed.</summary>
/// <param name="Session">Its id.</param>
/// <param name="FencingNumber">Commands carry it; a later grant's is higher.</param>
/// <param name="Capabilities">What the step allows.</param>
/// <param name="NotBefore">Nothing is live before, by trusted time.</param>
/// <param name="NotAfter">Nothing is live from then on.</param>
/// <param name="IsAdHoc">For tests; taken only by a robot that was started for such.</param>
/// <param name="WhipUrl">Where to publish. Not signed.</param>
/// <param name="WhipToken">Bearer token for it: never logged. Not signed.</param>
internal sealed record SessionGrant(
    string Session, ulong FencingNumber, CapabilityBits Capabilities, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool IsAdHoc,
    Uri WhipUrl, string WhipToken)
{
    public override string ToString() => $"{Session} #{FencingNumber}";

    /// <summary>Whether .NET's calendar has it and it is not before 1970.</summary>
    public static bool IsInstant(long unixMs) => unixMs is >= 0 and <= 253_402_300_799_000;
}

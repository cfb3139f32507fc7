using AV1Relay.Protos.V1;

namespace AV1Relay.RobotAgent.Link;

/// <summary>What the link tells the robot. Called one after the other; handlers return at once.</summary>
internal interface ILinkEvents
{
    /// <summary>The relay has greeted.</summary>
    void OnLinkUp(RelayHello hello);

    /// <summary>Anything that the relay said after its greeting.</summary>
    void OnMessage(RelayMessage message);

    /// <summary>The robot has its next certificate.</summary>
    /// <param name="ends">When that one ends.</param>
    void OnCertificateRenewed(DateTimeOffset ends);

    /// <summary>The link is gone. Told once for each <see cref="OnLinkUp"/>.</summary>
    void OnLinkDown();
}

namespace AV1Relay.RobotAgent.Safety;

/// <summary>What a robot knows when it wakes up: nothing that was forbidden before a restart is allowed by it.</summary>
/// <param name="NotBefore">The latest instant known to have passed; see <see cref="TrustedTime"/>.</param>
/// <param name="CertificateEnds">When this robot's certificate ends.</param>
/// <param name="Seen">The mark of the grants taken before.</param>
/// <param name="Curtain">Whether the curtain was drawn.</param>
internal sealed record RobotMemory(DateTimeOffset NotBefore, DateTimeOffset CertificateEnds, FencingMark Seen, CurtainMark Curtain)
{
    /// <summary>What is known of the room before anybody has shown anything: of a real one nothing.</summary>
    public RoomPlaces Room { get; init; } = RoomPlaces.None;
}

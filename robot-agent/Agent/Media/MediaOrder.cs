namespace AV1Relay.RobotAgent.Media;

/// <summary>What may flow at this moment: the safety core's decision, which the engine carries out and never widens.</summary>
/// <param name="Whip">Where to publish; null closes the connection.</param>
/// <param name="Camera">Whether the camera may be open at all.</param>
/// <param name="Microphone">Whether the microphone may be open at all.</param>
/// <param name="Speaker">Whether the pupil's voice may be played.</param>
/// <param name="SupportsH264">Whether the pupil's device decodes H.264; true while nobody has said otherwise.</param>
public sealed record MediaOrder(WhipTarget? Whip, bool Camera, bool Microphone, bool Speaker, bool SupportsH264)
{
    /// <summary>Nothing flows, nothing is open.</summary>
    public static MediaOrder Nothing { get; } = new(null, Camera: false, Microphone: false, Speaker: false, SupportsH264: true);
}

/// <summary>The relay's WHIP resource for this session (RFC 9725), as the grant names it.</summary>
/// <param name="Url">Absolute.</param>
/// <param name="Token">Bearer token: a secret, never logged.</param>
/// <param name="FencingNumber">Of the grant.</param>
public sealed record WhipTarget(Uri Url, string Token, ulong FencingNumber)
{
    /// <summary>Without the token, so that no log ever has it.</summary>
    public override string ToString() => $"{Url.AbsolutePath} (grant {FencingNumber})";
}

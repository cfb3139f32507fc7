using System.Net;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Body;

namespace AV1Relay.RobotAgent.Running;

/// <summary>How <c>robot-agent run</c> was started.</summary>
/// <param name="Relay">Its pages' address.</param>
/// <param name="StateFolder">Key, certificates, last time.</param>
/// <param name="Simulate">A simulated body.</param>
/// <param name="AllowAdHoc">Takes sessions for tests with a real body too.</param>
/// <param name="Camera">What sees.</param>
/// <param name="Microphone">What hears.</param>
/// <param name="Speaker">What speaks.</param>
/// <param name="Page">Where the robot's own page listens; null without one.</param>
/// <param name="Format">Of the picture; null chooses what this computer can encode.</param>
/// <param name="Codec">Null chooses.</param>
internal sealed record RobotOptions(
    Uri Relay, string StateFolder, bool Simulate, bool AllowAdHoc, InputName Camera, InputName Microphone, string Speaker, IPEndPoint? Page,
    VideoFormat? Format, VideoCodec? Codec)
{
    /// <summary>Publish over http to another computer too.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Takes the robot's own voice out of what its microphone hears.</summary>
    public bool CancelsEcho { get; init; }

    public bool TakesAdHoc => Simulate || AllowAdHoc;
}

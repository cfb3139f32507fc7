using System.Security.Cryptography;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>Who has drawn the curtain. Kept over restarts: switching the robot off and on lifts nothing.</summary>
/// <param name="AtRobot">With the robot's own button, which alone lifts it again.</param>
/// <param name="SessionHash">Of the session that staff drew it for from their page (<see cref="GrantPrint.SessionHash"/>); null: they did not.</param>
internal sealed record CurtainMark(bool AtRobot, string? SessionHash)
{
    private const string OpenLine = "open";
    private const string AtRobotLine = "at-robot";

    public static CurtainMark Open { get; } = new(false, null);

    public static CurtainMark DrawnAtRobot { get; } = new(true, null);

    /// <summary>One line, read back by <see cref="TryParse"/>. The button outweighs the page: whoever drew it there lifts both.</summary>
    public override string ToString() => AtRobot ? AtRobotLine : SessionHash ?? OpenLine;

    /// <returns>Null when it is not such a line.</returns>
    public static CurtainMark? TryParse(string line) => line.Trim() switch
    {
        OpenLine => Open,
        AtRobotLine => DrawnAtRobot,
        { Length: 2 * SHA256.HashSizeInBytes } hash when hash.All(char.IsAsciiHexDigitLower) => new(false, hash),
        _ => null,
    };
}

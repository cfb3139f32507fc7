using AV1Relay.RobotAgent.Safety;

namespace AV1Relay.RobotAgent.Running;

/// <summary>Keeps over restarts what must outlast them. Each answers null, or why it could not, in words; each may take as long as a slow disk.</summary>
/// <param name="KeepMark">Of the grants taken.</param>
/// <param name="KeepCurtain">Who has drawn it.</param>
internal sealed record RobotKeeper(Func<FencingMark, string?> KeepMark, Func<CurtainMark, string?> KeepCurtain);

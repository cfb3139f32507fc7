using AV1Relay.Domain.Refusals;

namespace AV1Relay.Api.RobotLinks;

/// <summary>Why somebody with a good token stays outside.</summary>
internal static class BearerRefusals
{
    public static Refusal Over { get; } = new("grant.session-over", "This session is over.", "Look at your day for the next one.");

    public static Refusal OtherDevice { get; } = new(
        "session.other-device", "You are in this session with another device.", "Go on there, or come in here with a new code.");

    public static Refusal OtherRobot { get; } = new(
        "session.other-robot", "Another robot serves this session.", "Publish with the token that came with the newest grant.");
}

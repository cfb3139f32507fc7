using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Running;

/// <summary>Why a session has no grant, where the domain has no say yet. The words are for a pupil.</summary>
internal static class RunningRefusals
{
    public static Refusal NobodyYet { get; } = new(
        "grant.nobody-yet", "Nobody has come in to this session yet.", "Come in with your code.");

    public static Refusal CannotDecide { get; } = new(
        "grant.cannot-decide", "Something is wrong with this session at our end. You have done nothing wrong.", "Ask your key adult what happens today.");

    public static Refusal RobotInUse { get; } = new(
        "grant.robot-in-use", "The robot is in another session.", "Ask your key adult what happens today.");

    public static Refusal NoSuchSession { get; } = new(
        "session.not-found", "This session isn't there any more.", "Look at your day, or ask your key adult for a new code.");

    public static Refusal NoPlan { get; } = new(
        "grant.plan-not-active", "The support plan is not active.", "Ask your key adult.");

    public static Refusal PupilElsewhere { get; } = new(
        "grant.pupil-elsewhere", "You are at another school now, so this session does not take place. You have done nothing wrong.",
        "Ask your key adult what happens next.");

    public static Refusal NotIn { get; } = new(
        "session.not-in", "This device is not in this session.", "You need do nothing more.");
}

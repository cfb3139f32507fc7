using AV1Relay.Domain.Refusals;

namespace AV1Relay.StaffConsole.Layout;

/// <summary>What a page says that has a form for other roles alone. Whether somebody may is asked of the domain when they send one.</summary>
internal static class NotYours
{
    public const string Code = "access.not-yours";

    public static IReadOnlyList<Refusal> NoSchool { get; } = [new Refusal(
        "access.no-school", "You have no role at a school yet.", "Ask an administrator to give you one, then open this page again.")];

    public static IReadOnlyList<Refusal> Because(string reason, string nextStep) => [new Refusal(Code, reason, nextStep)];
}

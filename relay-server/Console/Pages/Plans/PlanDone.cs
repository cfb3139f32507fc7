namespace AV1Relay.StaffConsole.Pages.Plans;

/// <summary>What the plan's page says after a change, by the name of the form that made it.</summary>
internal static class PlanDone
{
    private static readonly string[] OfOneThing = ["step-", "part-"];

    /// <returns>Null: nothing was changed, or nothing that is known here.</returns>
    public static string? InWords(string? done) => done switch
    {
        "drafted" => "The draft is kept. Say more of each step next: where it is, how long, and what the robot may do.",
        "goal" => "The goal is kept.",
        "people" => "Who looks after the plan is kept.",
        "activated" => "The plan is in use. Sessions can be booked now.",
        "closed" => "The plan is closed. It stays readable.",
        "step-added" => "The step is on the ladder.",
        "step-removed" => "The step is taken out.",
        "step-split" => "The step is split.",
        "order" => "The new order is kept.",
        "up" => "One step up, together.",
        "down" => "One step down. That is a way to go on.",
        "marked" or "review-marked" => "It is confidential now.",
        "words-marked" => "The pupil's words are confidential now.",
        "opened-up" or "review-opened-up" => "It is open now.",
        "part-removed" => "The part is taken out.",
        "review" => "The review is kept.",
        _ => IsOfOneThing(done) ? "It is kept." : null,
    };

    /// <summary>A form of one step or part is called by it: <c>step-0f…</c>.</summary>
    private static bool IsOfOneThing(string? done) =>
        Array.Exists(OfOneThing, name => done?.StartsWith(name, StringComparison.Ordinal) is true && Guid.TryParse(done[name.Length..], out _));
}

namespace AV1Relay.StaffConsole.Pages.Plans;

/// <summary>What the plan's page says after a change, by the name of the form that made it.</summary>
internal static class PlanDone
{
    /// <returns>Null: nothing was changed.</returns>
    public static string? InWords(string? done) => done switch
    {
        null => null,
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
        _ => "It is kept.",
    };
}

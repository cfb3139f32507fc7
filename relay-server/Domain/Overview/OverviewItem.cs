using NodaTime;

namespace AV1Relay.Domain.Overview;

/// <summary>One thing that needs somebody.</summary>
/// <param name="Due">Wall time at the school.</param>
/// <param name="Reason">Why it is on the list, in plain words and without names.</param>
/// <param name="NextStep">What to do, as an instruction.</param>
public sealed record OverviewItem(Need Need, Urgency Urgency, LocalDateTime Due, string Reason, string NextStep)
{
    /// <summary>False: the plan is looked after by others, and who reads this sees it for the whole school.</summary>
    public bool IsOwn { get; init; } = true;

    public override string ToString() => nameof(OverviewItem);
}

public enum Urgency
{
    /// <summary>Overdue, or it stands in the way of today's next lesson.</summary>
    Now,

    Today,

    Soon,
}

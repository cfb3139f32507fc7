using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Plans;

/// <summary>The plan was changed: what, by whom, when and why, and what the pupil said to it.</summary>
/// <remarks>Always true: the pupil's say is there. Only marking a part confidential goes without: it protects, and must never wait.</remarks>
public sealed record PlanChange
{
    /// <param name="what">In words, as it stands in the plan's history.</param>
    /// <exception cref="ArgumentException">No words, or no pupil's say.</exception>
    public PlanChange(PlanChangeKind kind, string what, Act act, PupilsSay? say)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        if (say is null && kind != PlanChangeKind.Confidentiality) throw new ArgumentException("The pupil's say goes with every change.", nameof(say));
        (Kind, What, Act, Say) = (kind, what, act, say);
    }

    public PlanChangeKind Kind { get; }

    public string What { get; }

    public Act Act { get; }

    public PupilsSay? Say { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(PlanChange);
}

public enum PlanChangeKind
{
    Drafted,
    Activated,
    Goal,

    /// <summary>Another key adult or lead.</summary>
    People,
    Ladder,
    Section,
    Confidentiality,
    ReviewDate,
    Review,
    Closed,
}

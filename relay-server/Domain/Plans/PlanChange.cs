using System.Collections.Immutable;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Plans;

/// <summary>The plan was changed: what, by whom, when and why, what each value was and is now, and what the pupil said to it.</summary>
/// <remarks>Always true: the pupil's say is there. Only marking a part confidential goes without: it protects, and must never wait.</remarks>
public sealed record PlanChange
{
    /// <param name="version">The plan's after the change.</param>
    /// <param name="what">In words, as it stands in the plan's history.</param>
    /// <param name="values">None where nothing but the pupil's say is new.</param>
    /// <exception cref="ArgumentException">No words, or no pupil's say.</exception>
    public PlanChange(int version, PlanChangeKind kind, string what, ImmutableArray<ValueChange> values, Act act, PupilsSay? say)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        ArgumentNullException.ThrowIfNull(act);
        if (say is null && kind != PlanChangeKind.MarkedConfidential) throw new ArgumentException("The pupil's say goes with every change.", nameof(say));
        (Version, Kind, What, Values, Act, Say) = (version, kind, what, values.IsDefault ? [] : values, act, say);
    }

    public int Version { get; }

    public PlanChangeKind Kind { get; }

    public string What { get; }

    /// <summary>What was and what is: also what is confidential, so that no history is shown to who may not read those parts.</summary>
    public ImmutableArray<ValueChange> Values { get; }

    public Act Act { get; }

    public PupilsSay? Say { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(PlanChange);
}

/// <remarks>Stored by name.</remarks>
public enum PlanChangeKind
{
    Drafted,
    Activated,
    Goal,

    /// <summary>Another key adult or lead.</summary>
    People,
    Ladder,
    Section,
    MarkedConfidential,

    /// <summary>A confidential part became one that people outside the school read too.</summary>
    OpenedUp,
    ReviewDate,
    Review,
    Closed,
}

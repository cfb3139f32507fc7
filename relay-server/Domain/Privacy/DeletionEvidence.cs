using NodaTime;

namespace AV1Relay.Domain.Privacy;

/// <summary>What a run deleted of one class: how many, from when to when, by which rule. Never whose, never what.</summary>
/// <param name="Count">Records that are gone; one or more.</param>
/// <param name="Oldest">The earliest day of recording among them.</param>
/// <param name="Newest">The latest day of recording among them.</param>
/// <param name="Rule">The rule in words, as it was at that time.</param>
public sealed record DeletionEvidence(RetentionClass Class, int Count, LocalDate Oldest, LocalDate Newest, string Rule, DeletionCause Cause, Instant At)
{
    /// <summary>One piece of evidence for each class of which something was deleted.</summary>
    /// <param name="deleted">What is really gone, not what was meant to go.</param>
    public static IReadOnlyList<DeletionEvidence> Of(IEnumerable<RecordFacts> deleted, RetentionSettings settings, DeletionCause cause, Instant at)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            .. deleted.GroupBy(record => record.Class)
                .OrderBy(group => group.Key)
                .Select(group => new DeletionEvidence(
                    group.Key,
                    group.Count(),
                    group.Min(record => record.RecordedOn),
                    group.Max(record => record.RecordedOn),
                    settings.RuleFor(group.Key).ToString(),
                    cause,
                    at)),
        ];
    }
}

public enum DeletionCause
{
    /// <summary>Its time was over.</summary>
    Retention,

    /// <summary>Erasure was asked for.</summary>
    Erasure,
}

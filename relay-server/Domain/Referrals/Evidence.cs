using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Referrals;

/// <summary>One piece of evidence as it goes into a referral: a copy of what its source said on a date.</summary>
/// <param name="On">When it was said or held; of what goes on, the day of the copy.</param>
/// <param name="Title">Its heading in the document.</param>
/// <param name="Paragraphs">In order; may be empty where a table says it all.</param>
/// <param name="Table">Figures or rows of entries; null when there are none.</param>
public sealed record EvidenceItem(
    EvidenceSource Source, LocalDate On, string Title, ImmutableArray<string> Paragraphs, DocumentBlock.Table? Table = null)
{
    public ImmutableArray<string> Paragraphs { get; init; } = Paragraphs.IsDefault ? [] : Paragraphs;

    public override string ToString() => nameof(EvidenceItem);
}

/// <summary>Where evidence comes from, in the order of the document.</summary>
public enum EvidenceSource
{
    PupilsSay,
    ParentsSay,
    Plan,
    Review,
    Arrangement,
    Contact,

    /// <summary>The engagement ledger, which is never attendance.</summary>
    Ledger,

    /// <summary>Days missed, as the school's register says.</summary>
    MissedDays,

    /// <summary>Advice by professionals from outside.</summary>
    Professional,
}

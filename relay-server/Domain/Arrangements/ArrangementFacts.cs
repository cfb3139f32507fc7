using System.Collections.Immutable;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>What has to be known besides the arrangement itself before it is put in force or extended.</summary>
/// <param name="BornOn">The pupil's date of birth; null when it isn't known here.</param>
/// <param name="Parents">The pupil's; those of others don't count.</param>
/// <param name="Others">The pupil's other arrangements; this one, and those of others, don't count.</param>
public sealed record ArrangementFacts(
    LocalDate Today,
    LocalDate? BornOn,
    CompulsorySchoolAge CompulsoryAge,
    ArrangementLimits Limits,
    ImmutableArray<Parenthood> Parents,
    ImmutableArray<Arrangement> Others)
{
    public ImmutableArray<Parenthood> Parents { get; init; } = Parents.IsDefault ? [] : Parents;

    public ImmutableArray<Arrangement> Others { get; init; } = Others.IsDefault ? [] : Others;

    public override string ToString() => nameof(ArrangementFacts);
}

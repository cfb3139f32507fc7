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

    /// <summary>Whether it is entered that the pupil normally lives with them: only such a parent's agreement counts (SI 2024/208 reg. 11(6)).</summary>
    /// <param name="parent">The person's id, as text.</param>
    public bool LivesWith(PupilId pupil, string parent) => Parents.Any(entry =>
        entry.Pupil == pupil && entry.LivesWith && entry.HoldsOn(Today) && string.Equals(entry.Parent.ToString(), parent, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => nameof(ArrangementFacts);
}

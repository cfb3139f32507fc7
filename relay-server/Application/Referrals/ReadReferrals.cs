using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Referrals;

/// <summary>A plan's referrals, as somebody may read them.</summary>
/// <param name="Items">The latest first.</param>
/// <param name="May">What the reader may do here.</param>
public sealed record ReadReferrals(
    SchoolId School, PlanId Plan, PupilId Pupil, DateTimeZone Zone, ImmutableArray<ReadReferral> Items, FrozenSet<Operation> May)
{
    public override string ToString() => nameof(ReadReferrals);
}

/// <param name="Version">To be given back with a change.</param>
/// <param name="Document">As it would be given out.</param>
public sealed record ReadReferral(Referral Referral, long Version, ReferralDocument Document)
{
    public override string ToString() => nameof(ReadReferral);
}

/// <summary>What a person writes themselves; all else is taken from the records.</summary>
/// <param name="ParentsSay">May be empty.</param>
/// <param name="Advice">Of professionals from outside; may be empty.</param>
public sealed record WrittenReferral(string WhatIsAsked, string ParentsSay, string Advice)
{
    public override string ToString() => nameof(WrittenReferral);

    /// <summary>What was written before, for the form in which it is written anew.</summary>
    public static WrittenReferral Of(Referral referral)
    {
        ArgumentNullException.ThrowIfNull(referral);
        return new(referral.WhatIsAsked, WordsFrom(referral, EvidenceSource.ParentsSay), WordsFrom(referral, EvidenceSource.Professional));
    }

    internal Refusal? WhyNot() => TextLimits.WhyNot(WhatIsAsked, ParentsSay, Advice);

    internal IEnumerable<EvidenceItem> Added(LocalDate today)
    {
        if (!string.IsNullOrWhiteSpace(ParentsSay)) yield return new EvidenceItem(EvidenceSource.ParentsSay, today, "To this referral", [ParentsSay]);
        if (!string.IsNullOrWhiteSpace(Advice)) yield return new EvidenceItem(EvidenceSource.Professional, today, "From outside the school", [Advice]);
    }

    private static string WordsFrom(Referral referral, EvidenceSource source) =>
        string.Join('\n', referral.Evidence.Where(item => item.Source == source).SelectMany(item => item.Paragraphs));
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Application.Arrangements;

/// <summary>A plan's reduced timetables, as somebody may read them.</summary>
/// <param name="Items">The latest first.</param>
/// <param name="Parents">Whose agreement the reader can write down; none where they may not.</param>
/// <param name="Reviews">Of the plan, the latest first; none where the reader doesn't record them.</param>
/// <param name="Names">Of everybody who agreed, and of the parents.</param>
/// <param name="May">What the reader may do here.</param>
/// <param name="LivesWithReader">It is entered that the pupil normally lives with who reads it: they are the parent whose agreement is asked for.</param>
public sealed record ReadArrangements(
    SchoolId School, PlanId Plan, PupilId Pupil, DateTimeZone Zone, LocalDate Today, ImmutableArray<ReadArrangement> Items,
    ImmutableArray<PersonId> Parents, ImmutableArray<HeldOn> Reviews, PeopleNamed Names, FrozenSet<Operation> May, bool LivesWithReader)
{
    public override string ToString() => nameof(ReadArrangements);
}

public sealed record HeldOn(ReviewId Review, LocalDate Date);

/// <summary>One of them.</summary>
/// <param name="View">What stands in it; what the pupil said in confidence only to those who may read it.</param>
/// <param name="Missing">All that stands between a draft and its activation.</param>
/// <param name="LastDay">With extensions, and as people have ended it; null when a draft doesn't say.</param>
/// <param name="Version">To be given back with a change.</param>
public sealed record ReadArrangement(
    ArrangementView View, ArrangementStanding Standing, bool IsReviewOverdue, ImmutableArray<Refusal> Missing, Agreement? AuthorisedPerson, Agreement? Parent,
    LocalDate? LastDay, ReadTerms Terms, ImmutableArray<RecordedDecision> Reviews, ArrangementEnding? Ending, long Version)
{
    public ArrangementId Id => View.Id;

    /// <summary>A parent agreed with whom it isn't entered that the pupil lives: one with whom they do is still asked.</summary>
    public bool IsParentElsewhere { get; private init; }

    /// <summary>A draft of which all is written down: it waits for a parent.</summary>
    public bool WaitsForParent { get; private init; }

    /// <summary>Parents have said something that isn't for this reader: it is not noted which of them did.</summary>
    public bool KeepsParentsWords { get; private init; }

    public override string ToString() => nameof(ReadArrangement);

    internal static ReadArrangement Of(Kept<Arrangement> kept, ArrangementFacts facts, bool withConfidential, ParentsWordsShown parentsWords)
    {
        var arrangement = kept.Value;
        var view = arrangement.View(withConfidential, parentsWords.WithNobodys);
        ImmutableArray<Refusal> missing = arrangement.Activated is null ? [.. arrangement.WhatIsMissing(facts)] : [];
        var isElsewhere = arrangement is { Activated: null, Parent: { } parent } && !facts.LivesWith(arrangement.Pupil, parent.Who);
        return new ReadArrangement(
            view, arrangement.StandingOn(facts.Today), arrangement.IsReviewOverdueOn(facts.Today),
            missing, arrangement.AuthorisedPerson, parentsWords.Of(arrangement.Parent), view.LastDay,
            ReadTerms.Of(arrangement.Terms, withConfidential, parentsWords.WithNobodys), [.. arrangement.Reviews.Select(RecordedDecision.Of)], arrangement.Ending, kept.Version)
        {
            IsParentElsewhere = isElsewhere,
            KeepsParentsWords = view.ParentsWords.IsEmpty && !arrangement.View().ParentsWords.IsEmpty,
            WaitsForParent = arrangement.Activated is null && (arrangement.Parent is null || isElsewhere) && missing.All(IsAnAgreement),
        };
    }

    private static bool IsAnAgreement(Refusal missing) =>
        missing.Code is "arrangement.authorised-missing" or "arrangement.parent-missing" or "arrangement.parent-elsewhere";
}

/// <summary>What of the terms the view doesn't say: for the form in which they are written.</summary>
/// <param name="PupilsSay">Null where nobody asked yet, or where it is not for the reader.</param>
public sealed record ReadTerms(
    LocalDate? Until, LocalDate? ReviewOn, AgreedTimetable? Timetable, LocalDate? ConsultedOn, PupilsSay? PupilsSay, string? ParentsWords, bool IsTemporary,
    bool IsNotForBehaviour)
{
    public override string ToString() => nameof(ReadTerms);

    internal static ReadTerms Of(ArrangementTerms terms, bool withConfidential, bool withParentsWords) => new(
        terms.Until, terms.ReviewOn, terms.Timetable, terms.Consultation?.On,
        terms.Consultation is { Pupil: { } say } && (withConfidential || !say.IsConfidential) ? say : null,
        withParentsWords ? terms.Consultation?.ParentsWords : null, terms.ConfirmedTemporary is not null, terms.ConfirmedNotForBehaviour is not null);
}

/// <summary>What a review decided.</summary>
/// <param name="Until">The new last day; null where it ran on as it was.</param>
public sealed record RecordedDecision(LocalDate HeldOn, LocalDate NextReviewOn, LocalDate? Until)
{
    internal static RecordedDecision Of(RecordedReview recorded) => new(recorded.Review.HeldOn, recorded.NextReviewOn, recorded.Extension?.Until);
}

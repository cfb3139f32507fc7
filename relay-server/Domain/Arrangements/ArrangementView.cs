using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>A reduced timetable to read; made by <see cref="Arrangement.View"/>, which leaves out by default what the pupil said in confidence.</summary>
public sealed record ArrangementView
{
    internal ArrangementView(Arrangement arrangement, bool withConfidential, bool withParentsWords)
    {
        var (terms, reviews) = (arrangement.Terms, arrangement.Reviews);
        (Id, Pupil, IsDraft, NextReviewOn) = (arrangement.Id, arrangement.Pupil, arrangement.Activated is null, arrangement.NextReviewOn);
        (ExceptionalCircumstances, PlaceInPlan, SafeguardingOffSite) = (terms.ExceptionalCircumstances, terms.PlaceInPlan, terms.SafeguardingOffSite);
        (From, LastDay) = (terms.From, arrangement.Ending?.LastDay ?? arrangement.Until);
        Timetables = [.. reviews.Select(review => review.Extension?.Timetable).Prepend(terms.Timetable).OfType<AgreedTimetable>()];
        PupilsSays =
        [
            .. reviews.Select(review => review.Review.PupilsSay).Prepend(terms.Consultation?.Pupil).OfType<PupilsSay>()
                .Where(say => withConfidential || !say.IsConfidential),
        ];
        if (!withParentsWords) return;
        ParentsWords = [.. reviews.Select(review => review.Review.ParentsSay).Prepend(terms.Consultation?.ParentsWords).OfType<string>()];
    }

    public ArrangementId Id { get; }

    public PupilId Pupil { get; }

    public bool IsDraft { get; }

    public LocalDate? From { get; }

    /// <summary>With extensions, and as people have ended it.</summary>
    public LocalDate? LastDay { get; }

    public LocalDate? NextReviewOn { get; }

    public string ExceptionalCircumstances { get; }

    public string PlaceInPlan { get; }

    public string SafeguardingOffSite { get; }

    /// <summary>The first, and that of each extension.</summary>
    public ImmutableArray<AgreedTimetable> Timetables { get; }

    /// <summary>To the terms, and in the reviews.</summary>
    public ImmutableArray<PupilsSay> PupilsSays { get; }

    /// <inheritdoc cref="PupilsSays"/>
    public ImmutableArray<string> ParentsWords { get; } = [];

    public override string ToString() => nameof(ArrangementView);
}

using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>What a review of the plan decided about the reduced timetable.</summary>
/// <param name="Review">Which of the plan's reviews.</param>
/// <param name="PupilsSay">What the pupil said in it or for it; null: they were not asked, so nothing can be decided.</param>
/// <param name="ParentsSay">What the parents said in it or for it.</param>
public sealed record ArrangementReview(ReviewId Review, LocalDate HeldOn, ArrangementDecision Decision, PupilsSay? PupilsSay, string ParentsSay)
{
    public override string ToString() => nameof(ArrangementReview);
}

public enum ArrangementDecision
{
    /// <summary>It runs on as agreed, to the end date that it has.</summary>
    Continue,

    /// <summary>It gets a later end date.</summary>
    Extend,

    /// <summary>It ends, back to full time or to something else.</summary>
    End,
}

/// <summary>A later end date. All of it is agreed anew: nothing of the old agreement rolls over.</summary>
/// <param name="Until">The new last day.</param>
/// <param name="Timetable">The times from the day after the old last day.</param>
/// <param name="AuthorisedPerson">Agrees to the new dates and times.</param>
/// <param name="Parent">Agrees to the new dates and times.</param>
public sealed record ArrangementExtension(LocalDate Until, AgreedTimetable Timetable, Agreement AuthorisedPerson, Agreement Parent);

/// <summary>A review, as the arrangement keeps it.</summary>
/// <param name="Extension">Null when it runs on to the end date that it has.</param>
public sealed record RecordedReview(ArrangementReview Review, LocalDate NextReviewOn, ArrangementExtension? Extension, Act Act);

/// <summary>The arrangement stopped before its end date.</summary>
/// <param name="LastDay">The last day on which it was in force; a day before its first one when it never was.</param>
/// <param name="Review">The review that decided so; null when people stopped without waiting for one.</param>
public sealed record ArrangementEnding(LocalDate LastDay, ArrangementReview? Review, Act Act);

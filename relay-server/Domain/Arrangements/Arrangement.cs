using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>A reduced (part-time) timetable of one pupil.</summary>
/// <remarks>
/// Always true: a draft has no reviews and no ending; one that was activated has its dates, its times, and two people's agreements to the terms
/// as they stand; only a review moves its end date, and never without new agreements; it doesn't end later than was agreed; outside its dates
/// it is not in force. All else that law, guidance and the local authority ask is asked when it is activated or extended
/// (<see cref="WhatIsMissing"/>): that may change, and what was activated before stays as it was.
/// SI 2024/208 reg. 11(6), and the guidance on part-time timetables in <i>Working together to improve school attendance</i>.
/// </remarks>
public sealed partial record Arrangement
{
    /// <summary>Rebuilds one from what was kept; <see cref="Draft"/> makes a new one.</summary>
    /// <exception cref="ArgumentException">It contradicts what is always true.</exception>
    public Arrangement(
        ArrangementId id,
        PupilId pupil,
        ArrangementTerms terms,
        Act written,
        Agreement? authorisedPerson,
        Agreement? parent,
        Act? activated,
        ImmutableArray<RecordedReview> reviews,
        ArrangementEnding? ending)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(written);
        (Id, Pupil, Terms, Written, AuthorisedPerson, Parent) = (id, pupil, terms, written, authorisedPerson, parent);
        (Activated, Reviews, Ending) = (activated, reviews.IsDefault ? [] : reviews, ending);
        CheckAgreements();
        if (activated is null)
        {
            if (Reviews.Length > 0 || ending is not null) throw new ArgumentException("A draft has no reviews and no ending.", nameof(activated));
            return;
        }

        if (terms is not { From: { } first, Until: { } last, Timetable: not null } || last < first)
            throw new ArgumentException("What was activated has its dates and its times.", nameof(terms));
        if (authorisedPerson is null || parent is null)
            throw new ArgumentException("What was activated has both agreements.", nameof(activated));
        CheckReviews(last);
        if (ending?.LastDay > Until) throw new ArgumentException("It ends no later than was agreed.", nameof(ending));
    }

    public ArrangementId Id { get; }

    public PupilId Pupil { get; }

    public ArrangementTerms Terms { get; private init; }

    /// <summary>Who wrote the terms as they stand.</summary>
    public Act Written { get; private init; }

    public Agreement? AuthorisedPerson { get; private init; }

    public Agreement? Parent { get; private init; }

    /// <summary>Null while it is a draft.</summary>
    public Act? Activated { get; private init; }

    /// <summary>In the order in which they were recorded.</summary>
    public ImmutableArray<RecordedReview> Reviews { get; private init; }

    public ArrangementEnding? Ending { get; private init; }

    /// <summary>The last day that was agreed, extensions included; null when a draft doesn't say.</summary>
    public LocalDate? Until => Extensions.LastOrDefault()?.Until ?? Terms.Until;

    /// <summary>When it is reviewed next; null when a draft doesn't say.</summary>
    public LocalDate? NextReviewOn => Reviews.Length > 0 ? Reviews[^1].NextReviewOn : Terms.ReviewOn;

    private IEnumerable<ArrangementExtension> Extensions => Reviews.Select(review => review.Extension).OfType<ArrangementExtension>();

    public static Arrangement Draft(ArrangementId id, PupilId pupil, ArrangementTerms terms, Act act) => new(id, pupil, terms, act, null, null, null, [], null);

    /// <summary>The arrangement to read. What the pupil said in confidence is left out unless somebody asks for it on purpose.</summary>
    /// <param name="withParentsWords">False for a reader who may be another parent than the one who spoke: it isn't noted which did.</param>
    public ArrangementView View(bool withConfidential = false, bool withParentsWords = true) => new(this, withConfidential, withParentsWords);

    /// <summary>How it stands on a day. Nobody has to do anything for it to lapse.</summary>
    public ArrangementStanding StandingOn(LocalDate date)
    {
        if (Activated is null) return ArrangementStanding.Draft;
        if (Ending is not null && date > Ending.LastDay) return ArrangementStanding.Ended;
        if (date < Terms.From) return ArrangementStanding.Agreed;
        return date <= Until ? ArrangementStanding.InForce : ArrangementStanding.Lapsed;
    }

    public bool IsInForceOn(LocalDate date) => StandingOn(date) == ArrangementStanding.InForce;

    /// <summary>It is in force, and the day of its review has passed without one.</summary>
    public bool IsReviewOverdueOn(LocalDate date) => IsInForceOn(date) && date > NextReviewOn;

    /// <summary>When the pupil is expected at school on a day; none when it is not in force, which says nothing about the usual timetable.</summary>
    public IReadOnlyList<LocalSlot> SlotsOn(LocalDate date)
    {
        if (!IsInForceOn(date)) return [];
        var timetable = Terms.Timetable;
        var until = Terms.Until;
        foreach (var extension in Extensions)
        {
            if (date > until) timetable = extension.Timetable;
            until = extension.Until;
        }

        return timetable?.SlotsOn(date) ?? [];
    }

    internal static bool IsTo(Agreement agreement, ArrangementId id, LocalDate? until) => agreement.To == new AgreedTo.ReducedTimetable(id, until);

    private void CheckAgreements()
    {
        if ((AuthorisedPerson?.Capacity ?? AgreementCapacity.AuthorisedPerson) != AgreementCapacity.AuthorisedPerson)
            throw new ArgumentException("The authorised person agreed in another capacity.");
        if ((Parent?.Capacity ?? AgreementCapacity.Parent) != AgreementCapacity.Parent)
            throw new ArgumentException("The parent agreed in another capacity.");
        if (new[] { AuthorisedPerson, Parent }.Any(agreement => agreement is not null && !IsTo(agreement, Id, Terms.Until)))
            throw new ArgumentException("Somebody agreed to something else.");
        if (AuthorisedPerson?.At < Written.At || Parent?.At < Written.At) throw new ArgumentException("Somebody agreed before the terms were written.");
        if (AuthorisedPerson is not null && AuthorisedPerson.Who == Parent?.Who) throw new ArgumentException("One person agreed for both sides.");
        if (AuthorisedPerson?.At > Activated?.At || Parent?.At > Activated?.At) throw new ArgumentException("Somebody agreed after it was activated.");
    }

    private void CheckReviews(LocalDate until)
    {
        if (Reviews.DistinctBy(recorded => recorded.Review.Review).Count() < Reviews.Length) throw new ArgumentException("A review is recorded once.");
        foreach (var extension in Extensions)
        {
            if (extension.Until <= until) throw new ArgumentException("An extension ends later than what it extends.");
            if (!IsTo(extension.AuthorisedPerson, Id, extension.Until) || !IsTo(extension.Parent, Id, extension.Until))
                throw new ArgumentException("Somebody agreed to something else than the extension.");
            if (extension.AuthorisedPerson.Capacity != AgreementCapacity.AuthorisedPerson || extension.Parent.Capacity != AgreementCapacity.Parent)
                throw new ArgumentException("Somebody agreed to an extension in another capacity.");
            if (extension.AuthorisedPerson.Who == extension.Parent.Who) throw new ArgumentException("One person agreed to an extension for both sides.");
            until = extension.Until;
        }
    }
}

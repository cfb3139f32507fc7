using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>A reduced (part-time) timetable of one pupil.</summary>
/// <remarks>
/// Always true: a draft has no reviews and no ending; one that was activated has everything that <see cref="ArrangementRequirements"/> asks of its
/// terms and both agreements, which are two people's and to the terms as they stand; no other of the pupil's overlapped it then; only a review moves its end date, and never without new agreements; outside its dates it is not in force.
/// SI 2024/208 reg. 11(6), and the guidance on part-time timetables in <i>Working together to improve school attendance</i>.
/// </remarks>
public sealed record Arrangement
{
    private Arrangement(ArrangementId id, PupilId pupil, ArrangementTerms terms, Act written)
        => (Id, Pupil, Terms, Written) = (id, pupil, terms, written);

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
    public IReadOnlyList<RecordedReview> Reviews { get; private init; } = [];

    public ArrangementEnding? Ending { get; private init; }

    /// <summary>The last day that was agreed, extensions included; null when a draft doesn't say.</summary>
    public LocalDate? Until => LatestExtension?.Until ?? Terms.Until;

    /// <summary>When it is reviewed next; null when a draft doesn't say.</summary>
    public LocalDate? NextReviewOn => Reviews.Count > 0 ? Reviews[^1].NextReviewOn : Terms.ReviewOn;

    private ArrangementExtension? LatestExtension => Reviews.LastOrDefault(review => review.Extension is not null)?.Extension;

    public static Arrangement Draft(ArrangementId id, PupilId pupil, ArrangementTerms terms, Act act)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(act);
        return new Arrangement(id, pupil, terms, act);
    }

    /// <summary>Rebuilds one from what was kept.</summary>
    /// <exception cref="ArgumentException">It contradicts what is always true.</exception>
    public static Arrangement Restore(
        ArrangementId id,
        PupilId pupil,
        ArrangementTerms terms,
        Act written,
        Agreement? authorisedPerson,
        Agreement? parent,
        Act? activated,
        IEnumerable<RecordedReview> reviews,
        ArrangementEnding? ending)
    {
        var arrangement = Draft(id, pupil, terms, written) with
        {
            AuthorisedPerson = authorisedPerson,
            Parent = parent,
            Activated = activated,
            Reviews = [.. reviews],
            Ending = ending,
        };
        if (authorisedPerson is not null && authorisedPerson.Capacity != AgreementCapacity.AuthorisedPerson)
            throw new ArgumentException("The authorised person agreed in another capacity.", nameof(authorisedPerson));
        if (parent is not null && parent.Capacity != AgreementCapacity.Parent)
            throw new ArgumentException("The parent agreed in another capacity.", nameof(parent));
        if (new[] { authorisedPerson, parent }.Any(agreement => agreement is not null && !IsTo(agreement, id, terms.Until)))
            throw new ArgumentException("Somebody agreed to something else.", nameof(terms));
        if (authorisedPerson?.At < written.At || parent?.At < written.At)
            throw new ArgumentException("Somebody agreed before the terms were written.", nameof(written));
        if (authorisedPerson is not null && authorisedPerson.Who == parent?.Who)
            throw new ArgumentException("One person agreed for both sides.", nameof(parent));
        if (authorisedPerson?.At > activated?.At || parent?.At > activated?.At)
            throw new ArgumentException("Somebody agreed after it was activated.", nameof(activated));
        if (activated is null && (arrangement.Reviews.Count > 0 || ending is not null))
            throw new ArgumentException("A draft has no reviews and no ending.", nameof(activated));
        if (activated is not null && ArrangementRequirements.OfTermsAndAgreements(arrangement) is [var missing, ..])
            throw new ArgumentException($"It can't have been activated. {missing.Reason}", nameof(activated));
        var until = terms.Until;
        foreach (var extension in arrangement.Reviews.Select(review => review.Extension).OfType<ArrangementExtension>())
        {
            if (extension.Until <= until) throw new ArgumentException("An extension doesn't end later than what it extends.", nameof(reviews));
            if (!IsTo(extension.AuthorisedPerson, id, extension.Until) || !IsTo(extension.Parent, id, extension.Until))
                throw new ArgumentException("Somebody agreed to something else than the extension.", nameof(reviews));
            if (extension.AuthorisedPerson.Capacity != AgreementCapacity.AuthorisedPerson || extension.Parent.Capacity != AgreementCapacity.Parent)
                throw new ArgumentException("Somebody agreed to an extension in another capacity.", nameof(reviews));
            until = extension.Until;
        }

        return arrangement;
    }

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
        foreach (var extension in Reviews.Select(review => review.Extension).OfType<ArrangementExtension>())
        {
            if (date > until) timetable = extension.Timetable;
            until = extension.Until;
        }

        return timetable?.SlotsOn(date) ?? [];
    }

    /// <summary>Writes other terms. Who had agreed, agreed to something else: they are asked again.</summary>
    public Outcome<Arrangement> Rewrite(ArrangementTerms terms, Act act)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(act);
        if (Activated is not null) return NotADraft();
        return this with { Terms = terms, Written = act, AuthorisedPerson = null, Parent = null };
    }

    /// <summary>Notes that a parent, or the person whom the school has authorised, agrees to the terms as they stand.</summary>
    public Outcome<Arrangement> Agree(Agreement agreement)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        if (Activated is not null) return NotADraft();
        if (!IsTo(agreement, Id, Terms.Until)) return ArrangementRequirements.AgreedToOther();
        if (agreement.At < Written.At)
            return new Refusal(
                "arrangement.agreed-before-written",
                "That agreement is older than these terms, so it was to something else.",
                "Show them the terms as they stand, and record when they agreed to these.");
        if (agreement.Who == (agreement.Capacity == AgreementCapacity.Parent ? AuthorisedPerson : Parent)?.Who) return ArrangementRequirements.SamePerson();
        return agreement.Capacity switch
        {
            AgreementCapacity.Parent => this with { Parent = agreement },
            AgreementCapacity.AuthorisedPerson => this with { AuthorisedPerson = agreement },
            _ => new Refusal(
                "arrangement.agreement-capacity",
                "A reduced timetable is agreed between a parent whom the pupil normally lives with and a person whom the school has authorised.",
                "Record what the pupil says in the consultation, and ask a parent and the authorised person to agree."),
        };
    }

    /// <summary>Puts it in force from its first day to its last.</summary>
    /// <param name="bornOn">The pupil's date of birth; null when it isn't known here.</param>
    /// <param name="others">The pupil's other arrangements.</param>
    /// <returns>The active arrangement, or everything that is missing.</returns>
    public Outcome<Arrangement> Activate(
        LocalDate? bornOn, CompulsorySchoolAge compulsoryAge, ArrangementLimits limits, IEnumerable<Arrangement> others, LocalDate today, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Activated is not null) return NotADraft();
        List<Refusal> missing =
        [
            .. WhatIsMissing(bornOn, compulsoryAge, limits, others, today),
            .. ArrangementRequirements.OfAgreementsUpTo(act.At, AuthorisedPerson, Parent),
        ];
        return missing.Count > 0 ? Outcome.Refused<Arrangement>(missing) : this with { Activated = act };
    }

    /// <summary>All that stands between this draft and its activation, for a page to show as a list.</summary>
    public IReadOnlyList<Refusal> WhatIsMissing(
        LocalDate? bornOn, CompulsorySchoolAge compulsoryAge, ArrangementLimits limits, IEnumerable<Arrangement> others, LocalDate today)
        =>
        [
            .. ArrangementRequirements.OfTermsAndAgreements(this),
            .. ArrangementRequirements.OfAge(Terms.From, Terms.Until, bornOn, compulsoryAge),
            .. ArrangementRequirements.OfDates(Terms, limits, today),
            .. ArrangementRequirements.OfOthers(this, others),
        ];

    /// <summary>Records a review that lets it run on to the end date that it has.</summary>
    public Outcome<Arrangement> Continue(ArrangementReview review, LocalDate nextReviewOn, LocalDate today, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var refusals = ReviewRules.OfReview(this, review, ArrangementDecision.Continue, today);
        if (Until is { } until) refusals.AddRange(ReviewRules.OfNextReview(review, nextReviewOn, until));
        return refusals.Count > 0
            ? Outcome.Refused<Arrangement>(refusals)
            : this with { Reviews = [.. Reviews, new RecordedReview(review, nextReviewOn, null, act)] };
    }

    /// <summary>Moves the end date, as a review has decided, with new times and new agreements. One that has lapsed can't be extended.</summary>
    public Outcome<Arrangement> Extend(
        ArrangementReview review,
        ArrangementExtension extension,
        LocalDate nextReviewOn,
        LocalDate? bornOn,
        CompulsorySchoolAge compulsoryAge,
        ArrangementLimits limits,
        LocalDate today,
        Act act)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(act);
        var refusals = ReviewRules.OfReview(this, review, ArrangementDecision.Extend, today);
        refusals.AddRange(ReviewRules.OfNextReview(review, nextReviewOn, extension.Until));
        refusals.AddRange(ReviewRules.OfExtension(this, extension, limits, act));
        refusals.AddRange(ArrangementRequirements.OfAge(Terms.From, extension.Until, bornOn, compulsoryAge));
        return refusals.Count > 0
            ? Outcome.Refused<Arrangement>(refusals)
            : this with { Reviews = [.. Reviews, new RecordedReview(review, nextReviewOn, extension, act)] };
    }

    /// <summary>Ends it early. That needs no review and no reason: agreeing to stop is enough.</summary>
    /// <param name="lastDay">Today or later: days that are over were in force, whatever is decided now.</param>
    /// <param name="review">The review that decided so, if one did.</param>
    public Outcome<Arrangement> End(LocalDate lastDay, LocalDate today, Act act, ArrangementReview? review = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Activated is null)
            return new Refusal("arrangement.not-active", "This reduced timetable is a draft and was never in force.", "Leave it, or write other terms.");
        if (Ending is not null)
            return new Refusal("arrangement.ended", $"This reduced timetable has an end already, on {Ending.LastDay:d MMMM uuuu}.", "There is nothing to do.");
        if (review is not null && review.Decision != ArrangementDecision.End) return ReviewRules.NotDecided();
        if (lastDay < today)
            return new Refusal(
                "arrangement.ending-passed",
                "That day is over, and the reduced timetable was in force on the days since.",
                "Choose today or a later day as its last.");
        if (lastDay > Until)
            return new Refusal(
                "arrangement.ending-late",
                $"It ends by itself on {Until:d MMMM uuuu}, before the day that you gave.",
                "Choose an earlier last day, or extend it in a review.");
        return this with { Ending = new ArrangementEnding(lastDay, review, act) };
    }

    internal static bool IsTo(Agreement agreement, ArrangementId id, LocalDate? until) => agreement.To == new AgreedTo.ReducedTimetable(id, until);

    private static Refusal NotADraft()
        => new(
            "arrangement.not-draft",
            "This reduced timetable has been agreed and activated; what was agreed stays as it is.",
            "Change its dates in a review, or end it and agree a new one.");
}

/// <summary>How a reduced timetable stands on a day.</summary>
public enum ArrangementStanding
{
    Draft,

    /// <summary>Activated; its first day is still to come.</summary>
    Agreed,

    InForce,

    /// <summary>Its end date has passed. It is not in force, whether or not somebody has noticed.</summary>
    Lapsed,

    /// <summary>People ended it before its end date.</summary>
    Ended,
}

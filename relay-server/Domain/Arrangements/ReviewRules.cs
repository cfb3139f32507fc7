using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>What a review needs before it changes an arrangement: it is held while that is in force, with pupil and parents.</summary>
internal static class ReviewRules
{
    public static List<Refusal> OfReview(Arrangement arrangement, ArrangementReview review, ArrangementDecision needed, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(review);
        var refusals = new List<Refusal>();
        if (arrangement.Ending is { } ending)
        {
            refusals.Add(Ended(ending.LastDay));
        }
        else if (arrangement.StandingOn(today) is not (ArrangementStanding.InForce or ArrangementStanding.Agreed))
        {
            refusals.Add(new Refusal(
                "arrangement.not-in-force",
                "This reduced timetable is not in force, and what has ended is not taken up again.",
                "If one is still needed, agree a new one."));
        }

        if (review.Decision != needed)
        {
            refusals.Add(NotDecided());
        }

        if (review.HeldOn > today || review.HeldOn < arrangement.Terms.From)
        {
            refusals.Add(new Refusal(
                "arrangement.review-date",
                "The review was not held between the first day of the reduced timetable and today.",
                "Correct the date, or come back after the review."));
        }

        if (arrangement.Reviews.Any(recorded => recorded.Review.Review == review.Review))
        {
            refusals.Add(new Refusal(
                "arrangement.review-recorded", "This review is recorded already.", "Choose another review, or look at what was recorded."));
        }

        if (review.PupilsSay is null)
        {
            refusals.Add(new Refusal(
                "arrangement.review-without-pupil",
                "What the pupil says is not recorded.",
                "Ask the pupil in the way that suits them, and write down their words; that they would rather not say is an answer too."));
        }

        if (string.IsNullOrWhiteSpace(review.ParentsSay))
        {
            refusals.Add(new Refusal(
                "arrangement.review-without-parents", "What the parents say is not recorded.", "Ask a parent, and write down what they say."));
        }

        return refusals;
    }

    public static Refusal Ended(LocalDate lastDay)
        => new(
            "arrangement.ended",
            $"People have ended this reduced timetable: {lastDay.InWords()} is its last day.",
            "If one is still needed after that, agree a new one.");

    public static Refusal NotDecided()
        => new("arrangement.not-decided", "The review did not decide this.", "Record what the review decided, or hold a review.");

    public static IEnumerable<Refusal> OfNextReview(ArrangementReview review, LocalDate nextReviewOn, LocalDate until)
    {
        if (nextReviewOn <= review.HeldOn || nextReviewOn > until)
        {
            yield return new Refusal(
                "arrangement.next-review-date",
                "The next review is not between this one and the last day.",
                $"Choose a day up to {until.InWords()}.");
        }
    }

    public static IEnumerable<Refusal> OfExtension(Arrangement arrangement, ArrangementExtension extension, ArrangementFacts facts, Act act)
    {
        if (arrangement is not { Terms.From: { } first, Until: { } until, Activated: { } activated }) yield break; // a draft: refused already

        var from = until.PlusDays(1);
        if (extension.Until <= until)
        {
            yield return new Refusal(
                "arrangement.not-later", $"It lasts to {until.InWords()} as it is.", "Choose a later end date, or record that it runs on as agreed.");
        }

        if (extension.Timetable.From > from)
        {
            yield return new Refusal(
                "arrangement.times-late", "The agreed times begin after the first day of the extension.", $"Enter the times from {from.InWords()} on.");
        }

        var lastAgreed = arrangement.Reviews.LastOrDefault(review => review.Extension is not null)?.Act.At ?? activated.At;
        if (!IsNew(extension.AuthorisedPerson, AgreementCapacity.AuthorisedPerson, lastAgreed))
        {
            yield return new Refusal(
                "arrangement.authorised-missing",
                "Nobody whom the school has authorised has agreed to the extension.",
                "Ask the authorised person again: the earlier agreement was to the earlier dates.");
        }

        if (!IsNew(extension.Parent, AgreementCapacity.Parent, lastAgreed))
        {
            yield return new Refusal(
                "arrangement.parent-missing",
                "No parent whom the pupil normally lives with has agreed to the extension.",
                "Ask a parent again: the earlier agreement was to the earlier dates.");
        }

        if (!Arrangement.IsTo(extension.AuthorisedPerson, arrangement.Id, extension.Until) || !Arrangement.IsTo(extension.Parent, arrangement.Id, extension.Until))
            yield return ArrangementRequirements.AgreedToOther();
        if (WrittenDownForOthers.WhyNot(extension.Parent.Manner, extension.Parent.Recorded) is { } notTheirs) yield return notTheirs;
        if (extension.AuthorisedPerson.Who == extension.Parent.Who) yield return ArrangementRequirements.SamePerson();
        IEnumerable<Refusal> others =
        [
            .. ArrangementRequirements.OfAgreementsUpTo(act.At, extension.AuthorisedPerson, extension.Parent),
            .. ArrangementRequirements.OfParent(arrangement.Pupil, extension.Parent, facts),
            .. ArrangementRequirements.OfAge(from, extension.Until, facts),
            .. ArrangementRequirements.OfLength(from, extension.Until, facts.Limits.LongestWeeks),
            .. ArrangementRequirements.OfLength(first, extension.Until, facts.Limits.LongestWeeksWithExtensions),
            .. ArrangementRequirements.OfOthers(arrangement, from, extension.Until, facts),
        ];
        foreach (var refusal in others) yield return refusal;
    }

    /// <summary>An agreement from before the last dates were settled can't be to later ones.</summary>
    private static bool IsNew(Agreement agreement, AgreementCapacity capacity, Instant lastAgreed)
        => agreement.Capacity == capacity && agreement.At > lastAgreed;
}

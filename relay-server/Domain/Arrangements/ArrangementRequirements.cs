using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>Without each of these a reduced timetable can't be activated: law first, then guidance, then the local authority's limits.</summary>
internal static class ArrangementRequirements
{
    public static List<Refusal> OfTermsAndAgreements(Arrangement arrangement)
    {
        var terms = arrangement.Terms;
        var missing = new List<Refusal>();

        // SI 2024/208 reg. 11(6)
        Need(!string.IsNullOrWhiteSpace(terms.ExceptionalCircumstances), "arrangement.circumstances-missing",
            "A reduced timetable is for exceptional circumstances, and none are written down.", "Write what makes it necessary for this pupil now.");
        Need(arrangement.AuthorisedPerson is not null, "arrangement.authorised-missing",
            "Nobody whom the school has authorised has agreed to these terms.", "Ask the authorised person, and record who agreed, when and how.");
        Need(arrangement.Parent is not null, "arrangement.parent-missing",
            "No parent whom the pupil normally lives with has agreed to these terms.", "Ask a parent, and record who agreed, when and how.");
        Need(terms.From is not null, "arrangement.start-missing",
            "It has no first day.", "Choose the day on which it begins.");
        Need(terms.Until is not null, "arrangement.end-missing",
            "It has no end date.", "Choose a clear last day; a review can move it later.");
        Need(!(terms.Until < terms.From), "arrangement.end-before-start",
            "Its last day is before its first.", "Correct the dates.");
        Need(terms.Timetable is not null, "arrangement.times-missing",
            "The times at school are not agreed.", "Enter the days and times when the pupil is expected at school.");
        Need(terms.Timetable is null || terms.From is null || terms.Timetable.From <= terms.From, "arrangement.times-late",
            "The agreed times begin after its first day.", "Enter the times from the first day on.");
        Need(terms.ConfirmedTemporary is not null, "arrangement.temporary-unconfirmed",
            "Nobody has confirmed that it is temporary.", "Confirm that it is temporary and leads back to full time.");

        // Guidance: Working together to improve school attendance, part-time timetables
        Need(terms.Plan is not null && !string.IsNullOrWhiteSpace(terms.PlaceInPlan), "arrangement.plan-missing",
            "It is not part of a wider plan for coming back to school.", "Choose the pupil's support plan, and write how this helps towards its goal.");
        Need(terms.Consultation is not null, "arrangement.consultation-missing",
            "What pupil and parents say is not recorded.", "Ask which parts of the day feel manageable and motivating, and write down what they say.");
        Need(terms.Consultation is null or { Pupil: not null }, "arrangement.pupil-unheard",
            "What the pupil says is not recorded.", "Ask the pupil, and write down their words; that they chose not to say is an answer too.");
        Need(terms.Consultation is null or { ParentsWords: not null }, "arrangement.parents-unheard",
            "What the parents say is not recorded.", "Ask a parent, and write down their words; that they would rather not say is an answer too.");
        Need(terms.Consultation is null or { On: not null }, "arrangement.consultation-undated",
            "It does not say when pupil and parents were asked.", "Enter the day on which they were asked.");
        Need(terms.ReviewOn is not null, "arrangement.review-missing",
            "No review with pupil and parents is planned.", "Choose the day of the first review.");
        Need(!(terms.ReviewOn < terms.From) && !(terms.ReviewOn > terms.Until), "arrangement.review-outside",
            "The review is not between its first and its last day.", "Choose a day for the review while it is in force.");
        Need(!string.IsNullOrWhiteSpace(terms.SafeguardingOffSite), "arrangement.safeguarding-missing",
            "It does not say how the pupil is kept safe at the times off site.", "Write who checks on the pupil, how and how often.");
        Need(terms.ConfirmedNotForBehaviour is not null, "arrangement.behaviour-unconfirmed",
            "Nobody has confirmed that it is not a way to manage behaviour.", "Confirm it, or don't use a reduced timetable: it is never for that.");
        return missing;

        void Need(bool fulfilled, string code, string reason, string nextStep)
        {
            if (!fulfilled) missing.Add(new Refusal(code, reason, nextStep));
        }
    }

    /// <summary>Compulsory school age on each day of it: on its first and on its last.</summary>
    public static IEnumerable<Refusal> OfAge(LocalDate? from, LocalDate? until, ArrangementFacts facts)
    {
        var compulsoryAge = facts.CompulsoryAge;
        if (facts.BornOn is not { } birth)
        {
            yield return new Refusal(
                "arrangement.birth-date-missing", "The pupil's date of birth is not known, so nor is compulsory school age.", "Enter the date of birth.");
            yield break;
        }

        if (from is { } first && first < compulsoryAge.FirstDay(birth))
        {
            yield return new Refusal(
                "arrangement.below-compulsory-age",
                $"The pupil is of compulsory school age from {compulsoryAge.FirstDay(birth).InWords()}, after its first day.",
                "Agree the hours in another way until then: this arrangement is for pupils of compulsory school age.");
        }

        if (until is { } last && last > compulsoryAge.LastDay(birth))
        {
            yield return new Refusal(
                "arrangement.above-compulsory-age",
                $"The pupil is of compulsory school age up to {compulsoryAge.LastDay(birth).InWords()}, before its last day.",
                "Choose an end date no later than that: this arrangement is for pupils of compulsory school age.");
        }
    }

    public static Refusal SamePerson()
        => new(
            "arrangement.same-person",
            "One person can't agree both as a parent and for the school.",
            "Ask another authorised person, or another parent whom the pupil normally lives with.");

    public static Refusal AgreedToOther()
        => new(
            "arrangement.agreed-to-other",
            "That agreement was to another reduced timetable, or to other dates.",
            "Show them this one with its dates, and record when they agreed to it.");

    /// <summary>Nobody acts on an agreement that is still to come.</summary>
    public static IEnumerable<Refusal> OfAgreementsUpTo(Instant at, params IEnumerable<Agreement?> agreements)
    {
        if (agreements.Any(agreement => agreement?.At > at))
        {
            yield return new Refusal(
                "arrangement.agreed-later", "Somebody's agreement has a time that is still to come.", "Correct the time, or come back when they have agreed.");
        }
    }

    /// <summary>"A parent whom the pupil normally lives with": as it is entered, not as somebody says who records the agreement.</summary>
    public static IEnumerable<Refusal> OfParent(PupilId pupil, Agreement? parent, ArrangementFacts facts)
    {
        if (parent is not null && !facts.LivesWith(pupil, parent.Who))
        {
            yield return new Refusal(
                "arrangement.parent-elsewhere",
                "It is not entered that the pupil normally lives with the parent who agreed.",
                "Ask a parent whom the pupil lives with, or have it entered where the pupil lives.");
        }
    }

    /// <summary>On each day at most one reduced timetable says when the pupil is expected.</summary>
    public static IEnumerable<Refusal> OfOthers(Arrangement arrangement, LocalDate? from, LocalDate? until, ArrangementFacts facts)
    {
        foreach (var other in facts.Others.Where(other => other.Pupil == arrangement.Pupil && other.Id != arrangement.Id && other.Activated is not null))
        {
            if (other.Terms.From is not { } first || (other.Ending?.LastDay ?? other.Until) is not { } last) continue; // what was activated has both
            if (from <= last && first <= last && first <= until)
            {
                yield return new Refusal(
                    "arrangement.overlaps",
                    $"Another reduced timetable of this pupil is agreed from {first.InWords()} to {last.InWords()}.",
                    "Choose other dates, or end the other one first.");
            }
        }
    }

    public static IEnumerable<Refusal> OfDates(ArrangementTerms terms, ArrangementFacts facts)
    {
        var (limits, today) = (facts.Limits, facts.Today);
        if (terms.Until < today)
            yield return new Refusal("arrangement.end-passed", "Its end date has passed.", "Agree new dates.");
        if (terms.From is not { } from) yield break;
        if (from < today)
        {
            yield return new Refusal(
                "arrangement.start-passed",
                "Its first day has passed, and days that are over can't be agreed afterwards.",
                "Choose a first day from today on, and ask for agreement to it.");
        }

        if (limits.FirstReviewWithinWeeks is { } reviewWeeks && terms.ReviewOn > from.PlusWeeks(reviewWeeks))
        {
            yield return new Refusal(
                "arrangement.first-review-late",
                $"The local authority asks for a first review within {Weeks(reviewWeeks)}.",
                $"Choose a day for the review up to {from.PlusWeeks(reviewWeeks).InWords()}.");
        }

        if (terms.Until is { } until)
        {
            foreach (var refusal in OfLength(from, until, limits.LongestWeeks)) yield return refusal;
            foreach (var refusal in OfLength(from, until, limits.LongestWeeksWithExtensions)) yield return refusal;
        }
    }

    public static IEnumerable<Refusal> OfLength(LocalDate from, LocalDate until, int? longestWeeks)
    {
        if (longestWeeks is not { } weeks) yield break;
        var latest = from.PlusWeeks(weeks).PlusDays(-1);
        if (until > latest)
        {
            yield return new Refusal(
                "arrangement.too-long",
                $"The local authority allows {Weeks(weeks)} from {from.InWords()}.",
                $"Choose an end date up to {latest.InWords()}.");
        }
    }

    private static string Weeks(int count) => count == 1 ? "1 week" : $"{count} weeks";
}

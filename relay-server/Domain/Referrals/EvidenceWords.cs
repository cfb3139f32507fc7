using System.Collections.Immutable;
using System.Globalization;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Referrals;

/// <summary>Records as a reader outside the school reads them. The pupil's ratings are not among it: whom they show them to is theirs to say.</summary>
internal static class EvidenceWords
{
    public static ImmutableArray<EvidenceItem> Of(ReferralSources sources, LocalDate today)
    {
        var reviews = sources.Plan.Reviews;
        return
        [
            .. OfPupilsSay(sources.Plan, today),
            .. OfPlan(sources.Plan, today),
            .. reviews.IsEmpty ? [new EvidenceItem(EvidenceSource.Review, today, "Reviews", ["No review is included."])] : reviews.Select(OfReview),
            .. sources.Arrangements.SelectMany(OfArrangement),
            OfContacts(sources.Contacts, sources.Zone, today),
            OfLedger(sources.Ledger, today),
            .. sources.MissedDays is { } missed ? [OfMissedDays(missed, today)] : Enumerable.Empty<EvidenceItem>(),
            .. sources.Added,
        ];
    }

    private static IEnumerable<EvidenceItem> OfPupilsSay(PlanView plan, LocalDate today)
    {
        if (plan.PupilsSays.Length > 0)
            yield return new EvidenceItem(EvidenceSource.PupilsSay, today, "To the plan", [.. plan.PupilsSays.SelectMany(Words)]);
        foreach (var review in plan.Reviews)
        {
            if (review.Say is { } say) yield return new EvidenceItem(EvidenceSource.PupilsSay, review.HeldOn, "In the review", [.. Words(say)]);
        }
    }

    private static IEnumerable<string> Words(PupilsSay say)
    {
        yield return say.ChoseNotToSay ? "Was asked, and chose not to say." : say.Words;
        if (say.Manageable.Length > 0) yield return $"Manageable parts of the day: {string.Join(", ", say.Manageable)}.";
        if (say.Motivating.Length > 0) yield return $"Motivating parts of the day: {string.Join(", ", say.Motivating)}.";
    }

    private static IEnumerable<EvidenceItem> OfPlan(PlanView plan, LocalDate today)
    {
        var steps = plan.Ladder.Steps.Select((step, index) => (ImmutableArray<string>)
        [
            Number(index + 1), step.Situation, step.Place, step.WhoIsThere, step.Robot is null ? "In person" : "With the robot",
            index + 1 == plan.Ladder.CurrentNumber ? "Here now" : "",
        ]);
        yield return new EvidenceItem(
            EvidenceSource.Plan, today, "Goal and ladder",
            [
                $"Goal, in person: {plan.Goal.Name} ({plan.Goal.Place}).",
                plan.NextReviewOn is { } next ? $"The next review is on {next.InWords()}." : "No next review is planned.",
            ],
            new DocumentBlock.Table(["Step", "Situation", "Where", "Who is there", "How", ""], [.. steps]));
        foreach (var section in plan.Sections) yield return new EvidenceItem(EvidenceSource.Plan, today, section.Heading, [section.Text]);
    }

    private static EvidenceItem OfReview(ReviewView review) => new(
        EvidenceSource.Review, review.HeldOn, "Review",
        [
            $"Who came: {string.Join(", ", review.Participants.Select(person => person.Role))}.",
            $"At the step: {review.Step.Situation}",
            $"What was tried: {review.WhatWasTried}",
            string.Create(CultureInfo.InvariantCulture, $"Outcome: {review.Outcome:+0;−0;0} of −2 to +2. Decided: {Words(review.Decision)}."),
            $"Robot time {Minutes(review.RobotUse.RobotTime)} minutes, steps in person {Number(review.RobotUse.InPersonSteps)}.",
            review.NextReviewOn is { } next ? $"Next review: {next.InWords()}." : "The plan ends.",
        ]);

    private static IEnumerable<EvidenceItem> OfArrangement(ArrangementView arrangement)
    {
        if (arrangement is not { IsDraft: false, From: { } from, LastDay: { } last }) yield break;
        var rows = arrangement.Timetables.SelectMany(timetable => timetable.Weeks)
            .SelectMany(week => week.Times, (week, time) => (ImmutableArray<string>)
            [
                week.From.InWords(), time.Day.ToString(), Clock(time.Start), Clock(time.End),
            ]);
        yield return new EvidenceItem(
            EvidenceSource.Arrangement, from, "Reduced timetable",
            [
                arrangement.ExceptionalCircumstances, $"From {from.InWords()} to {last.InWords()}.",
                .. arrangement.PupilsSays.SelectMany(Words).Select(words => $"The pupil: {words}"),
                .. arrangement.ParentsWords.Select(words => $"The parents: {words}"),
            ],
            new DocumentBlock.Table(["From", "Day", "Starts", "Ends"], [.. rows]));
    }

    private static EvidenceItem OfContacts(ContactsView contacts, DateTimeZone zone, LocalDate today)
    {
        var rows = contacts.Entries.OrderBy(entry => entry.At)
            .Select(entry => (ImmutableArray<string>)[entry.At.InZone(zone).Date.InWords(), Words(entry.With), Words(entry.Manner), entry.NoteNow]);
        return contacts.Entries.IsEmpty
            ? new EvidenceItem(EvidenceSource.Contact, today, "Regular contact", ["No contact is included."])
            : new EvidenceItem(EvidenceSource.Contact, today, "Regular contact", [], new DocumentBlock.Table(["Day", "With", "How", "Note"], [.. rows]));
    }

    private static EvidenceItem OfLedger(EngagementLedger ledger, LocalDate today)
    {
        var rows = ledger.ByWeek().Select(week => (ImmutableArray<string>)
        [
            week.Monday.InWords(), Number(week.Sum.RobotSessions), Number(week.Sum.RobotMinutes),
            Number(week.Sum.InPersonTries), Number(week.Sum.InPersonMinutes),
        ]);
        return ledger.Counting.Any()
            ? new EvidenceItem(
                EvidenceSource.Ledger, today, "Week by week", ["This is engagement, and says nothing about attendance."],
                new DocumentBlock.Table(["Week from", "Sessions with the robot", "Minutes with it", "Times in person", "Minutes in person"], [.. rows]))
            : new EvidenceItem(EvidenceSource.Ledger, today, "Week by week", ["Nothing is recorded."]);
    }

    private static EvidenceItem OfMissedDays(MissedDays missed, LocalDate today) => new(
        EvidenceSource.MissedDays, today, "For a health reason, in this academic year",
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{missed.CumulativeDays:0.#} school days, the longest run of them {missed.LongestRunDays:0.#} days, as the school's register says."),
        ]);

    private static string Words(ReviewDecision decision) => decision switch
    {
        ReviewDecision.Stay => "stay at this step",
        ReviewDecision.Repeat => "repeat this step",
        ReviewDecision.Split => "split this step into smaller ones",
        ReviewDecision.StepDown => "step down",
        ReviewDecision.StepUp => "step up",
        ReviewDecision.Fade => "less of the robot, more in person",
        _ => "end the plan",
    };

    private static string Words(ContactWith with) => with switch
    {
        ContactWith.Pupil => "Pupil",
        ContactWith.Parent => "Parent",
        _ => "Pupil and parent",
    };

    private static string Words(ContactManner manner) => manner switch
    {
        ContactManner.Call => "Call",
        ContactManner.Visit => "Visit",
        ContactManner.Email => "E-mail",
        ContactManner.Letter => "Letter",
        ContactManner.VideoCall => "Video call",
        _ => "At school",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Minutes(Duration time) => Number((int)Math.Round(time.TotalMinutes, MidpointRounding.AwayFromZero));

    private static string Clock(LocalTime time) => time.ToString("HH':'mm", CultureInfo.InvariantCulture);
}

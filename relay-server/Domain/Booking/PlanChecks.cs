using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether the pupil's plan lets a session be booked at all.</summary>
internal static class PlanChecks
{
    /// <param name="date">The session's. What stands in the way on a day for its date does so on every later day.</param>
    public static IEnumerable<Refusal> Find(StepId step, PupilLocation? location, LocalDate date, PlanFacts plan)
    {
        if (!plan.IsActive)
            yield return new("booking.plan-not-active", "The support plan is not active.", "Activate the plan with the pupil first.");

        // Rule 7: it may be late, and for long: then the review comes first.
        if (date >= plan.ReviewLongOverdueFrom)
        {
            yield return new(
                "booking.review-overdue", "The plan's review will be long overdue by then, or is already.",
                "Hold the review, and set the date of the next one.");
        }

        foreach (var agreement in plan.NeededAgreements.Where(agreement => date > agreement.Until))
        {
            yield return new(
                "booking.agreement-lapsed", $"{agreement.What} is not in force on that day.",
                "Ask for it again, and record who agreed, when and how.");
        }

        if (step != plan.CurrentStep.Id)
        {
            yield return new(
                "booking.not-the-current-step", "This is not the step that the pupil is at.",
                "Book the current step, or change the step together with the pupil.");
        }

        if (plan.CurrentStep.Robot is null)
        {
            yield return new(
                "booking.step-without-robot", "The pupil's current step is done in person, without the robot.",
                "Put it in the calendar without a robot.");
        }

        if (location is null)
        {
            yield return new(
                "booking.location-missing", "It is not said where the pupil will be.",
                "Choose home, the school site or another place.");
        }
    }
}

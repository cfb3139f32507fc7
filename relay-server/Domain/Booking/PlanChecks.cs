using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether the pupil's plan lets this session be booked.</summary>
internal static class PlanChecks
{
    public static IEnumerable<Refusal> Find(StepId step, PupilLocation? location, LocalDate date, PlanFacts plan)
    {
        foreach (var refusal in plan.WhyNotBook(date)) yield return refusal;

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

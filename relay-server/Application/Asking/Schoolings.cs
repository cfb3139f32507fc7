using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Asking;

/// <summary>At which school a pupil is: that one's staff draft the plan and put it to use, and no other's.</summary>
internal static class Schoolings
{
    public static Refusal PupilElsewhere { get; } = new(
        "plan.pupil-elsewhere",
        "The pupil is not entered at this school today.",
        "Look at the pupil's schools. Where the pupil has moved, close this plan: the other school drafts one of its own.");

    /// <summary>Null: nobody has entered the pupil anywhere.</summary>
    public static async Task<Schooling?> SchoolingAsync(this IWork work, PupilId pupil, CancellationToken cancellationToken) =>
        (await work.Schoolings.FindAsync(pupil, cancellationToken))?.Value;

    public static async Task<bool> IsAtAsync(
        this IWork work, PupilId pupil, SchoolId school, LocalDate date, CancellationToken cancellationToken) =>
        (await work.SchoolingAsync(pupil, cancellationToken))?.SchoolOn(date) == school;
}

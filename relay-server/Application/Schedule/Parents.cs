using AV1Relay.Application.Asking;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Schedule;

/// <summary>Looks up who speaks for the pupil of a session as a parent.</summary>
internal static class Parents
{
    public static async Task<PupilsParents> ParentsAsync(this IWork work, BookedUse booked, Instant now, CancellationToken cancellationToken) =>
        PupilsParents.Of(
            booked.Pupil,
            (await work.Parenthoods.OfPupilAsync(booked.Pupil, cancellationToken)).Select(kept => kept.Value),
            (await work.Assignments.OfPlanAsync(booked.Plan, cancellationToken)).Select(kept => kept.Value),
            await work.TodayAsync(booked.School, now, cancellationToken),
            now);
}

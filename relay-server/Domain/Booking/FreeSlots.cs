using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What staff would like: a session at the pupil's step in any lesson of these days.</summary>
/// <param name="Id">For the one that is chosen.</param>
/// <param name="Carriers">Who could carry the robot, whom to ask first at the front.</param>
public sealed record FreeSlotWish(
    ScheduledSessionId Id,
    PlanId Plan,
    StepId Step,
    PupilLocation? Location,
    DateInterval Days,
    ImmutableArray<PersonId> Carriers,
    Act By)
{
    /// <summary>As many proposals at most.</summary>
    public int Wanted { get; init; } = 10;

    /// <summary>As many combinations are looked at, at most.</summary>
    public int Tries { get; init; } = 5_000;

    public override string ToString() => nameof(FreeSlotWish);
}

/// <summary>Where a session would fit.</summary>
/// <param name="Proposals">One a lesson, earliest first; each can be booked as it is, but they share an id: only one of them.</param>
/// <param name="IsWhole">False when there may be more: enough were found, or enough tried.</param>
public sealed record FreeSlots(ImmutableArray<BookingRequest> Proposals, bool IsWhole)
{
    /// <summary>
    /// Solves step × lesson × robot × carrier × room × battery, by trying: days, then lessons as they begin, then robots by name, then
    /// carriers as given. The same board and wish give the same answer.
    /// </summary>
    /// <returns>Refused when the plan alone stands in the way, from the first of the days on.</returns>
    public static Outcome<FreeSlots> Find(FreeSlotWish wish, BookingBoard board)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(board);
        if (wish.Plan != board.Plan.Plan) throw new ArgumentException("The board is another plan's.", nameof(board));
        if (PlanChecks.Find(wish.Step, wish.Location, wish.Days.Start, board.Plan).ToList() is { Count: > 0 } refusals)
            return Outcome.Refused<FreeSlots>(refusals);

        var found = ImmutableArray.CreateBuilder<BookingRequest>();
        var tries = 0;
        foreach (var lesson in Lessons(wish, board))
        {
            if (found.Count == wish.Wanted) return new FreeSlots(found.ToImmutable(), IsWhole: false);
            foreach (var candidate in Candidates(wish, lesson, board))
            {
                if (tries++ == wish.Tries) return new FreeSlots(found.ToImmutable(), IsWhole: false);
                if (Bookings.FindRefusals(candidate, board).Count > 0) continue;
                found.Add(candidate);
                break;
            }
        }

        return new FreeSlots(found.ToImmutable(), IsWhole: true);
    }

    private static IEnumerable<LessonFacts> Lessons(FreeSlotWish wish, BookingBoard board) =>
        from day in board.Days.OrderBy(day => day.Date)
        where day.ClosedBecause is null && wish.Days.Contains(day.Date)
        from lesson in day.Lessons.OrderBy(lesson => lesson.Slot.Start).ThenBy(lesson => lesson.Name.Id.Value)
        where lesson.Room is not null
        select lesson;

    private static IEnumerable<BookingRequest> Candidates(FreeSlotWish wish, LessonFacts lesson, BookingBoard board)
    {
        var slot = new LocalSlot(lesson.Slot.Date, lesson.Slot.Start, Duration.Min(lesson.Slot.Duration, board.Plan.CurrentStep.Duration));
        return
            from robot in board.Robots.OrderBy(robot => robot.Name, StringComparer.Ordinal)
            from carrier in wish.Carriers
            select new BookingRequest(
                wish.Id, wish.Plan, wish.Step, lesson.Name.Id, lesson.Room, slot, board.Zone, wish.Location, carrier, robot.Name, wish.By);
    }
}

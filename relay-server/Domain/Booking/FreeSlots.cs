using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What staff would like: a session at the pupil's step in any lesson of these days.</summary>
/// <param name="Id">For the one that is chosen; of one that is to be moved its own: that doesn't stand in its own way.</param>
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

    /// <summary>So many times, robots and carriers are looked at, about, at most.</summary>
    public int Tries { get; init; } = 5_000;

    public override string ToString() => nameof(FreeSlotWish);
}

/// <summary>Where a session would fit.</summary>
/// <param name="Proposals">One a lesson, earliest first; each can be booked as it is, but they share an id: only one of them.</param>
/// <param name="IsWhole">False when there may be more: enough were found, or enough tried.</param>
public sealed record FreeSlots(ImmutableArray<BookingRequest> Proposals, bool IsWhole)
{
    /// <summary>
    /// Solves step × lesson × robot × carrier × room × battery, by trying: days, then lessons as they begin; in each the first robot by name that
    /// fits, and the first carrier as given. Neither depends on the other, so they are not tried in pairs. The same board and wish give the
    /// same answer.
    /// </summary>
    /// <returns>Refused when the plan alone stands in the way, from the first of the days on.</returns>
    public static Outcome<FreeSlots> Find(FreeSlotWish wish, BookingBoard board)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(board);
        if (wish.Plan != board.Plan.Plan) throw new ArgumentException("The board is another plan's.", nameof(board));
        if (PlanChecks.Find(wish.Step, wish.Location, wish.Days.Start, board.Plan).ToList() is { Count: > 0 } refusals)
            return Outcome.Refused<FreeSlots>(refusals);

        board = board.Without(wish.Id);
        ImmutableArray<string> robots = [.. board.Robots.Select(robot => robot.Name).Order(StringComparer.Ordinal)];
        var found = ImmutableArray.CreateBuilder<BookingRequest>();
        var tries = 0;
        if (robots.IsEmpty || wish.Carriers.IsDefaultOrEmpty) return new FreeSlots([], IsWhole: true);
        foreach (var lesson in Lessons(wish, board))
        {
            if (found.Count == wish.Wanted || tries >= wish.Tries) return new FreeSlots(found.ToImmutable(), IsWhole: false);
            if (FindIn(lesson, wish, robots, board, ref tries) is { } proposal) found.Add(proposal);
        }

        return new FreeSlots(found.ToImmutable(), IsWhole: true);
    }

    private static BookingRequest? FindIn(
        LessonFacts lesson, FreeSlotWish wish, ImmutableArray<string> robots, BookingBoard board, ref int tries)
    {
        var slot = new LocalSlot(lesson.Slot.Date, lesson.Slot.Start, Duration.Min(lesson.Slot.Duration, board.Plan.CurrentStep.Duration));
        var proposal = new BookingRequest(
            wish.Id, wish.Plan, wish.Step, lesson.Name.Id, lesson.Room, slot, board.Zone, wish.Location, wish.Carriers[0], robots[0], wish.By);
        tries++;
        if (Bookings.AgainstTimeAndPlace(proposal, board).Any()) return null;

        var withRobot = First(robots.Select(robot => proposal with { RobotName = robot }), Bookings.AgainstRobot, board, ref tries);
        return withRobot is null
            ? null
            : First(wish.Carriers.Select(carrier => withRobot with { Carrier = carrier }), Bookings.AgainstCarrier, board, ref tries);
    }

    private static BookingRequest? First(
        IEnumerable<BookingRequest> candidates, Func<BookingRequest, BookingBoard, IEnumerable<Refusal>> against, BookingBoard board, ref int tries)
    {
        foreach (var candidate in candidates)
        {
            tries++;
            if (!against(candidate, board).Any()) return candidate;
        }

        return null;
    }

    private static IEnumerable<LessonFacts> Lessons(FreeSlotWish wish, BookingBoard board) =>
        from day in board.Days.OrderBy(day => day.Date)
        where day.ClosedBecause is null && wish.Days.Contains(day.Date)
        from lesson in day.Lessons.OrderBy(lesson => lesson.Slot.Start).ThenBy(lesson => lesson.Name.Id.Value)
        where lesson.Room is not null
        select lesson;
}

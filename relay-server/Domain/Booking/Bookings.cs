using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Domain.Booking;

/// <summary>Books sessions: a session that is proposed, or every reason why not.</summary>
public static class Bookings
{
    /// <summary>Times of one repeat: a week each of an academic year.</summary>
    public const int MostAtOnce = 53;

    /// <summary>Books one session.</summary>
    /// <exception cref="ArgumentException">The board is another plan's, or already has a session of this id.</exception>
    public static Outcome<ScheduledSession> Check(BookingRequest request, BookingBoard board)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(board);
        if (board.Sessions.Any(session => session.Id == request.Id))
            throw new ArgumentException("That id is taken: move the session instead.", nameof(request));

        var refusals = FindRefusals(request, board);
        return refusals.Count > 0
            ? Outcome.Refused<ScheduledSession>(refusals)
            : new ScheduledSession(request.Id, ToUse(request, board), new SessionHistory(request.By));
    }

    /// <summary>
    /// Puts a session at another time or place, with another robot or carrier, or at its step as that reads now; everything is checked again.
    /// </summary>
    /// <remarks>Who has agreed to another time, place or to less than this, is asked again: the session is then proposed once more.</remarks>
    /// <param name="request">Made with <see cref="BookingRequest.ForMoving"/>.</param>
    /// <exception cref="ArgumentException">The request is another session's, or the board another plan's.</exception>
    public static Outcome<ScheduledSession> Move(ScheduledSession session, BookingRequest request, BookingBoard board)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(board);
        if (request.Id != session.Id || request.Plan != session.Booked.Plan)
            throw new ArgumentException("The request is another session's.", nameof(request));
        if (!session.CanBeMoved) return SessionRefusals.WrongMoment(session.State);

        var others = board.Without(session.Id);
        var refusals = FindRefusals(request, others);
        return refusals.Count > 0 ? Outcome.Refused<ScheduledSession>(refusals) : session.MoveTo(ToUse(request, others), request.By);
    }

    /// <summary>Books the same at several times, each for itself: one that is refused stops no other, and none is dropped.</summary>
    /// <returns>As many answers as slots, in their order. Each knows those booked before it.</returns>
    public static ImmutableArray<RepeatedBooking> Repeat(BookingRequest pattern, IReadOnlyList<RepeatSlot> slots, BookingBoard board)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(board);
        var answers = ImmutableArray.CreateBuilder<RepeatedBooking>(slots.Count);
        foreach (var (id, slot) in slots)
        {
            var outcome = Check(pattern with { Id = id, Slot = slot }, board);
            if (outcome.TryGet(out var session, out _)) board = board.With(session);
            answers.Add(new RepeatedBooking(slot, outcome));
        }

        return answers.MoveToImmutable();
    }

    internal static List<Refusal> FindRefusals(BookingRequest request, BookingBoard board)
    {
        if (request.Plan != board.Plan.Plan) throw new ArgumentException("The board is another plan's.", nameof(board));
        return
        [
            .. PlanChecks.Find(request.Step, request.Location, request.Slot.Date, board.Plan),
            .. SchoolCheck.Find(request, board),
            .. TimeChecks.Find(request, board),
            .. WeekCheck.Find(request, board),
            .. ConflictChecks.OfRobot(request, board),
            .. ConflictChecks.OfPupil(request, board),
            .. ConflictChecks.OfCarrier(request, board),
            .. RobotChecks.Find(request, board),
            .. PlaceChecks.Find(request, board),
        ];
    }

    /// <summary>What stands against it with whatever robot and carrier; lazily, the first one is enough.</summary>
    internal static IEnumerable<Refusal> AgainstTimeAndPlace(BookingRequest request, BookingBoard board) =>
        PlanChecks.Find(request.Step, request.Location, request.Slot.Date, board.Plan)
            .Concat(SchoolCheck.Find(request, board))
            .Concat(TimeChecks.Find(request, board))
            .Concat(WeekCheck.Find(request, board))
            .Concat(ConflictChecks.OfPupil(request, board))
            .Concat(PlaceChecks.Find(request, board));

    /// <summary>What stands against its robot, whoever carries it.</summary>
    internal static IEnumerable<Refusal> AgainstRobot(BookingRequest request, BookingBoard board) =>
        ConflictChecks.OfRobot(request, board).Concat(RobotChecks.Find(request, board));

    /// <summary>What stands against its carrier, whichever robot it is.</summary>
    internal static IEnumerable<Refusal> AgainstCarrier(BookingRequest request, BookingBoard board) => ConflictChecks.OfCarrier(request, board);

    private static BookedUse ToUse(BookingRequest request, BookingBoard board)
    {
        var (plan, step) = (board.Plan, board.Plan.CurrentStep);
        return new BookedUse(
            plan.School,
            plan.Pupil,
            plan.Plan,
            step.Id,
            step.Robot!.Capabilities, // a step without a robot has been refused
            step.Robot.AsksParent,
            TimeChecks.FindLesson(request, board)?.Name,
            PlaceChecks.FindRoom(request, board)!.Value, // none has been refused
            request.Slot,
            board.Zone,
            request.Location!.Value, // none has been refused
            request.Carrier,
            request.RobotName,
            plan.KeyAdult);
    }
}

/// <param name="Id">For the session, should it be booked.</param>
public sealed record RepeatSlot(ScheduledSessionId Id, LocalSlot Slot);

public sealed record RepeatedBooking(LocalSlot Slot, Outcome<ScheduledSession> Outcome);

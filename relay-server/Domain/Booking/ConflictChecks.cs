using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Nobody and nothing is in two places at once: robot, pupil, carrier. A room may host many.</summary>
internal static class ConflictChecks
{
    public static IEnumerable<Refusal> OfRobot(BookingRequest request, BookingBoard board)
    {
        var robot = Held(board, session => session.Booked.RobotName == request.RobotName);
        if (AnyIn(robot, request))
        {
            yield return Taken(
                "booking.robot-taken", "The robot is booked for another session at that time.", "Choose another robot or another time.",
                HeldWithRest(request, board), request, board);
        }
        else if (AnyIn(HeldWithRest(request, board), request))
        {
            yield return Taken(
                "booking.robot-rests", $"The robot needs {board.Rules.BetweenPupils.TotalMinutes:0} minutes between two pupils.",
                "Choose another robot or another time.", HeldWithRest(request, board), request, board);
        }
    }

    public static IEnumerable<Refusal> OfPupil(BookingRequest request, BookingBoard board)
    {
        var pupil = Held(board, session => session.Booked.Pupil == board.Plan.Pupil);
        if (AnyIn(pupil, request))
            yield return Taken("booking.pupil-busy", "The pupil has another session at that time.", "Choose another time.", pupil, request, board);
    }

    /// <summary>Of somebody who may not carry a robot here, nothing more is told: when they are busy, say.</summary>
    public static IEnumerable<Refusal> OfCarrier(BookingRequest request, BookingBoard board)
    {
        if (board.Carriers.FirstOrDefault(facts => facts.Carrier == request.Carrier) is not { } known)
        {
            yield return new(
                "booking.carrier-unknown", "Whoever is to carry the robot has no role at this school that includes placing it.",
                "Choose the key adult, the SENDCo, a teacher or a technician, or have this person given such a role first.");
            yield break;
        }

        var carrier = Held(board, session => session.Booked.Carrier == request.Carrier);
        if (AnyIn(carrier, request))
        {
            yield return Taken(
                "booking.carrier-busy", "Whoever carries the robot has another session at that time.", "Ask somebody else, or choose another time.",
                carrier, request, board);
        }

        if (AnyIn(known.Away, request))
        {
            yield return Taken(
                "booking.carrier-away", "Whoever carries the robot is away at that time.", "Ask somebody else, or choose another time.",
                known.Away, request, board);
        }
    }

    /// <summary>The first time at or after what was asked for at which nothing of this is held; looks at what is on the board only.</summary>
    internal static Instant NextFree(IEnumerable<Interval> held, Interval asked)
    {
        var free = asked.Start;
        foreach (var interval in held.OrderBy(interval => interval.Start))
        {
            if (free + asked.Duration <= interval.Start) break;
            free = Instant.Max(free, interval.End);
        }

        return free;
    }

    /// <summary>When the robot can't serve this pupil: its sessions, those of other pupils with the rest before and after.</summary>
    private static IEnumerable<Interval> HeldWithRest(BookingRequest request, BookingBoard board)
    {
        foreach (var session in board.Sessions)
        {
            if (session.Booked.RobotName != request.RobotName || session.Holds is not { } held) continue;
            var rest = session.Booked.Pupil == board.Plan.Pupil ? Duration.Zero : board.Rules.BetweenPupils;
            yield return new Interval(held.Start - rest, held.End + rest);
        }
    }

    private static IEnumerable<Interval> Held(BookingBoard board, Func<ScheduledSession, bool> isOf) =>
        board.Sessions.Where(isOf).Select(session => session.Holds).OfType<Interval>();

    private static bool AnyIn(IEnumerable<Interval> held, BookingRequest request)
    {
        var asked = request.Interval;
        return held.Any(interval => interval.Overlaps(asked));
    }

    // Another day is not offered, since the board need not know that day, nor a time at which lesson or hours would stand against it.
    private static Refusal Taken(string code, string reason, string nextStep, IEnumerable<Interval> held, BookingRequest request, BookingBoard board)
    {
        var free = NextFree(held, request.Interval).InZone(request.Zone);
        var then = request with { Slot = new LocalSlot(free.Date, free.TimeOfDay, request.Slot.Duration) };
        var isOffered = free.Date == request.Slot.Date && !TimeChecks.FindInDay(then, board).Any();
        return new(code, reason, isOffered ? $"{nextStep} Free from {free.TimeOfDay.InWords()}." : nextStep);
    }
}

using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Everything that a booking is checked against, as it stood at one moment.</summary>
/// <remarks>
/// A bounded snapshot: what is not on it is not taken, and not there. The answer is right when it holds at least these, for each day that is
/// asked for (of a repeat, each; of <see cref="FreeSlots"/>, every day of the wish):
/// <list type="bullet">
/// <item>each session of the robot asked for, of the pupil and of the carrier whose <see cref="ScheduledSession.Holds"/> comes within
/// <see cref="SessionRules.BetweenPupils"/> of that day, midnight to midnight by the school's clocks, or to the end of a slot that goes on
/// past it (for free slots: of every robot in <see cref="Robots"/> and every carrier of the wish). The whole day, and not only the slot: the
/// battery has to last through it, and a refusal offers the next free time in it;</item>
/// <item>each session of the pupil, with whatever robot and of whatever plan, that is booked for a date from the
/// <see cref="Weeks.MondayOf"/> of that day to the Sunday after: the step says how many a week may have;</item>
/// <item>the day itself in <see cref="Days"/>, the robot in <see cref="Robots"/>, the room in <see cref="Rooms"/>, the carrier in
/// <see cref="Carriers"/>, and at which school the pupil is.</item>
/// </list>
/// No session is needed for its room: a room may host many robots at once. Sessions that were declined, cancelled or missed may be left out, and
/// more than these may be there.
/// <para>Two bookings checked against the same board can both be right and clash. Whoever stores bookings must serialise them per robot,
/// pupil and carrier: from reading the board until the booking is stored, no other that shares one of these may be stored.</para>
/// </remarks>
/// <param name="Zone">The school's: a slot is a time on its clocks.</param>
public sealed record BookingBoard(PlanFacts Plan, SessionRules Rules, DateTimeZone Zone)
{
    /// <summary>At which school the pupil is, and when; null: at none.</summary>
    public Schooling? Schooling { get; init; }

    public ImmutableArray<ScheduledSession> Sessions { get; init; } = [];

    public ImmutableArray<DayFacts> Days { get; init; } = [];

    /// <summary>Enrolled robots; one that is not among them can't be booked.</summary>
    public ImmutableArray<RobotFacts> Robots { get; init; } = [];

    /// <summary>The school's; another can't be booked.</summary>
    public ImmutableArray<RoomFacts> Rooms { get; init; } = [];

    /// <summary>Who may put a robot in its place in this plan's sessions; nobody else can be booked to carry it.</summary>
    public ImmutableArray<CarrierFacts> Carriers { get; init; } = [];

    internal BookingBoard Without(ScheduledSessionId id) => this with { Sessions = Sessions.RemoveAll(session => session.Id == id) };

    internal BookingBoard With(ScheduledSession session) => this with { Sessions = Sessions.Add(session) };
}

/// <summary>What booking and grants need to know of a plan.</summary>
/// <param name="CurrentStep">Where the pupil is on the ladder, as the step reads now.</param>
public sealed record PlanFacts(PlanId Plan, PupilId Pupil, SchoolId School, PersonId KeyAdult, bool IsActive, Step CurrentStep)
{
    /// <summary>The first day on which the review is overdue for longer than the settings allow (rule 7); null: it does not fall due.</summary>
    public LocalDate? ReviewLongOverdueFrom { get; init; }

    public ImmutableArray<NeededAgreement> NeededAgreements { get; init; } = [];

    /// <summary>As the plan itself says; agreements that it needs are added from what knows of them.</summary>
    public static PlanFacts Of(SupportPlan plan, ReviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan.Id, plan.Pupil, plan.School, plan.KeyAdult, plan.Status == PlanStatus.Active, plan.Ladder.Current)
        {
            ReviewLongOverdueFrom = plan.ReviewLongOverdueFrom(settings),
        };
    }

    /// <summary>Why no session with the robot can be booked on this plan, whatever it is; empty when the plan doesn't stand in the way.</summary>
    /// <param name="date">The session's. What stands in the way on a day for its date does so on every later day.</param>
    public IEnumerable<Refusal> WhyNotBook(LocalDate date)
    {
        if (!IsActive)
        {
            yield return new(
                "booking.plan-not-active", "The support plan is not active.",
                "Activate the plan with the pupil first; where it is closed, draft a new one.");
        }

        // Rule 7: it may be late, and for long: then the review comes first.
        if (date >= ReviewLongOverdueFrom)
        {
            yield return new(
                "booking.review-overdue", "The plan's review will be long overdue by then, or is already.",
                "Hold the review, and set the date of the next one.");
        }

        foreach (var agreement in LapsedOn(date))
        {
            yield return new(
                "booking.agreement-lapsed", $"{agreement.What} is not in force on that day.",
                "Ask for it again, and record who agreed, when and how.");
        }
    }

    internal IEnumerable<NeededAgreement> LapsedOn(LocalDate date) => NeededAgreements.Where(agreement => date > agreement.Until);

    public override string ToString() => nameof(PlanFacts);
}

/// <summary>An agreement without which no session may be.</summary>
/// <param name="What">In words: "The parent's agreement to the reduced timetable".</param>
/// <param name="Until">
/// Its last day in force, or that of the arrangement that it is to; where it was taken back, the day before that. Null: it has no end.
/// </param>
public sealed record NeededAgreement(string What, LocalDate? Until)
{
    public override string ToString() => nameof(NeededAgreement);
}

/// <summary>One day of the school's calendar.</summary>
/// <param name="ClosedBecause">Null on a school day; otherwise in words: "INSET day".</param>
public sealed record DayFacts(LocalDate Date, string? ClosedBecause)
{
    public ImmutableArray<LessonFacts> Lessons { get; init; } = [];

    /// <summary>The day as calendar and timetable have it, with what is changed on that day alone.</summary>
    public static DayFacts Of(LocalDate date, SchoolCalendar calendar, Timetable timetable)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(timetable);
        return new DayFacts(date, calendar.WhyClosed(date)?.Words)
        {
            Lessons = [.. timetable.LessonsOn(date, calendar).Select(lesson =>
                new LessonFacts(new LessonName(lesson.Lesson.Id, lesson.Lesson.Subject), lesson.Slot, lesson.Room))],
        };
    }

    public override string ToString() => nameof(DayFacts);
}

/// <param name="Room">Null where the timetable does not say.</param>
public sealed record LessonFacts(LessonName Name, LocalSlot Slot, RoomId? Room);

/// <param name="OutOfServiceBecause">Null while it works; otherwise in words: "the head does not turn".</param>
public sealed record RobotFacts(string Name, SchoolId School, string? OutOfServiceBecause = null)
{
    /// <summary>Null while it is not known.</summary>
    public BatteryFacts? Battery { get; init; }

    public override string ToString() => nameof(RobotFacts);
}

/// <summary>How long a battery is expected to last.</summary>
/// <param name="RunsFor">When the school day begins, with what must be left at the end taken off.</param>
/// <param name="GainPerHour">Running time that an hour between two sessions gives back; zero where nobody plugs it in.</param>
public sealed record BatteryFacts(Duration RunsFor, Duration GainPerHour);

/// <param name="HoldsWifi">Null while nobody has walked through it with a robot: it is not known to fail.</param>
public sealed record RoomFacts(RoomId Room, bool? HoldsWifi)
{
    public static RoomFacts Of(SchoolRoom room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return new(room.Id, room.LastWalk?.HoldsWifi);
    }
}

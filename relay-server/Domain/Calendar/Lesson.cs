using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>A lesson as the timetable has it: the same weekday and wall time each week, or each second week.</summary>
/// <remarks>Always true: the subject is named; the duration is positive and at most a day.</remarks>
public sealed record Lesson
{
    /// <param name="valid">The dates between which it takes place, both included.</param>
    /// <param name="teacher">Null: nobody is named.</param>
    /// <param name="week">Null: in every week.</param>
    /// <exception cref="ArgumentException">No subject, no weekday, or a duration that is not positive or is longer than a day.</exception>
    public Lesson(
        LessonId id, string subject, RoomId room, PersonId? teacher,
        IsoDayOfWeek weekday, LocalTime start, Duration duration, DateInterval valid, CycleWeek? week = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentNullException.ThrowIfNull(valid);
        if (weekday is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday)
            throw new ArgumentException("A lesson has a weekday.", nameof(weekday));
        if (duration <= Duration.Zero || duration > Duration.FromDays(1))
            throw new ArgumentException("A lesson lasts some time, and a day at most.", nameof(duration));
        (Id, Subject, Room, Teacher, Weekday, Start, Duration, Valid, Week) = (id, subject, room, teacher, weekday, start, duration, valid, week);
    }

    public LessonId Id { get; private init; }

    /// <summary>What people call it: <c>Maths</c>, <c>9X Science</c>.</summary>
    public string Subject { get; }

    public RoomId Room { get; }

    /// <summary>Null: nobody is named, so the lesson is nobody's own.</summary>
    public PersonId? Teacher { get; }

    public IsoDayOfWeek Weekday { get; }

    public LocalTime Start { get; }

    public Duration Duration { get; }

    public DateInterval Valid { get; }

    public CycleWeek? Week { get; }

    /// <summary>Whether the timetable has it on that date. School holidays and one-off changes are not looked at.</summary>
    public bool StandsOn(LocalDate date, WeekCycle cycle)
    {
        ArgumentNullException.ThrowIfNull(cycle);
        return date.DayOfWeek == Weekday && Valid.Contains(date) && (Week is null || Week == cycle.WeekOf(date));
    }

    /// <summary>A lesson as somebody enters it, or all that is wrong with it.</summary>
    /// <param name="end">By the clock on the wall, on the same day.</param>
    /// <param name="first">The first day on which it may be.</param>
    public static Outcome<Lesson> Enter(
        LessonId id, string subject, RoomId room, PersonId? teacher, IsoDayOfWeek weekday, LocalTime start, LocalTime end, LocalDate first, LocalDate last,
        CycleWeek? week = null)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(subject)) refusals.Add(TimesRefusals.LessonNotNamed);
        if (end <= start) refusals.Add(TimesRefusals.LessonEndsBeforeItBegins);
        if (last < first) refusals.Add(TimesRefusals.EndsBeforeItBegins);
        if (weekday is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) refusals.Add(TimesRefusals.NoWeekday);
        if (TextLimits.WhyNotName(subject) is { } tooLong) refusals.Add(tooLong);
        return refusals.Count > 0
            ? Outcome.Refused<Lesson>(refusals)
            : new Lesson(
                id, subject.Trim(), room, teacher, weekday, start, Period.Between(start, end, PeriodUnits.Ticks).ToDuration(), new DateInterval(first, last), week);
    }

    internal LocalSlot SlotOn(LocalDate date) => new(date, Start, Duration);

    internal Lesson Named(LessonId id) => this with { Id = id };
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>The lessons of a school, and what is different about them on single days.</summary>
/// <remarks>
/// Always true: no two lessons have the same id; a lesson has at most one change a day, and only on a day on which the timetable has it.
/// Two lessons may share a room or a teacher at the same time: halls and taught-together classes do.
/// </remarks>
public sealed class Timetable
{
    private readonly FrozenDictionary<LessonId, Lesson> _byId;
    private readonly FrozenDictionary<(LessonId Lesson, LocalDate Date), LessonChange> _byDay;
    private readonly ILookup<IsoDayOfWeek, Lesson> _byWeekday;

    /// <param name="lastChange">Who last changed or replaced it; null for one that nobody has adopted yet, such as an import.</param>
    /// <exception cref="ArgumentException">What is always true would not be.</exception>
    public Timetable(SchoolId school, WeekCycle cycle, ImmutableArray<Lesson> lessons, ImmutableArray<LessonChange> changes, Act? lastChange = null)
    {
        ArgumentNullException.ThrowIfNull(cycle);
        (School, Cycle, Lessons, Changes, LastChange) = (school, cycle, lessons.IsDefault ? [] : lessons, changes.IsDefault ? [] : changes, lastChange);
        if (Lessons.DistinctBy(lesson => lesson.Id).Count() < Lessons.Length)
            throw new ArgumentException("A lesson is in the timetable once.", nameof(lessons));
        if (Changes.DistinctBy(change => (change.Lesson, change.Date)).Count() < Changes.Length)
            throw new ArgumentException("A lesson has one change a day.", nameof(changes));
        _byId = Lessons.ToFrozenDictionary(lesson => lesson.Id);
        _byDay = Changes.ToFrozenDictionary(change => (change.Lesson, change.Date));
        _byWeekday = Lessons.ToLookup(lesson => lesson.Weekday);
        if (!Changes.All(change => Find(change.Lesson)?.StandsOn(change.Date, cycle) is true))
            throw new ArgumentException("A change is of a lesson on a day on which the timetable has it.", nameof(changes));
    }

    public SchoolId School { get; }

    public WeekCycle Cycle { get; }

    public ImmutableArray<Lesson> Lessons { get; }

    public ImmutableArray<LessonChange> Changes { get; }

    public Act? LastChange { get; }

    public Lesson? Find(LessonId id) => _byId.GetValueOrDefault(id);

    public LessonChange? ChangeOf(LessonId id, LocalDate date) => _byDay.GetValueOrDefault((id, date));

    /// <summary>What takes place on that date, in the order of the day: without what is cancelled or moved away, with what is moved there.</summary>
    public IReadOnlyList<LessonOccurrence> LessonsOn(LocalDate date, SchoolCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (!calendar.IsSchoolDay(date)) return [];
        var asTimetabled = _byWeekday[date.DayOfWeek].Where(lesson => lesson.StandsOn(date, Cycle)).Select(lesson => OccurrenceOf(lesson, date));
        var movedHere = Changes.Where(change => change.Slot?.Date == date && change.Date != date)
            .Select(change => OccurrenceOf(_byId[change.Lesson], change.Date));
        return
        [
            .. asTimetabled.Concat(movedHere).OfType<LessonOccurrence>().Where(occurrence => occurrence.Slot.Date == date)
                .OrderBy(occurrence => occurrence.Slot.Start).ThenBy(occurrence => occurrence.Lesson.Subject, StringComparer.Ordinal),
        ];
    }

    /// <summary>What takes place during some of the slot; back to back is not during.</summary>
    public IReadOnlyList<LessonOccurrence> LessonsAt(LocalSlot slot, SchoolCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(calendar);
        // The days beside it too: a slot may go on past midnight.
        return
        [
            .. Enumerable.Range(-1, 3).SelectMany(days => LessonsOn(slot.Date.PlusDays(days), calendar))
                .Where(occurrence => occurrence.Slot.Overlaps(slot, calendar.Zone)),
        ];
    }

    /// <summary>The first that takes place in that room during some of the slot; null when the room has none.</summary>
    public LessonOccurrence? LessonAt(LocalSlot slot, RoomId room, SchoolCalendar calendar) =>
        LessonsAt(slot, calendar).FirstOrDefault(occurrence => occurrence.Room == room);

    /// <summary>A lesson that the timetable has on <paramref name="date"/>, as it will really be, or why it does not take place.</summary>
    public Outcome<LessonOccurrence> LessonOn(LessonId id, LocalDate date, SchoolCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (!OnTimetable(id, date).TryGet(out var lesson, out var refusals)) return Outcome.Refused<LessonOccurrence>(refusals);
        var occurrence = OccurrenceOf(lesson, date);
        var cancelled = occurrence is null ? TimetableRefusals.Cancelled(lesson, date) : null;
        var closed = calendar.RefusalOn(occurrence?.Slot.Date ?? date);
        return occurrence is not null && closed is null
            ? occurrence
            : Outcome.Refused<LessonOccurrence>([.. new[] { cancelled, closed }.OfType<Refusal>()]);
    }

    public Outcome<Timetable> Cancel(LessonId id, LocalDate date, Act act) =>
        Change(id, date, act, _ => new LessonChange(id, date, isCancelled: true, room: null, slot: null, act));

    /// <summary>In another room on that day, at whatever time it is then.</summary>
    public Outcome<Timetable> MoveRoom(LessonId id, LocalDate date, RoomId room, Act act) =>
        Change(id, date, act, earlier => new LessonChange(id, date, isCancelled: false, room, earlier?.Slot, act));

    /// <summary>At another time, which may be on another day, in whatever room it is then.</summary>
    public Outcome<Timetable> MoveTime(LessonId id, LocalDate date, LocalSlot slot, SchoolCalendar calendar, Act act)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.RefusalOn(slot.Date) is { } closed
            ? closed
            : Change(id, date, act, earlier => new LessonChange(id, date, isCancelled: false, earlier?.Room, slot, act));
    }

    /// <summary>As the timetable has it: takes back a cancellation or a move.</summary>
    public Outcome<Timetable> PutBack(LessonId id, LocalDate date, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (OnTimetable(id, date) is { IsRefused: true } refused) return Outcome.Refused<Timetable>(refused.Refusals);
        return ChangeOf(id, date) is { } change
            ? new Timetable(School, Cycle, Lessons, Changes.Remove(change), act)
            : TimetableRefusals.NotChanged(_byId[id], date);
    }

    /// <summary>
    /// Lets go of the changes of single days that are over, so that they don't pile up year after year. A lesson of such a day then reads as
    /// the timetable has it; who changed the timetable last stays, since nobody does by this.
    /// </summary>
    /// <param name="date">A change goes when both its day and the one that it moves the lesson to lie before this.</param>
    public Timetable ForgetBefore(LocalDate date)
    {
        var kept = Changes.RemoveAll(change => LocalDate.Max(change.Date, change.Slot?.Date ?? change.Date) < date);
        return kept.Length == Changes.Length ? this : new Timetable(School, Cycle, Lessons, kept, LastChange);
    }

    /// <summary>What would be different if <paramref name="incoming"/> replaced this timetable.</summary>
    public TimetableDiff CompareWith(Timetable incoming) => TimetableDiff.Between(this, incoming);

    /// <summary>Takes over another timetable as a whole, as an import makes it. Lessons that are the same keep their ids.</summary>
    public Outcome<Timetable> ReplaceWith(Timetable incoming, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var diff = CompareWith(incoming);
        if (incoming.Lessons.Length == 0 && Lessons.Length > 0) return TimetableRefusals.NothingIncoming;
        return new Timetable(School, incoming.Cycle, diff.LessonsAfter, diff.ChangesAfter, act);
    }

    public Outcome<Timetable> Enter(Lesson lesson, Act act)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        ArgumentNullException.ThrowIfNull(act);
        return Find(lesson.Id) is null ? With(Lessons.Add(lesson), act) : TimesRefusals.LessonThere;
    }

    /// <summary>Every week of it. What is different on single days stays where the lesson is still on that day.</summary>
    public Outcome<Timetable> Change(Lesson lesson, Act act)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        ArgumentNullException.ThrowIfNull(act);
        return Find(lesson.Id) is { } present ? With(Lessons.Replace(present, lesson), act) : TimetableRefusals.NoSuchLesson;
    }

    public Outcome<Timetable> TakeOut(LessonId id, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return Find(id) is { } present ? With(Lessons.Remove(present), act) : TimetableRefusals.NoSuchLesson;
    }

    /// <summary>Other weeks A and B. What is different on single days stays where the lesson is still on that day.</summary>
    public Outcome<Timetable> ChangeWeeks(CyclePeriod? present, CyclePeriod? next, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return Cycle.Change(present, next).TryGet(out var cycle, out var refusals) ? With(Lessons, act, cycle) : Outcome.Refused<Timetable>(refusals);
    }

    private Timetable With(ImmutableArray<Lesson> lessons, Act act, WeekCycle? cycle = null)
    {
        var (standing, weeks) = (lessons.ToDictionary(lesson => lesson.Id), cycle ?? Cycle);
        return new Timetable(
            School, weeks, lessons,
            Changes.RemoveAll(change => !standing.TryGetValue(change.Lesson, out var lesson) || !lesson.StandsOn(change.Date, weeks)), act);
    }

    private Outcome<Lesson> OnTimetable(LessonId id, LocalDate date)
    {
        if (Find(id) is not { } lesson) return TimetableRefusals.NoSuchLesson;
        return lesson.StandsOn(date, Cycle) ? lesson : TimetableRefusals.NotThatDay(lesson, date);
    }

    private LessonOccurrence? OccurrenceOf(Lesson lesson, LocalDate date)
    {
        var change = ChangeOf(lesson.Id, date);
        return change is { IsCancelled: true }
            ? null
            : new(lesson, date, change?.Slot ?? lesson.SlotOn(date), change?.Room ?? lesson.Room, change);
    }

    private Outcome<Timetable> Change(LessonId id, LocalDate date, Act act, Func<LessonChange?, LessonChange> change)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (!OnTimetable(id, date).TryGet(out var lesson, out var refusals)) return Outcome.Refused<Timetable>(refusals);
        var earlier = ChangeOf(id, date);
        if (earlier is { IsCancelled: true }) return TimetableRefusals.Cancelled(lesson, date);
        return new Timetable(School, Cycle, Lessons, [.. Changes.Where(other => other != earlier), change(earlier)], act);
    }
}

using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Domain.Calendar;

/// <summary>One thing that somebody wants to be different about a school's days, rooms or lessons.</summary>
public abstract record TimesChange
{
    private TimesChange()
    {
    }

    /// <summary>The times as they would be then, or why not.</summary>
    public abstract Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act);

    /// <summary>What the audit says of it. Days, rooms and lessons tell about no pupil.</summary>
    internal abstract AuditedValue Audited(SchoolTimes before);

    /// <summary>Old and new value, for the audit.</summary>
    /// <param name="before">The times before the change.</param>
    public AuditedValue ToAudit(SchoolTimes before) => Audited(before);

    public sealed record EnterTerm(Term Term) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) => With(times, times.Calendar.EnterTerm(Term, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("term", null, Of(Term));
    }

    public sealed record ChangeTerm(Term Present, Term Next) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) => With(times, times.Calendar.ChangeTerm(Present, Next, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("term", Of(Present), Of(Next));
    }

    public sealed record TakeOutTerm(Term Term) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) => With(times, times.Calendar.TakeOut(Term, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("term", Of(Term), null);
    }

    /// <summary>Through which dates weeks A and B take turns.</summary>
    /// <param name="Present">What it takes the place of; null: it is new.</param>
    /// <param name="Next">Null: it is taken out.</param>
    public sealed record ChangeWeeks(CyclePeriod? Present, CyclePeriod? Next) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            ArgumentNullException.ThrowIfNull(times);
            return With(times, times.Timetable.ChangeWeeks(Present, Next, act));
        }

        internal override AuditedValue Audited(SchoolTimes before) =>
            AuditedValue.Written("weeks A and B", Present is null ? null : Of(Present), Next is null ? null : Of(Next));

        private static string Of(CyclePeriod period) => $"{TimesChange.Of(period.Dates)} from {period.First}";
    }

    /// <param name="Present">What it takes the place of; null: it is new.</param>
    public sealed record Close(Closure? Present, Closure Next) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            if (Present is null) return With(times, times.Calendar.Close(Next, act));
            return times.Calendar.CallOff(Present, act).TryGet(out var without, out var refusals)
                ? With(times, without.Close(Next, act))
                : Outcome.Refused<SchoolTimes>(refusals);
        }

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("closed", Present is null ? null : Of(Present), Of(Next));
    }

    public sealed record CallOffClosure(Closure Closure) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) => With(times, times.Calendar.CallOff(Closure, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("closed", Of(Closure), null);
    }

    public sealed record Open(OpenDay Day) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) => With(times, times.Calendar.OpenOn(Day, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("open", null, Of(Day));
    }

    public sealed record CallOffOpenDay(OpenDay Day) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) => With(times, times.Calendar.CallOff(Day, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("open", Of(Day), null);
    }

    public sealed record EnterRoom(SchoolRoom Room) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            ArgumentNullException.ThrowIfNull(times);
            return times.EnterRoom(Room);
        }

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("room", null, Room.Name);
    }

    public sealed record ChangeRoom(RoomId Room, string Name, string Note) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            ArgumentNullException.ThrowIfNull(times);
            return times.ChangeRoom(Room, Name, Note);
        }

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("room", NameOf(before, Room), Name.Trim());
    }

    public sealed record TakeOutRoom(RoomId Room) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            ArgumentNullException.ThrowIfNull(times);
            return times.TakeOutRoom(Room);
        }

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("room", NameOf(before, Room), null);
    }

    public sealed record EnterLesson(Lesson Lesson) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) =>
            WhyNotRoom(times, Lesson.Room) is { } refusal ? refusal : With(times, times.Timetable.Enter(Lesson, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("lesson", null, Of(Lesson));
    }

    public sealed record ChangeLesson(Lesson Lesson) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act) =>
            WhyNotRoom(times, Lesson.Room) is { } refusal ? refusal : With(times, times.Timetable.Change(Lesson, act));

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("lesson", Find(before, Lesson.Id), Of(Lesson));
    }

    public sealed record TakeOutLesson(LessonId Lesson) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            ArgumentNullException.ThrowIfNull(times);
            return With(times, times.Timetable.TakeOut(Lesson, act));
        }

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("lesson", Find(before, Lesson), null);
    }

    /// <summary>Different on one day only: cancelled, in another room, or as the timetable has it after all.</summary>
    /// <param name="Room">Null: none in particular.</param>
    public sealed record OneDay(LessonId Lesson, LocalDate Date, OneDayChange What, RoomId? Room) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            ArgumentNullException.ThrowIfNull(times);
            if (What is not OneDayChange.OtherRoom)
                return With(times, What is OneDayChange.Cancelled ? times.Timetable.Cancel(Lesson, Date, act) : times.Timetable.PutBack(Lesson, Date, act));
            if (Room is not { } room) return TimesRefusals.NoSuchRoom;
            return WhyNotRoom(times, room) is { } refusal ? refusal : With(times, times.Timetable.MoveRoom(Lesson, Date, room, act));
        }

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written(
            "one day", Find(before, Lesson), $"{LocalDatePattern.Iso.Format(Date)} {What}{(Room is { } room ? $" {NameOf(before, room)}" : "")}");
    }

    /// <summary>Everything that an import brings, as it was shown before it was confirmed.</summary>
    public sealed record Import(SchoolTimes Next) : TimesChange
    {
        public override Outcome<SchoolTimes> ApplyTo(SchoolTimes times, Act act)
        {
            ArgumentNullException.ThrowIfNull(times);
            ArgumentNullException.ThrowIfNull(act);
            if (Next.School != times.School) throw new ArgumentException("Times of one school are imported into it.", nameof(times));
            return Next;
        }

        internal override AuditedValue Audited(SchoolTimes before) => AuditedValue.Written("imported", Count(before), Count(Next));

        private static string Count(SchoolTimes times) => FormattableString.Invariant(
            $"{times.Calendar.Terms.Length} terms, {times.Calendar.Closures.Length} closures, {times.Rooms.Length} rooms, {times.Timetable.Lessons.Length} lessons");
    }

    private static Outcome<SchoolTimes> With(SchoolTimes times, Outcome<SchoolCalendar> outcome) => outcome.TryGet(out var calendar, out var refusals)
        ? times with { Calendar = calendar }
        : Outcome.Refused<SchoolTimes>(refusals);

    private static Outcome<SchoolTimes> With(SchoolTimes times, Outcome<Timetable> outcome) => outcome.TryGet(out var timetable, out var refusals)
        ? times with { Timetable = timetable }
        : Outcome.Refused<SchoolTimes>(refusals);

    private static Refusal? WhyNotRoom(SchoolTimes times, RoomId room) => times.Rooms.Any(there => there.Id == room) ? null : TimesRefusals.NoSuchRoom;

    private static string? NameOf(SchoolTimes times, RoomId id) => times.Rooms.FirstOrDefault(room => room.Id == id)?.Name;

    private static string? Find(SchoolTimes times, LessonId id) => times.Timetable.Find(id) is { } lesson ? Of(lesson) : null;

    private static string Of(Term term) => $"{term.Name} {Of(term.Dates)}{(term.HalfTerm is { } off ? $" but {Of(off)}" : "")}";

    private static string Of(Closure closure) => $"{closure.Kind} {Of(closure.Dates)} {closure.Words}".TrimEnd();

    private static string Of(OpenDay day) => $"{LocalDatePattern.Iso.Format(day.Date)} {day.Words}".TrimEnd();

    private static string Of(Lesson lesson) => $"{lesson.Subject} {lesson.Weekday} {lesson.Start.InWords()} {Of(lesson.Valid)}";

    private static string Of(DateInterval dates) => $"{LocalDatePattern.Iso.Format(dates.Start)}/{LocalDatePattern.Iso.Format(dates.End)}";
}

/// <summary>What is different about a lesson on one day.</summary>
public enum OneDayChange
{
    Cancelled,
    OtherRoom,

    /// <summary>Nothing any more: as the timetable has it.</summary>
    AsUsual,
}

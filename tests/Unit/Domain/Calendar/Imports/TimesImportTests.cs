using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Calendar.Imports;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar.Imports;

/// <summary>What a school's times become with a calendar file taken over, and what people are shown of it.</summary>
public class TimesImportTests
{
    private static readonly LocalDate Today = new(2025, 9, 10);
    private static readonly LocalTime FivePastTen = new(10, 5);
    private static readonly SchoolTimes Times = new(Id, TheYear, new Timetable(Id, WeekCycle.None, [], []), [new SchoolRoom(Lab, "Lab")]);
    private static readonly SchoolTimes Nothing = SchoolTimes.Empty(Id, London);

    private int _ids;

    [Fact]
    public void Terms_half_terms_and_days_off_are_read_by_their_names()
    {
        var import = Import(Nothing,
            Days("Autumn term starts", Date(2025, 9, 3)), Days("Autumn term ends", Date(2025, 12, 19)), Days("Half term", Date(2025, 10, 27), Date(2025, 10, 31)),
            Days("INSET day", Date(2025, 9, 3)), Days("Christmas holidays", Date(2025, 12, 20), Date(2026, 1, 4)), Days("Spring Term", Date(2026, 1, 5), Date(2026, 3, 27)),
            Days("Early May bank holiday", Date(2026, 5, 4)), Days("Sports day", Date(2026, 3, 3)));

        Assert.Equal([new Term("Autumn term", Autumn.Dates, Autumn.HalfTerm), new Term("Spring Term", Spring.Dates)], import.Next.Calendar.Terms);
        Assert.Equal(["INSET day, Wednesday 3 September 2025", "Early May bank holiday, Monday 4 May 2026"], Lines(import, ImportEffect.Added, ImportKind.Day));
        Assert.Equal(["Sports day, Tuesday 3 March 2026"], import.NotUnderstood.Select(not => not.What));
    }

    [Fact]
    public void A_lesson_of_every_school_week_is_one_lesson_and_holidays_are_no_gaps()
    {
        var import = Import(Times, Weekly("8B Maths", Date(2025, 9, 8), Date(2026, 3, 23)));

        var lesson = Assert.Single(import.Next.Timetable.Lessons);
        Assert.Equal(("8B Maths", IsoDayOfWeek.Monday, FivePastTen, Lab), (lesson.Subject, lesson.Weekday, lesson.Start, lesson.Room));
        Assert.Equal(new DateInterval(Date(2025, 9, 8), Date(2026, 3, 23)), lesson.Valid);
        Assert.Empty(import.Next.Timetable.Changes);
        Assert.Equal(["8B Maths, Monday 10:05"], Lines(import, ImportEffect.Added, ImportKind.Lesson));
    }

    [Fact]
    public void A_day_that_is_left_out_is_cancelled_unless_it_is_over()
    {
        var import = Import(Times, [.. Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15)).Where(one => one.Slot.Date != Date(2025, 11, 10))]);

        var change = Assert.Single(import.Next.Timetable.Changes);
        Assert.Equal((Date(2025, 11, 10), true), (change.Date, change.IsCancelled));
        Assert.Empty(Import(Times, today: Date(2025, 11, 11), [.. Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15)).Where(one => one.Slot.Date != Date(2025, 11, 10))]).Next.Timetable.Changes);
    }

    [Fact]
    public void A_lesson_that_is_moved_on_one_day_is_moved_on_that_day()
    {
        var moved = At("8B Maths", Date(2025, 11, 11), "Lab") with { MovedFrom = Date(2025, 11, 10) };

        var import = Import(Times, [.. Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15)), moved]);

        var change = Assert.Single(import.Next.Timetable.Changes);
        Assert.Equal((Date(2025, 11, 10), Date(2025, 11, 11)), (change.Date, change.Slot?.Date));
        Assert.Equal(["8B Maths, Monday 10 November 2025: at 10:05 on Tuesday 11 November 2025"], Lines(import, ImportEffect.Added, ImportKind.OneDay));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lessons_of_each_second_week_tell_which_weeks_are_A_and_B(bool holidaysCount)
    {
        // From 8 September: of the weeks of school, or of all weeks, each second one.
        var mondays = Mondays(Date(2025, 9, 8), Date(2025, 12, 15));
        var maths = mondays.Where((day, index) => holidaysCount ? Period.DaysBetween(Date(2025, 9, 8), day) % 14 == 0 : index % 2 == 0).ToList();
        var art = mondays.Except(maths);

        var import = Import(Times, [.. maths.Select(day => At("8B Maths", day, "Lab")), .. art.Select(day => At("8B Art", day, "Lab"))]);

        var lessons = import.Next.Timetable.Lessons.OrderBy(lesson => lesson.Subject).ToList();
        Assert.Equal(["8B Art", "8B Maths"], lessons.Select(lesson => lesson.Subject));
        Assert.NotNull(lessons[0].Week);
        Assert.NotEqual(lessons[0].Week, lessons[1].Week);
        Assert.Equal(maths, mondays.Where(day => import.Next.Timetable.LessonsOn(day, TheYear).Any(one => one.Lesson.Subject == "8B Maths")));
        Assert.Contains("Which weeks are A and which are B", Lines(import, ImportEffect.Changed, ImportKind.Lesson));
    }

    [Fact]
    public void The_same_file_once_more_changes_nothing_and_a_lesson_that_moves_keeps_its_id()
    {
        var first = Import(Times, Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15))).Next;

        var again = Import(first, Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15)));
        var later = Import(first, Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15), "Hall"));

        Assert.Empty(again.Lines);
        Assert.Equal(first.Timetable.Lessons[0].Id, Assert.Single(later.Next.Timetable.Lessons).Id);
        Assert.Equal(["8B Maths, Monday 10:05: room"], Lines(later, ImportEffect.Changed, ImportKind.Lesson));
        Assert.Equal(["Hall"], Lines(later, ImportEffect.Added, ImportKind.Room));
    }

    [Fact]
    public void A_file_of_term_dates_leaves_the_timetable_and_what_somebody_closed_by_hand()
    {
        var before = Import(Times, Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15))).Next;

        var import = Import(before, Days("INSET day", Date(2025, 9, 4)));

        Assert.Equal(before.Timetable.Lessons, import.Next.Timetable.Lessons);
        Assert.Equal(before.Calendar.Terms, import.Next.Calendar.Terms);
        Assert.Contains(NoHeating, import.Next.Calendar.Closures);
        Assert.Contains(EarlyMay, import.Next.Calendar.Closures);
        Assert.Equal(["INSET day, Monday 1 June 2026"], Lines(import, ImportEffect.Removed, ImportKind.Day));
    }

    [Fact]
    public void A_teacher_whom_nobody_knows_stays_the_one_who_is_named_here()
    {
        var known = Import(Times, [.. Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15)).Select(one => one with { Teacher = "Mr Walker" })]).Next;

        var unnamed = Import(known, Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15)));

        Assert.Equal(Teacher, known.Timetable.Lessons[0].Teacher);
        Assert.Empty(unnamed.Lines);
    }

    [Theory]
    [InlineData("", "It names no room.")]
    [InlineData("Lab", "It is there only once, so it is no lesson of each week.")]
    public void What_is_no_lesson_is_told_and_left_out(string place, string why)
    {
        var import = Import(Times, [.. Weekly("8B Maths", Date(2025, 9, 8), Date(2025, 12, 15)), At("Parents' evening", Date(2025, 11, 13), place)]);

        Assert.Equal(why, Assert.Single(import.NotUnderstood).Why);
        Assert.Single(import.Next.Timetable.Lessons);
    }

    [Fact]
    public void A_file_with_nothing_of_that_year_is_refused() =>
        Assert.Equal(["import.nothing-in-it"], Outcome(Times, Today).Refusals.Select(refusal => refusal.Code));

    [Fact]
    public void Terms_that_contradict_each_other_are_refused() => Assert.Equal(
        ["calendar.terms-overlap"],
        Outcome(Nothing, Today, Days("Term 1", Date(2025, 9, 3), Date(2025, 12, 19)), Days("Term 2", Date(2025, 12, 1), Date(2026, 2, 20))).Refusals.Select(refusal => refusal.Code));

    private TimesImport Import(SchoolTimes present, params object[] events) => Import(present, Today, events);

    private TimesImport Import(SchoolTimes present, LocalDate today, params object[] events) => Outcome(present, today, events).Value;

    private Outcome<TimesImport> Outcome(SchoolTimes present, LocalDate today, params object[] events) => TimesImport.Of(
        new ImportedFile([.. events.OfType<TimedEvent>()], [.. events.OfType<WholeDays>()], []), present, AcademicYearStarts.England.YearOf(today), today,
        name => name == "Mr Walker" ? Teacher : (PersonId?)null, () => new Guid(++_ids, 0, 0, [9, 0, 0, 0, 0, 0, 0, 0]), Office);

    private static IEnumerable<string> Lines(TimesImport import, ImportEffect effect, ImportKind kind) =>
        import.Lines.Where(line => line.Effect == effect && line.Kind == kind).Select(line => line.What);

    private static WholeDays Days(string name, LocalDate first, LocalDate? last = null) => new(name, new DateInterval(first, last ?? first));

    private static TimedEvent[] Weekly(string name, LocalDate first, LocalDate last, string place = "Lab") => [.. Mondays(first, last).Select(day => At(name, day, place))];

    private static TimedEvent At(string name, LocalDate day, string place) => new(name, name, place, "", new LocalSlot(day, FivePastTen, Duration.FromMinutes(60)));

    private static List<LocalDate> Mondays(LocalDate first, LocalDate last) =>
        [.. new DateInterval(first, last).Where(day => day.DayOfWeek == IsoDayOfWeek.Monday && TheYear.IsSchoolDay(day))];
}

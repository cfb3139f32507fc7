using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class TimetableTests
{
    private static readonly LocalDate Tuesday = Date(2026, 3, 3); // a week A
    private static readonly Lesson Maths = Lesson(1, "Maths", IsoDayOfWeek.Tuesday, new(10, 5));
    private static readonly Lesson Art = Lesson(2, "Art", IsoDayOfWeek.Tuesday, new(9, 0), Hall);
    private static readonly Lesson MusicA = Lesson(3, "Music", IsoDayOfWeek.Tuesday, new(13, 30), Hall, CycleWeek.A);
    private static readonly Lesson DramaB = Lesson(4, "Drama", IsoDayOfWeek.Tuesday, new(13, 30), Hall, CycleWeek.B);
    private static readonly Lesson French = Lesson(5, "French", IsoDayOfWeek.Wednesday, new(10, 5));
    private static readonly Timetable Usual = TimetableOf(Maths, Art, MusicA, DramaB, French);

    [Fact]
    public void The_lessons_of_a_day_come_in_its_order() => Assert.Equal(["Art", "Maths", "Music"], SubjectsOn(Usual, Tuesday));

    [Fact]
    public void In_week_B_the_lessons_of_week_B_take_place() => Assert.Equal(["Art", "Maths", "Drama"], SubjectsOn(Usual, Tuesday.PlusWeeks(1)));

    [Theory]
    [InlineData(2026, 2, 17)]
    [InlineData(2026, 4, 7)]
    public void On_a_closed_day_there_are_no_lessons(int year, int month, int day) => Assert.Empty(SubjectsOn(Usual, Date(year, month, day)));

    [Fact]
    public void A_lesson_takes_place_only_between_its_dates()
    {
        var untilHalfTerm = TimetableOf(Lesson(1, "Maths", IsoDayOfWeek.Tuesday, new(10, 5), valid: Dates(2026, 1, 5, 2026, 2, 10)));

        Assert.Equal((1, 0), (SubjectsOn(untilHalfTerm, Date(2026, 2, 10)).Count(), SubjectsOn(untilHalfTerm, Date(2026, 2, 24)).Count()));
    }

    [Fact]
    public void A_cancelled_lesson_does_not_take_place_that_day() =>
        Assert.Equal(["Art", "Music"], SubjectsOn(Usual.Cancel(Maths.Id, Tuesday, Office).Value, Tuesday));

    [Fact]
    public void A_cancelled_lesson_takes_place_the_week_after() =>
        Assert.Contains("Maths", SubjectsOn(Usual.Cancel(Maths.Id, Tuesday, Office).Value, Tuesday.PlusWeeks(1)));

    [Fact]
    public void A_lesson_in_another_room_is_there_on_that_day_only()
    {
        var moved = Usual.MoveRoom(Maths.Id, Tuesday, Hall, Office).Value;

        Assert.Equal((Hall, Lab), (RoomOf(moved, Tuesday), RoomOf(moved, Tuesday.PlusWeeks(1))));
    }

    [Fact]
    public void A_lesson_moved_to_another_day_is_no_longer_on_its_own() =>
        Assert.DoesNotContain("Maths", SubjectsOn(MathsMovedToWednesday, Tuesday));

    [Fact]
    public void A_lesson_moved_to_another_day_is_there() =>
        Assert.Equal(["Maths", "French"], SubjectsOn(MathsMovedToWednesday, Tuesday.PlusDays(1)));

    [Fact]
    public void A_moved_lesson_keeps_the_date_that_names_it() => Assert.Equal(
        (Tuesday, Tuesday.PlusDays(1)),
        MathsMovedToWednesday.LessonOn(Maths.Id, Tuesday, TheYear).Value is var lesson ? (lesson.Date, lesson.Slot.Date) : default);

    [Fact]
    public void A_lesson_may_move_in_room_and_time()
    {
        var moved = MathsMovedToWednesday.MoveRoom(Maths.Id, Tuesday, Hall, Office).Value.LessonOn(Maths.Id, Tuesday, TheYear).Value;

        Assert.Equal((Hall, Slot(Tuesday.PlusDays(1), 9, 0)), (moved.Room, moved.Slot));
    }

    [Fact]
    public void A_lesson_of_a_closed_day_may_move_to_an_open_one()
    {
        var snowDay = TheYear.Close(new(new(Tuesday, Tuesday), ClosureKind.Other, "snow"), Office).Value;

        Assert.True(MathsMovedToWednesday.LessonOn(Maths.Id, Tuesday, snowDay).TryGet(out _, out _));
    }

    [Fact]
    public void A_change_remembers_who_made_it_and_why() =>
        Assert.Equal(Office, MathsMovedToWednesday.ChangeOf(Maths.Id, Tuesday)?.Act);

    [Fact]
    public void A_lesson_that_is_put_back_is_as_the_timetable_has_it()
    {
        var putBack = MathsMovedToWednesday.PutBack(Maths.Id, Tuesday, Office).Value;

        Assert.Equal(new LessonOccurrence(Maths, Tuesday, Slot(Tuesday, 10, 5), Lab, null), putBack.LessonOn(Maths.Id, Tuesday, TheYear).Value);
    }

    [Fact]
    public void A_lesson_can_not_move_to_a_closed_day() =>
        Assert.Equal(["calendar.inset-day"], CodesOf(Usual.MoveTime(Maths.Id, Tuesday, Slot(Inset.Dates.Start, 10, 0), TheYear, Office)));

    [Fact]
    public void A_cancelled_lesson_can_not_move() => Assert.Equal(
        ["timetable.lesson-cancelled"], CodesOf(Usual.Cancel(Maths.Id, Tuesday, Office).Value.MoveRoom(Maths.Id, Tuesday, Hall, Office)));

    [Fact]
    public void A_lesson_can_not_be_cancelled_on_a_day_on_which_it_is_not() =>
        Assert.Equal(["timetable.not-that-day"], CodesOf(Usual.Cancel(Maths.Id, Tuesday.PlusDays(1), Office)));

    [Fact]
    public void A_lesson_of_week_A_is_not_in_week_B() =>
        Assert.Equal(["timetable.not-that-day"], CodesOf(Usual.LessonOn(MusicA.Id, Tuesday.PlusWeeks(1), TheYear)));

    [Fact]
    public void A_lesson_that_is_not_in_the_timetable_is_refused() =>
        Assert.Equal(["timetable.no-such-lesson"], CodesOf(Usual.LessonOn(LessonNumber(99), Tuesday, TheYear)));

    [Fact]
    public void A_lesson_that_is_as_it_always_is_can_not_be_put_back() =>
        Assert.Equal(["timetable.not-changed"], CodesOf(Usual.PutBack(Maths.Id, Tuesday, Office)));

    [Fact]
    public void A_lesson_cancelled_on_a_closed_day_has_both_reasons()
    {
        var cancelled = Usual.Cancel(French.Id, NoHeating.Dates.Start, Office).Value;

        Assert.Equal(["timetable.lesson-cancelled", "calendar.school-closed"], CodesOf(cancelled.LessonOn(French.Id, NoHeating.Dates.Start, TheYear)));
    }

    [Fact]
    public void The_lessons_at_a_slot_are_those_during_some_of_it() => Assert.Equal(
        ["Art", "Maths"], Usual.LessonsAt(Slot(Tuesday, 9, 30), TheYear).Select(occurrence => occurrence.Lesson.Subject));

    [Fact]
    public void A_lesson_that_ends_where_the_slot_begins_is_not_at_it() =>
        Assert.Empty(Usual.LessonsAt(Slot(Tuesday, 11, 5), TheYear));

    [Fact]
    public void The_lesson_in_a_room_at_a_slot_is_that_room_s() =>
        Assert.Equal(Maths, Usual.LessonAt(Slot(Tuesday, 9, 30), Lab, TheYear)?.Lesson);

    [Fact]
    public void A_lesson_past_midnight_is_at_a_slot_of_the_next_day()
    {
        var stars = TimetableOf(Lesson(1, "Astronomy", IsoDayOfWeek.Tuesday, new(23, 0), minutes: 120));

        Assert.Single(stars.LessonsAt(Slot(Tuesday.PlusDays(1), 0, 30), TheYear));
    }

    [Fact]
    public void Changes_of_days_that_are_over_are_forgotten()
    {
        var changed = Usual.Cancel(Maths.Id, Tuesday, Office).Value.Cancel(Maths.Id, Tuesday.PlusWeeks(1), Office).Value;

        Assert.Equal([Tuesday.PlusWeeks(1)], changed.ForgetBefore(Tuesday.PlusWeeks(1)).Changes.Select(change => change.Date));
    }

    [Fact]
    public void A_change_is_kept_while_the_day_that_it_moves_the_lesson_to_is_to_come()
    {
        var wednesday = Tuesday.PlusDays(1);

        Assert.Equal(["Maths", "French"], SubjectsOn(MathsMovedToWednesday.ForgetBefore(wednesday), wednesday));
        Assert.Empty(MathsMovedToWednesday.ForgetBefore(wednesday.PlusDays(1)).Changes);
    }

    [Fact]
    public void Forgetting_is_nobodys_change() =>
        Assert.Equal(Office, Usual.Cancel(Maths.Id, Tuesday, Office).Value.ForgetBefore(Tuesday.PlusDays(1)).LastChange);

    [Fact]
    public void Two_lessons_with_one_id_can_not_be_built() => Assert.Throws<ArgumentException>(() => TimetableOf(Maths, Maths));

    [Fact]
    public void A_change_on_a_day_without_the_lesson_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => new Timetable(School.Id, Fortnights, [Maths], [new(Maths.Id, Tuesday.PlusDays(1), isCancelled: true, null, null, Office)]));

    [Fact]
    public void A_change_of_an_unknown_lesson_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => new Timetable(School.Id, Fortnights, [Maths], [new(Art.Id, Tuesday, isCancelled: true, null, null, Office)]));

    [Fact]
    public void A_change_of_nothing_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => new LessonChange(Maths.Id, Tuesday, isCancelled: false, null, null, Office));

    [Fact]
    public void A_cancelled_lesson_with_a_room_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => new LessonChange(Maths.Id, Tuesday, isCancelled: true, Hall, null, Office));

    [Fact]
    public void No_lesson_is_lost_or_held_twice_whatever_is_changed()
    {
        var random = new Random(1005);
        var timetable = Usual;
        for (var i = 0; i < 300; i++)
        {
            var (lesson, date) = (Usual.Lessons[random.Next(5)], Autumn.Dates.Start.PlusDays(random.Next(320)));
            var next = random.Next(4) switch
            {
                0 => timetable.Cancel(lesson.Id, date, Office),
                1 => timetable.MoveRoom(lesson.Id, date, Hall, Office),
                2 => timetable.MoveTime(lesson.Id, date, Slot(date.PlusDays(random.Next(-9, 9)), random.Next(8, 16), 0), TheYear, Office),
                _ => timetable.PutBack(lesson.Id, date, Office),
            };
            if (next.TryGet(out var changed, out _)) timetable = changed;
        }

        var expected =
            from date in WholeYear
            from lesson in Usual.Lessons
            let outcome = timetable.LessonOn(lesson.Id, date, TheYear)
            where !outcome.IsRefused
            select (lesson.Id, date, outcome.Value.Slot);
        var held = WholeYear.SelectMany(date => timetable.LessonsOn(date, TheYear)).Select(occurrence => (occurrence.Lesson.Id, occurrence.Date, occurrence.Slot)).ToList();

        Assert.True(timetable.Changes.Length > 20);
        Assert.Equal(expected.OrderBy(entry => entry.ToString()), held.OrderBy(entry => entry.ToString()));
    }

    private static Timetable MathsMovedToWednesday =>
        Usual.MoveTime(Maths.Id, Tuesday, Slot(Tuesday.PlusDays(1), 9, 0), TheYear, Office).Value;

    private static IEnumerable<string> SubjectsOn(Timetable timetable, LocalDate date) =>
        timetable.LessonsOn(date, TheYear).Select(occurrence => occurrence.Lesson.Subject);

    private static RoomId RoomOf(Timetable timetable, LocalDate date) => timetable.LessonOn(Maths.Id, date, TheYear).Value.Room;

    private static IEnumerable<string> CodesOf<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

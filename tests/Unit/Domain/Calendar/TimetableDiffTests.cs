using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class TimetableDiffTests
{
    private static readonly LocalDate Tuesday = Date(2026, 3, 3);
    private static readonly Lesson Maths = Lesson(1, "Maths", IsoDayOfWeek.Tuesday, new(10, 5));
    private static readonly Lesson Art = Lesson(2, "Art", IsoDayOfWeek.Tuesday, new(9, 0), Hall);
    private static readonly Lesson MathsInHall = Lesson(1, "Maths", IsoDayOfWeek.Tuesday, new(10, 5), Hall);
    private static readonly Lesson MathsOfNewId = Lesson(71, "Maths", IsoDayOfWeek.Tuesday, new(10, 5));
    private static readonly Lesson MathsOnWednesday = Lesson(1, "Maths", IsoDayOfWeek.Wednesday, new(11, 5));
    private static readonly Timetable Present = TimetableOf(Maths, Art);

    [Fact]
    public void A_timetable_does_not_differ_from_itself() => Assert.True(Present.CompareWith(TimetableOf(Art, Maths)).IsEmpty);

    [Fact]
    public void A_lesson_that_is_only_incoming_is_added() =>
        Assert.Equal([Art], TimetableOf(Maths).CompareWith(Present).Added);

    [Fact]
    public void A_lesson_that_is_not_incoming_is_removed() =>
        Assert.Equal([Art], Present.CompareWith(TimetableOf(Maths)).Removed);

    [Fact]
    public void A_lesson_in_another_room_is_changed() =>
        Assert.Equal([new(Maths, MathsInHall)], Present.CompareWith(TimetableOf(MathsInHall, Art)).Changed);

    [Fact]
    public void A_changed_lesson_says_what_is_different() => Assert.Equal(
        ["weekday", "time"], Present.CompareWith(TimetableOf(MathsOnWednesday, Art)).Changed.Single().Differences);

    [Fact]
    public void A_lesson_that_only_has_a_new_id_is_the_same() => Assert.True(Present.CompareWith(TimetableOf(MathsOfNewId, Art)).IsEmpty);

    [Fact]
    public void A_lesson_that_only_has_a_new_id_keeps_the_present_one() =>
        Assert.Equal([Maths, Art], Present.ReplaceWith(TimetableOf(MathsOfNewId, Art), Office).Value.Lessons);

    [Fact]
    public void A_lesson_with_a_new_id_and_new_dates_has_changed_in_its_dates() => Assert.Equal(
        ["dates"],
        Present.CompareWith(TimetableOf(Lesson(71, "Maths", IsoDayOfWeek.Tuesday, new(10, 5), valid: Spring.Dates), Art)).Changed.Single().Differences);

    [Fact]
    public void Of_like_lessons_of_two_terms_each_is_matched_with_its_own()
    {
        Lesson[] present = [Termly(1, Autumn), Termly(2, Spring)];
        Lesson[] incoming = [Termly(12, Spring), Termly(11, Autumn)];

        Assert.True(TimetableOf(present).CompareWith(TimetableOf(incoming)).IsEmpty);
    }

    [Fact]
    public void Weeks_that_fall_differently_are_told() =>
        Assert.True(Present.CompareWith(new(School.Id, WeekCycle.None, [Maths, Art], [])).CycleChanges);

    [Fact]
    public void A_change_of_one_day_stays_when_the_lesson_does() => Assert.NotNull(
        Cancelled.ReplaceWith(TimetableOf(MathsOfNewId), Office).Value.ChangeOf(Maths.Id, Tuesday));

    [Fact]
    public void A_change_of_one_day_lapses_when_the_lesson_is_no_longer_on_that_day() =>
        Assert.Equal(Cancelled.Changes, Cancelled.CompareWith(TimetableOf(MathsOnWednesday, Art)).Lapsed);

    [Fact]
    public void A_change_of_one_day_lapses_when_the_lesson_is_removed() =>
        Assert.Equal(Cancelled.Changes, Cancelled.CompareWith(TimetableOf(Art)).Lapsed);

    [Fact]
    public void An_incoming_change_of_one_day_comes_with_the_present_id()
    {
        var incoming = TimetableOf(MathsOfNewId, Art).Cancel(MathsOfNewId.Id, Tuesday, Office).Value;

        Assert.Equal([Maths.Id], Present.CompareWith(incoming).NewChanges.Select(change => change.Lesson));
    }

    [Fact]
    public void An_incoming_change_of_one_day_counts_before_an_earlier_one()
    {
        var incoming = TimetableOf(Maths, Art).MoveRoom(Maths.Id, Tuesday, Hall, Office).Value;

        Assert.Equal(Hall, Cancelled.ReplaceWith(incoming, Office).Value.LessonOn(Maths.Id, Tuesday, TheYear).Value.Room);
    }

    [Fact]
    public void An_incoming_timetable_without_lessons_is_refused() => Assert.Equal(
        ["timetable.nothing-incoming"], Present.ReplaceWith(TimetableOf(), Office).Refusals.Select(refusal => refusal.Code));

    [Fact]
    public void Another_school_s_timetable_is_a_mistake() => Assert.Throws<ArgumentException>(
        () => Present.CompareWith(new(new(Guid.Empty), Fortnights, [Maths], [])));

    [Fact]
    public void What_has_replaced_a_timetable_does_not_differ_from_it_and_every_lesson_is_accounted_for()
    {
        var random = new Random(2812);
        for (var i = 0; i < 300; i++)
        {
            var (present, incoming) = (Any(random), Any(random));
            var diff = present.CompareWith(incoming);
            var after = present.ReplaceWith(incoming, Office).Value;

            Assert.True(after.CompareWith(incoming).IsEmpty);
            Assert.Equal(incoming.Lessons.Length, present.Lessons.Length + diff.Added.Length - diff.Removed.Length);
            Assert.Equal(incoming.Lessons.Select(Content).Order(), after.Lessons.Select(Content).Order());
        }
    }

    private static Timetable Cancelled => Present.Cancel(Maths.Id, Tuesday, Office).Value;

    private static Lesson Termly(int number, Term term) => Lesson(number, "Maths", IsoDayOfWeek.Tuesday, new(10, 5), valid: term.Dates);

    /// <summary>Few subjects, days and ids, so that lessons meet in every way.</summary>
    private static Timetable Any(Random random)
    {
        var numbers = Enumerable.Range(1, 12).OrderBy(_ => random.Next()).Take(random.Next(1, 8));
        var timetable = TimetableOf([.. numbers.Select(number => Lesson(
            number, random.Next(2) == 0 ? "Maths" : "Art", random.Next(2) == 0 ? IsoDayOfWeek.Tuesday : IsoDayOfWeek.Wednesday, new(10, 5),
            valid: random.Next(2) == 0 ? Spring.Dates : WholeYear))]);
        foreach (var lesson in timetable.Lessons)
        {
            if (timetable.Cancel(lesson.Id, Tuesday, Office).TryGet(out var changed, out _) && random.Next(2) == 0) timetable = changed;
        }

        return timetable;
    }

    private static string Content(Lesson lesson) => $"{lesson.Subject} {lesson.Weekday} {lesson.Valid}";
}

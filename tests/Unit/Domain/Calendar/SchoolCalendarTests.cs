using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class SchoolCalendarTests
{
    [Fact]
    public void A_weekday_in_term_is_a_school_day() => Assert.True(TheYear.IsSchoolDay(Date(2026, 3, 3)));

    [Theory]
    [InlineData(2026, 3, 7, ClosedBecause.NotASchoolWeekday, "it is a Saturday")]
    [InlineData(2026, 2, 18, ClosedBecause.HalfTerm, "half-term")]
    [InlineData(2026, 1, 2, ClosedBecause.Holiday, "school holiday")]
    [InlineData(2026, 6, 1, ClosedBecause.InsetDay, "INSET day")]
    [InlineData(2026, 5, 4, ClosedBecause.BankHoliday, "bank holiday (Early May)")]
    [InlineData(2026, 1, 15, ClosedBecause.Other, "the school is closed (the heating has failed)")]
    [InlineData(2026, 9, 8, ClosedBecause.NotEntered, "the terms of 2026/27 have not been entered")]
    public void A_day_without_school_says_why(int year, int month, int day, ClosedBecause because, string words) =>
        Assert.Equal(new ClosedDay(Date(year, month, day), because, words), TheYear.WhyClosed(Date(year, month, day)));

    [Theory]
    [InlineData(2025, 9, 3)]
    [InlineData(2025, 10, 24)]
    [InlineData(2025, 11, 3)]
    [InlineData(2025, 12, 19)]
    public void First_and_last_days_of_a_term_and_the_days_beside_half_term_are_school_days(int year, int month, int day) =>
        Assert.True(TheYear.IsSchoolDay(Date(year, month, day)));

    [Fact]
    public void A_one_off_open_day_is_a_school_day() => Assert.True(TheYear.IsSchoolDay(OpenSaturday.Date));

    [Fact]
    public void Of_a_bank_holiday_and_an_INSET_day_on_one_day_the_bank_holiday_is_the_reason()
    {
        var calendar = CalendarOf([Summer], [new(EarlyMay.Dates, ClosureKind.InsetDay), EarlyMay]);

        Assert.Equal(ClosedBecause.BankHoliday, calendar.WhyClosed(EarlyMay.Dates.Start)?.Because);
    }

    [Fact]
    public void A_refusal_names_the_reason_and_the_next_school_day() => Assert.Equal(
        ("calendar.half-term",
         "There is no school on Friday 29 May 2026: half-term.",
         "Choose another day; the next school day is Tuesday 2 June 2026."),
        TheYear.RefusalOn(Date(2026, 5, 29)) is { } refusal ? (refusal.Code, refusal.Reason, refusal.NextStep) : default);

    [Fact]
    public void A_year_that_nobody_has_entered_asks_for_its_terms() =>
        Assert.Contains("enter the terms", TheYear.RefusalOn(Date(2027, 2, 2))?.NextStep, StringComparison.Ordinal);

    [Fact]
    public void The_next_school_day_lies_after_the_given_one() => Assert.Equal(Date(2026, 3, 4), TheYear.NextSchoolDay(Date(2026, 3, 3)));

    [Fact]
    public void There_is_no_next_school_day_after_the_last_term() => Assert.Null(TheYear.NextSchoolDay(Summer.Dates.End));

    [Fact]
    public void The_next_school_day_of_a_day_long_ago_is_the_first_that_is_known() =>
        Assert.Equal(Autumn.Dates.Start, TheYear.NextSchoolDay(LocalDate.MinIsoValue));

    [Fact]
    public void School_days_of_a_range_are_just_the_days_that_are_open()
    {
        var range = Dates(2025, 8, 1, 2026, 8, 31);

        Assert.Equal(range.Where(TheYear.IsSchoolDay), TheYear.SchoolDays(range));
    }

    [Fact]
    public void A_range_without_end_gives_only_the_days_that_are_known() =>
        Assert.Equal(Summer.Dates.End, TheYear.SchoolDays(new DateInterval(LocalDate.MinIsoValue, LocalDate.MaxIsoValue)).Last());

    [Fact]
    public void An_empty_calendar_knows_no_school_day() =>
        Assert.Empty(CalendarOf([]).SchoolDays(Dates(2025, 9, 1, 2026, 8, 31)));

    [Fact]
    public void A_moment_before_midnight_UTC_in_summer_is_the_next_day_in_London() =>
        Assert.Equal(Date(2026, 7, 2), TheYear.DateAt(Instant.FromUtc(2026, 7, 1, 23, 30)));

    [Fact]
    public void A_date_in_half_term_is_in_its_term() => Assert.Equal(Spring, TheYear.TermOf(Date(2026, 2, 18)));

    [Fact]
    public void A_year_has_its_terms() => Assert.Equal([Autumn, Spring, Summer], TheYear.TermsOf(TheYear.AcademicYearOf(Date(2026, 8, 31))));

    [Fact]
    public void Terms_that_overlap_by_a_day_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => CalendarOf([Autumn, new("Late", Dates(2025, 12, 19, 2026, 3, 1))]));

    [Fact]
    public void Terms_out_of_order_can_not_be_built() => Assert.Throws<ArgumentException>(() => CalendarOf([Spring, Autumn]));

    [Fact]
    public void A_term_across_two_academic_years_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => CalendarOf([new("Long", Dates(2026, 8, 28, 2026, 12, 18))]));

    [Theory]
    [InlineData(3, 12)]
    [InlineData(9, 19)]
    [InlineData(1, 9)]
    public void A_half_term_that_is_not_inside_its_term_can_not_be_built(int first, int last) => Assert.Throws<ArgumentException>(
        () => new Term("Short", Dates(2025, 9, 3, 2025, 9, 19), Dates(2025, 9, first, 2025, 9, last)));

    [Fact]
    public void A_day_that_is_closed_and_open_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => CalendarOf([Summer], [Inset], [new OpenDay(Inset.Dates.Start)]));

    [Fact]
    public void Closing_a_day_takes_it_out_and_remembers_who_did_so()
    {
        var closed = TheYear.Close(new(Dates(2026, 3, 3, 2026, 3, 3), ClosureKind.Other, "snow"), Office).Value;

        Assert.Equal((false, Office), (closed.IsSchoolDay(Date(2026, 3, 3)), closed.LastChange));
    }

    [Fact]
    public void Closing_a_day_leaves_the_calendar_that_was_as_it_was()
    {
        _ = TheYear.Close(new(Dates(2026, 3, 3, 2026, 3, 3), ClosureKind.Other, "snow"), Office);

        Assert.True(TheYear.IsSchoolDay(Date(2026, 3, 3)));
    }

    [Fact]
    public void A_closure_that_is_called_off_gives_the_days_back() =>
        Assert.True(TheYear.CallOff(NoHeating, Office).Value.IsSchoolDay(Date(2026, 1, 15)));

    [Fact]
    public void An_open_day_that_is_called_off_is_a_Saturday_again() =>
        Assert.False(TheYear.CallOff(OpenSaturday, Office).Value.IsSchoolDay(OpenSaturday.Date));

    [Fact]
    public void Calling_off_what_is_not_there_is_refused() =>
        Assert.Equal(["calendar.no-such-closure"], TheYear.CallOff(new Closure(Inset.Dates, ClosureKind.Other, "a guess"), Office).Refusals.Select(refusal => refusal.Code));

    [Fact]
    public void Opening_on_an_INSET_day_is_refused_until_that_is_called_off() =>
        Assert.Equal(["calendar.closed-and-open"], TheYear.OpenOn(new(Inset.Dates.Start), Office).Refusals.Select(refusal => refusal.Code));

    [Fact]
    public void A_term_may_be_entered_before_a_later_one() =>
        Assert.Equal([Autumn, Spring, Summer], CalendarOf([Autumn, Summer]).EnterTerm(Spring, Office).Value.Terms);

    [Fact]
    public void A_term_that_overlaps_and_crosses_years_is_refused_for_both_reasons() => Assert.Equal(
        ["calendar.term-crosses-years", "calendar.terms-overlap"],
        TheYear.EnterTerm(new("Wrong", Dates(2026, 7, 1, 2026, 12, 1)), Office).Refusals.Select(refusal => refusal.Code));
}

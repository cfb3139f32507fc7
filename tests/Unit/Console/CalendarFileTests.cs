using System.Text;
using AV1Relay.Domain.Calendar.Imports;
using AV1Relay.Domain.Refusals;
using AV1Relay.StaffConsole.Calendars;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>Calendar files as school systems write them, and as nobody should.</summary>
public class CalendarFileTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly DateInterval Year = new(new LocalDate(2026, 9, 1), new LocalDate(2027, 8, 31));

    [Fact]
    public void A_weekly_lesson_stays_at_its_wall_time_across_the_clock_change_and_leaves_out_what_the_file_leaves_out()
    {
        var file = Read(
            "UID:a", "SUMMARY:8B Maths", "LOCATION:Lab", "ORGANIZER;CN=Mr Walker:mailto:walker@school.example",
            "DTSTART;TZID=Europe/London:20261005T100500", "DTEND;TZID=Europe/London:20261005T105500", "RRULE:FREQ=WEEKLY;UNTIL=20261109T235959Z",
            "EXDATE;TZID=Europe/London:20261026T100500");

        Assert.Equal(
            [new(2026, 10, 5), new(2026, 10, 12), new(2026, 10, 19), new(2026, 11, 2), new(2026, 11, 9)], file.Timed.Select(one => one.Slot.Date));
        Assert.All(file.Timed, one => Assert.Equal(
            ("8B Maths", "Lab", "Mr Walker", new LocalTime(10, 5), Duration.FromMinutes(50)), (one.Name, one.Place, one.Teacher, one.Slot.Start, one.Slot.Duration)));
    }

    [Theory]
    [InlineData("DTSTART:20261005T090500Z", "10:05")] // British Summer Time
    [InlineData("DTSTART:20261102T090500Z", "09:05")]
    [InlineData("DTSTART:20261005T090500", "09:05")] // floating: the school's own clocks
    [InlineData("DTSTART;TZID=GMT Standard Time:20261005T090500", "09:05")] // as Windows calls London
    [InlineData("DTSTART;TZID=Europe/Paris:20261005T090500", "08:05")]
    [InlineData("DTSTART;TZID=Our School:20261005T090500", "09:05")]
    public void Times_are_by_the_schools_clocks(string start, string time) =>
        Assert.Equal(time, Assert.Single(Read("UID:a", "SUMMARY:8B Maths", start, "DURATION:PT50M").Timed).Slot.Start.ToString("HH:mm", null));

    [Fact]
    public void One_that_is_moved_says_from_which_day_and_one_that_is_cancelled_is_not_there()
    {
        string[] series = ["UID:a", "SUMMARY:8B Maths", "DTSTART;TZID=Europe/London:20261005T100500", "DURATION:PT50M", "RRULE:FREQ=WEEKLY;COUNT=3"];
        string[] moved = ["UID:a", "SUMMARY:8B Maths", "RECURRENCE-ID;TZID=Europe/London:20261012T100500", "DTSTART;TZID=Europe/London:20261013T110000", "DURATION:PT50M"];
        string[] cancelled = ["UID:a", "STATUS:CANCELLED", "RECURRENCE-ID;TZID=Europe/London:20261019T100500", "DTSTART;TZID=Europe/London:20261019T100500", "DURATION:PT50M"];

        var file = ReadAll(series, moved, cancelled).Value;

        Assert.Equal(
            [(new LocalDate(2026, 10, 5), null), (new LocalDate(2026, 10, 12), null), (new LocalDate(2026, 10, 13), (LocalDate?)new LocalDate(2026, 10, 12))],
            file.Timed.Select(one => (one.Slot.Date, one.MovedFrom)));
    }

    [Fact]
    public void Whole_days_end_on_the_day_before_the_files_end()
    {
        var days = Assert.Single(Read("UID:a", "SUMMARY:Half term", "DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:20261031").Days);

        Assert.Equal(new WholeDays("Half term", new DateInterval(new LocalDate(2026, 10, 26), new LocalDate(2026, 10, 30))), days);
    }

    [Theory]
    [InlineData("RRULE:FREQ=SECONDLY")]
    [InlineData("RRULE:FREQ=WEEKLY;BYSECOND=1,2,3")]
    [InlineData("RRULE:FREQ=YEARLY;BYDAY=MO;BYSETPOS=1")]
    [InlineData("RRULE:FREQ=DAILY;INTERVAL=100000")]
    [InlineData("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")] // never comes: following it walks to the year 9999
    [InlineData("RRULE:FREQ=WEEKLY;BYMONTH=9,10")]
    [InlineData("RRULE:FREQ=DAILY;BYMONTHDAY=1")]
    [InlineData("RRULE:FREQ=WEEKLY;BYDAY=1MO")]
    public void A_repeat_that_no_timetable_has_is_told_and_not_followed(string rule)
    {
        var file = Read("UID:a", "SUMMARY:8B Maths", "DTSTART:20261005T090500Z", "DURATION:PT50M", rule);

        Assert.Empty(file.Timed);
        Assert.StartsWith("It repeats in a way", Assert.Single(file.NotUnderstood).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeat_without_an_end_ends_with_the_year_and_one_from_long_ago_is_not_followed()
    {
        Assert.Equal(330, Read("UID:a", "SUMMARY:8B Maths", "DTSTART:20261006T090500Z", "DURATION:PT50M", "RRULE:FREQ=DAILY").Timed.Length);
        Assert.Equal("It began too many years ago.", Assert.Single(
            Read("UID:a", "SUMMARY:8B Maths", "DTSTART:00010101T090500Z", "DURATION:PT50M", "RRULE:FREQ=DAILY").NotUnderstood).Why);
    }

    [Fact]
    public void What_repeats_to_more_than_a_school_has_is_refused() => Assert.Equal("import.too-big", Code(ReadAll([.. Enumerable.Range(0, 400).Select(
        number => new[] { $"UID:{number}", "SUMMARY:8B Maths", "DTSTART:20260901T090500Z", "DURATION:PT50M", "RRULE:FREQ=DAILY" })])));

    [Fact]
    public void A_repeat_that_never_comes_is_told() => Assert.Equal("Its repeats can't be followed.", Assert.Single(Read(
        "UID:a", "SUMMARY:8B Maths", "DTSTART:20261005T090500Z", "DURATION:PT50M", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU").NotUnderstood).Why); // from a Monday

    [Fact]
    public void Repeats_that_all_lie_before_the_year_count_too() => Assert.Equal("import.too-big", Code(ReadAll([.. Enumerable.Range(0, 1_000).Select(
        number => new[] { $"UID:{number}", "SUMMARY:8B Maths", "DTSTART:20230901T090500Z", "DURATION:PT50M", "RRULE:FREQ=DAILY;UNTIL=20260801T000000Z" })])));

    [Fact]
    public void A_timetable_that_has_run_for_years_is_read() => Assert.Equal(2_000 * 39, ReadAll([.. Enumerable.Range(0, 2_000).Select(
        number => new[] { $"UID:{number}", "SUMMARY:8B Maths", "DTSTART:20230904T090500Z", "DURATION:PT50M", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z" })]).Value.Timed.Length);

    [Fact]
    public void Nobody_waiting_any_more_ends_it() => Assert.ThrowsAny<OperationCanceledException>(() => CalendarFile.Read(
        Encoding.UTF8.GetBytes(Calendar([["UID:a", "DTSTART:20261005T090500Z", "DURATION:PT50M", "RRULE:FREQ=DAILY"]])), London, Year, new CancellationToken(canceled: true)));

    public static TheoryData<string> Broken =>
    [
        "", "PK\u0003\u0004", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "BEGIN:VCALENDAR\r\nhello\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:99999999T000000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nRRULE:FREQ=OFTEN\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_no_calendar_is_refused(string text) => Assert.Equal("import.no-calendar", Code(CalendarFile.Read(Encoding.UTF8.GetBytes(text), London, Year, CancellationToken.None)));

    [Fact]
    public void What_is_too_much_is_refused_before_it_is_read()
    {
        Assert.Equal("import.too-big", Code(CalendarFile.Read(new byte[CalendarFile.MostBytes + 1], London, Year, CancellationToken.None)));
        Assert.Equal("import.too-big", Code(CalendarFile.Read(Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat("BEGIN:VEVENT\n", 20_000))), London, Year, CancellationToken.None)));
    }

    [Fact]
    public void Bytes_at_random_in_a_calendar_never_throw()
    {
        var random = new Random(20261);
        var whole = Encoding.UTF8.GetBytes(Calendar([["UID:a", "SUMMARY:8B Maths", "DTSTART;TZID=Europe/London:20261005T100500", "DURATION:PT50M", "RRULE:FREQ=WEEKLY;COUNT=3"]]));
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(10, 127);
            _ = CalendarFile.Read(bytes, London, Year, CancellationToken.None).IsRefused;
        }
    }

    private static ImportedFile Read(params string[] lines) => ReadAll(lines).Value;

    private static Outcome<ImportedFile> ReadAll(params string[][] events) => CalendarFile.Read(Encoding.UTF8.GetBytes(Calendar(events)), London, Year, CancellationToken.None);

    private static string Calendar(string[][] events) => string.Join(
        "\r\n",
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Invented//Timetable//EN", .. events.SelectMany(lines => (string[])["BEGIN:VEVENT", .. lines, "END:VEVENT"]),
            "END:VCALENDAR", "",
        ]);

    private static string? Code(Outcome<ImportedFile> outcome) => outcome.Refusals is [var first, ..] ? first.Code : null;
}

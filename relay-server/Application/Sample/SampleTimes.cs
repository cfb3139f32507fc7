using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Application.Sample;

/// <summary>A school's year as schools in England have it, roughly: three terms with half-terms, five lessons a day in two classes.</summary>
internal static class SampleTimes
{
    public static readonly Duration LessonLength = Duration.FromMinutes(50);

    private static readonly LocalTime[] Starts = [new(8, 50), new(9, 50), new(11, 10), new(12, 10), new(13, 50)];

    private static readonly string[] Subjects = ["English", "Maths", "Science", "History", "Geography", "Art", "Music", "French", "Computing", "Drama"];

    private static readonly string[] Classes = ["8A", "8B"];

    /// <summary>The year that <paramref name="today"/> lies in, with the one before and the one after.</summary>
    public static SchoolTimes Invent(SampleRandom random, SchoolId school, DateTimeZone zone, LocalDate today, IReadOnlyList<PersonId> teachers, Act act)
    {
        var year = AcademicYearStarts.England.YearOf(today).Dates.Start.Year;
        ImmutableArray<Term> terms = [.. Enumerable.Range(year - 1, 3).SelectMany(TermsOf)];
        ImmutableArray<Closure> closures =
        [
            .. terms.Where(term => term.Name.StartsWith("Autumn", StringComparison.Ordinal))
                .Select(term => new Closure(new DateInterval(term.Dates.Start, term.Dates.Start), ClosureKind.InsetDay)),
            .. Enumerable.Range(year, 3).Select(spring => FirstMonday(new LocalDate(spring, 5, 1)))
                .Select(day => new Closure(new DateInterval(day, day), ClosureKind.BankHoliday, "Early May")),
        ];
        ImmutableArray<SchoolRoom> rooms =
        [
            .. Classes.Select(name => new SchoolRoom(new RoomId(random.Id()), name, new WalkTest(HoldsWifi: true, act))),
            new SchoolRoom(new RoomId(random.Id()), "Library", new WalkTest(HoldsWifi: false, act)),
        ];
        var valid = new DateInterval(terms[0].Dates.Start, terms[^1].Dates.End);
        ImmutableArray<Lesson> lessons =
        [
            .. from weekday in SchoolCalendar.MondayToFriday
               from start in Starts
               from number in Enumerable.Range(0, Classes.Length)
               select new Lesson(
                   new LessonId(random.Id()), $"{Classes[number]} {random.Pick(Subjects)}", rooms[number].Id, teachers[number % teachers.Count],
                   weekday, start, LessonLength, valid),
        ];
        return new SchoolTimes(
            school,
            new SchoolCalendar(zone, AcademicYearStarts.England, SchoolCalendar.MondayToFriday, terms, closures, [], act),
            new Timetable(school, WeekCycle.None, lessons, [], act),
            rooms);
    }

    private static IEnumerable<Term> TermsOf(int year)
    {
        yield return Term($"Autumn {year}", new LocalDate(year, 9, 2), new LocalDate(year, 10, 22), new LocalDate(year, 12, 19));
        yield return Term($"Spring {year + 1}", new LocalDate(year + 1, 1, 4), new LocalDate(year + 1, 2, 12), new LocalDate(year + 1, 3, 29));
        yield return Term($"Summer {year + 1}", new LocalDate(year + 1, 4, 12), new LocalDate(year + 1, 5, 25), new LocalDate(year + 1, 7, 23));
    }

    /// <summary>From the Monday on or after the first day to the Friday on or before the last, with a week off in the middle.</summary>
    private static Term Term(string name, LocalDate from, LocalDate halfTerm, LocalDate until)
    {
        var monday = FirstMonday(halfTerm);
        return new Term(
            name,
            new DateInterval(FirstMonday(from), until.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Friday))),
            new DateInterval(monday, monday.PlusDays(4)));
    }

    private static LocalDate FirstMonday(LocalDate date) => date.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Monday));
}

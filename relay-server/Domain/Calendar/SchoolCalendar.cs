using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>On which days a school is open, and why not on the others.</summary>
/// <remarks>
/// Always true: terms come in order, don't overlap, and lie in one academic year each; no day is closed and one-off open at once.
/// A year for which no terms have been entered has no school days, and says that this is why.
/// </remarks>
public sealed class SchoolCalendar
{
    /// <summary>Monday to Friday.</summary>
    public static ImmutableArray<IsoDayOfWeek> MondayToFriday { get; } =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    /// <param name="zone">Of the school's wall clocks.</param>
    /// <param name="schoolWeek">The weekdays with school in a usual week.</param>
    /// <param name="lastChange">Who last changed it by hand; null when nobody has.</param>
    /// <exception cref="ArgumentException">What is always true would not be.</exception>
    public SchoolCalendar(
        DateTimeZone zone,
        AcademicYearStarts yearStarts,
        ImmutableArray<IsoDayOfWeek> schoolWeek,
        ImmutableArray<Term> terms,
        ImmutableArray<Closure> closures,
        ImmutableArray<OpenDay> openDays,
        Act? lastChange = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(yearStarts);
        (Zone, YearStarts, LastChange) = (zone, yearStarts, lastChange);
        SchoolWeek = schoolWeek.IsDefault ? [] : [.. schoolWeek.Distinct().Order()];
        Terms = terms.IsDefault ? [] : terms;
        Closures = closures.IsDefault ? [] : [.. closures.OrderBy(closure => closure.Dates.Start)];
        OpenDays = openDays.IsDefault ? [] : [.. openDays.OrderBy(day => day.Date)];
        if (SchoolWeek.Length == 0 || SchoolWeek.Contains(IsoDayOfWeek.None))
            throw new ArgumentException("A school week has days.", nameof(schoolWeek));
        if (CalendarRules.Broken(YearStarts, Terms, Closures, OpenDays) is [var first, ..]) throw new ArgumentException(first.ToString());
    }

    public DateTimeZone Zone { get; }

    public AcademicYearStarts YearStarts { get; }

    public ImmutableArray<IsoDayOfWeek> SchoolWeek { get; }

    public ImmutableArray<Term> Terms { get; }

    public ImmutableArray<Closure> Closures { get; }

    public ImmutableArray<OpenDay> OpenDays { get; }

    public Act? LastChange { get; }

    /// <summary>From the first to the last day on which school is possible; null while nothing has been entered.</summary>
    public DateInterval? KnownDates
    {
        get
        {
            DateInterval[] entered = [.. Terms.Select(term => term.Dates), .. OpenDays.Select(day => new DateInterval(day.Date, day.Date))];
            return entered.Length == 0 ? null : new DateInterval(entered.Min(dates => dates.Start), entered.Max(dates => dates.End));
        }
    }

    public LocalDate DateAt(Instant instant) => instant.InZone(Zone).Date;

    public AcademicYear AcademicYearOf(LocalDate date) => YearStarts.YearOf(date);

    public IEnumerable<Term> TermsOf(AcademicYear year) => Terms.Where(term => year.Dates.Contains(term.Dates));

    /// <summary>Null in the holidays. A half-term is part of its term.</summary>
    public Term? TermOf(LocalDate date) => Terms.FirstOrDefault(term => term.Dates.Contains(date));

    public bool IsSchoolDay(LocalDate date) => WhyClosed(date) is null;

    /// <summary>Null on a school day. Where several reasons hold, the one that is most particular to the day.</summary>
    public ClosedDay? WhyClosed(LocalDate date)
    {
        if (OpenDays.Any(day => day.Date == date)) return null;
        if (Closures.Where(closure => closure.Dates.Contains(date)).MinBy(closure => closure.Kind) is { } closure)
            return ClosedBy(closure, date);
        if (!SchoolWeek.Contains(date.DayOfWeek)) return new(date, ClosedBecause.NotASchoolWeekday, $"it is a {date.DayOfWeek}");
        if (TermOf(date) is { } term)
            return term.HalfTerm?.Contains(date) is true ? new(date, ClosedBecause.HalfTerm, "half-term") : null;

        var year = AcademicYearOf(date);
        return TermsOf(year).Any()
            ? new(date, ClosedBecause.Holiday, "school holiday")
            : new(date, ClosedBecause.NotEntered, $"the terms of {year} have not been entered");
    }

    /// <summary><see cref="WhyClosed"/> as an answer to somebody who wants something on that day.</summary>
    public Refusal? RefusalOn(LocalDate date) => WhyClosed(date)?.ToRefusal(NextSchoolDay(date));

    /// <summary>The first one after <paramref name="date"/>; null when the calendar knows none.</summary>
    public LocalDate? NextSchoolDay(LocalDate date) => KnownDates is { } known && known.End > date
        ? SchoolDays(new DateInterval(date.PlusDays(1), known.End)).Select(day => (LocalDate?)day).FirstOrDefault()
        : null;

    /// <summary>In order, first and last date of the range included.</summary>
    public IEnumerable<LocalDate> SchoolDays(DateInterval range) => KnownDates?.Intersection(range)?.Where(IsSchoolDay) ?? [];

    /// <summary>Morning and afternoon of each school day, in order.</summary>
    public IEnumerable<RegistrationSession> RegistrationSessions(DateInterval range) =>
        SchoolDays(range).SelectMany<LocalDate, RegistrationSession>(day => [new(day, RegistrationHalf.Morning), new(day, RegistrationHalf.Afternoon)]);

    public Outcome<SchoolCalendar> EnterTerm(Term term, Act act) => Next(act, terms: Terms.Add(term));

    /// <summary>Puts a term in the place of another, in one step: between the two the days between would have no school.</summary>
    public Outcome<SchoolCalendar> ChangeTerm(Term present, Term next, Act act) => Terms.Contains(present)
        ? Next(act, terms: Terms.Replace(present, next))
        : TimesRefusals.NoSuchTerm;

    /// <summary>Its days have no school any more; what is closed or open one by one stays.</summary>
    public Outcome<SchoolCalendar> TakeOut(Term term, Act act) => Terms.Contains(term)
        ? Next(act, terms: Terms.Remove(term))
        : TimesRefusals.NoSuchTerm;

    public Outcome<SchoolCalendar> Close(Closure closure, Act act) => Next(act, closures: Closures.Add(closure));

    public Outcome<SchoolCalendar> OpenOn(OpenDay day, Act act) => Next(act, openDays: OpenDays.Add(day));

    /// <summary>The days go back to what everything else in the calendar says of them.</summary>
    public Outcome<SchoolCalendar> CallOff(Closure closure, Act act) => Closures.Contains(closure)
        ? Next(act, closures: Closures.Remove(closure))
        : new Refusal("calendar.no-such-closure", "The calendar has no such closure any more.", "Look at the calendar again.");

    public Outcome<SchoolCalendar> CallOff(OpenDay day, Act act) => OpenDays.Contains(day)
        ? Next(act, openDays: OpenDays.Remove(day))
        : new Refusal("calendar.no-such-open-day", "The calendar has no such open day any more.", "Look at the calendar again.");

    private static ClosedDay ClosedBy(Closure closure, LocalDate date)
    {
        var (because, kind) = closure.Kind switch
        {
            ClosureKind.BankHoliday => (ClosedBecause.BankHoliday, "bank holiday"),
            ClosureKind.InsetDay => (ClosedBecause.InsetDay, "INSET day"),
            _ => (ClosedBecause.Other, "the school is closed"),
        };
        return new(date, because, string.IsNullOrWhiteSpace(closure.Words) ? kind : $"{kind} ({closure.Words})");
    }

    private Outcome<SchoolCalendar> Next(
        Act act, ImmutableArray<Term>? terms = null, ImmutableArray<Closure>? closures = null, ImmutableArray<OpenDay>? openDays = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        var nextTerms = terms?.Sort((one, other) => one.Dates.Start.CompareTo(other.Dates.Start)) ?? Terms;
        var (nextClosures, nextOpenDays) = (closures ?? Closures, openDays ?? OpenDays);
        return CalendarRules.Broken(YearStarts, nextTerms, nextClosures, nextOpenDays) is { Count: > 0 } broken
            ? Outcome.Refused<SchoolCalendar>(broken)
            : new SchoolCalendar(Zone, YearStarts, SchoolWeek, nextTerms, nextClosures, nextOpenDays, act);
    }
}

using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>From when to when a child is of compulsory school age, by dates that are data: they are set by order and may change.</summary>
/// <remarks>Education Act 1996 s. 8: from the prescribed day on or after the fifth birthday to the school leaving date.</remarks>
public sealed record CompulsorySchoolAge
{
    /// <param name="prescribedDays">Days of each year on which compulsory school age begins (s. 8(4)(a)).</param>
    /// <param name="schoolLeavingDay">The school leaving date of each calendar year (s. 8(4)(b)).</param>
    /// <param name="schoolYearBegins">
    /// A 16th birthday after the leaving date but before this day counts for the same year (s. 8(3)(a)). The law means the first term after July,
    /// which differs between schools.
    /// </param>
    /// <exception cref="ArgumentException">No prescribed days.</exception>
    public CompulsorySchoolAge(ImmutableArray<AnnualDate> prescribedDays, LastWeekday schoolLeavingDay, AnnualDate schoolYearBegins)
    {
        ArgumentNullException.ThrowIfNull(schoolLeavingDay);
        if (prescribedDays.IsDefaultOrEmpty) throw new ArgumentException("Compulsory school age begins on a prescribed day.", nameof(prescribedDays));
        (PrescribedDays, SchoolLeavingDay, SchoolYearBegins) = (prescribedDays.Sort(), schoolLeavingDay, schoolYearBegins);
    }

    /// <summary>England: prescribed days of SI 1998/1607; the last Friday in June of the School Leaving Date Order, SI 1997/1970; school years from 1 September.</summary>
    public static CompulsorySchoolAge England { get; } = new([new(3, 31), new(8, 31), new(12, 31)], new(IsoDayOfWeek.Friday, 6), new(9, 1));

    public ImmutableArray<AnnualDate> PrescribedDays { get; }

    public LastWeekday SchoolLeavingDay { get; }

    public AnnualDate SchoolYearBegins { get; }

    /// <summary>The first day of compulsory school age (s. 8(2)); the fifth birthday itself when it falls on a prescribed day.</summary>
    public LocalDate FirstDay(LocalDate bornOn)
    {
        var fifth = bornOn.PlusYears(5);
        return PrescribedDays.Select(day => day.InYear(fifth.Year))
            .Append(PrescribedDays[0].InYear(fifth.Year + 1))
            .First(day => day >= fifth);
    }

    /// <summary>The last day of compulsory school age (s. 8(3)).</summary>
    public LocalDate LastDay(LocalDate bornOn)
    {
        var sixteenth = bornOn.PlusYears(16);
        var leaving = SchoolLeavingDay.InYear(sixteenth.Year);
        return sixteenth <= leaving || sixteenth < SchoolYearBegins.InYear(sixteenth.Year) ? leaving : SchoolLeavingDay.InYear(sixteenth.Year + 1);
    }

    public bool Holds(LocalDate bornOn, LocalDate on) => FirstDay(bornOn) <= on && on <= LastDay(bornOn);
}

/// <summary>The last Monday, Tuesday … of a month.</summary>
/// <remarks>Always true: there is such a day and such a month.</remarks>
public sealed record LastWeekday
{
    /// <param name="month">1–12.</param>
    /// <exception cref="ArgumentException">No such day or month.</exception>
    public LastWeekday(IsoDayOfWeek day, int month)
    {
        if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) throw new ArgumentException("There is no such day.", nameof(day));
        if (month is < 1 or > 12) throw new ArgumentException("There is no such month.", nameof(month));
        (Day, Month) = (day, month);
    }

    public IsoDayOfWeek Day { get; }

    public int Month { get; }

    public LocalDate InYear(int year) => new LocalDate(year, Month, 1).PlusMonths(1).Previous(Day);
}

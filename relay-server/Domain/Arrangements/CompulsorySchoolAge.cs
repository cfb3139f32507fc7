using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>From when to when a child is of compulsory school age, by dates that are data: they are set by order and may change.</summary>
/// <remarks>Education Act 1996 s. 8: from the prescribed day on or after the fifth birthday to the school leaving date.</remarks>
public sealed record CompulsorySchoolAge
{
    /// <param name="prescribedDays">Days of each year on which compulsory school age begins (s. 8(4)(a)).</param>
    /// <param name="schoolLeavingDate">The school leaving date of a calendar year (s. 8(4)(b)).</param>
    /// <param name="schoolYearBegins">
    /// A 16th birthday after the leaving date but before this day counts for the same year (s. 8(3)(a)). The law means the first term after July,
    /// which differs between schools.
    /// </param>
    /// <exception cref="ArgumentException">No prescribed days.</exception>
    public CompulsorySchoolAge(IEnumerable<AnnualDate> prescribedDays, Func<int, LocalDate> schoolLeavingDate, AnnualDate schoolYearBegins)
    {
        ArgumentNullException.ThrowIfNull(prescribedDays);
        ArgumentNullException.ThrowIfNull(schoolLeavingDate);
        PrescribedDays = [.. prescribedDays.Order()];
        if (PrescribedDays.Count == 0) throw new ArgumentException("Compulsory school age begins on a prescribed day.", nameof(prescribedDays));
        (SchoolLeavingDate, SchoolYearBegins) = (schoolLeavingDate, schoolYearBegins);
    }

    /// <summary>England: prescribed days of SI 1998/1607; the last Friday in June of SI 1997/1970; school years from 1 September.</summary>
    public static CompulsorySchoolAge England { get; } = new([new(3, 31), new(8, 31), new(12, 31)], LastFridayInJune, new(9, 1));

    public IReadOnlyList<AnnualDate> PrescribedDays { get; }

    public Func<int, LocalDate> SchoolLeavingDate { get; }

    public AnnualDate SchoolYearBegins { get; }

    /// <summary>The last Friday in June (Education (School Leaving Date) Order 1997, SI 1997/1970).</summary>
    public static LocalDate LastFridayInJune(int year) => new LocalDate(year, 7, 1).Previous(IsoDayOfWeek.Friday);

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
        var leaving = SchoolLeavingDate(sixteenth.Year);
        return sixteenth <= leaving || sixteenth < SchoolYearBegins.InYear(sixteenth.Year) ? leaving : SchoolLeavingDate(sixteenth.Year + 1);
    }

    public bool Holds(LocalDate bornOn, LocalDate on) => FirstDay(bornOn) <= on && on <= LastDay(bornOn);
}

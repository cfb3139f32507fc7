using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>On which day of the year academic years start. A setting with dates: it may change, and old years stay as they were.</summary>
/// <remarks>Always true: every date lies in exactly one academic year; changes are in the order of their dates.</remarks>
public sealed class AcademicYearStarts
{
    /// <param name="first">The day of the year that counts until the first change, however long ago.</param>
    /// <param name="changes">Each the first day of a year, and from it on the day on which years start. The year before it is cut short.</param>
    /// <exception cref="ArgumentException">The changes are not in order.</exception>
    public AcademicYearStarts(AnnualDate first, params ImmutableArray<LocalDate> changes)
    {
        (First, Changes) = (first, changes.IsDefault ? [] : changes);
        if (Changes.Zip(Changes.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException("Changes come in the order of their dates.", nameof(changes));
    }

    /// <summary>1 September. A school whose autumn term begins in August sets an earlier day.</summary>
    public static AcademicYearStarts England { get; } = new(new AnnualDate(9, 1));

    public AnnualDate First { get; }

    public ImmutableArray<LocalDate> Changes { get; }

    public AcademicYear YearOf(LocalDate date)
    {
        var changesBefore = Changes.Count(change => change <= date);
        var startsOn = changesBefore == 0 ? First : new AnnualDate(Changes[changesBefore - 1].Month, Changes[changesBefore - 1].Day);

        var start = startsOn.InYear(date.Year);
        if (start > date) start = startsOn.InYear(date.Year - 1);
        var next = startsOn.InYear(start.Year + 1);
        if (changesBefore < Changes.Length) next = LocalDate.Min(next, Changes[changesBefore]);
        return new AcademicYear(new DateInterval(start, next.PlusDays(-1)));
    }
}

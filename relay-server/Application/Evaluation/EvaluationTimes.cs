using System.Globalization;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Evaluation;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Application.Evaluation;

/// <summary>How the time that is evaluated is cut into pieces.</summary>
public enum EvaluationSplit
{
    /// <summary>A school year as one.</summary>
    Year,

    /// <summary>Its terms, one beside the other. Holidays count nowhere.</summary>
    Terms,

    /// <summary>Its months, as far as they have begun.</summary>
    Months,
}

/// <summary>The school years that figures can be asked for, and their terms and months.</summary>
/// <param name="calendar">Null: nobody has entered one; then years begin as is usual in England, and no terms are known.</param>
public sealed class EvaluationTimes(SchoolCalendar? calendar, LocalDate today)
{
    private const int Years = 4;

    private static readonly LocalDatePattern Month = LocalDatePattern.Create("MMMM uuuu", CultureInfo.InvariantCulture);
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("d MMM", CultureInfo.InvariantCulture);

    /// <summary>The present one first, and those before it.</summary>
    public IReadOnlyList<AcademicYear> SchoolYears
    {
        get
        {
            List<AcademicYear> years = [YearOf(today)];
            while (years.Count < Years) years.Add(YearOf(years[^1].Dates.Start.PlusDays(-1)));
            return years;
        }
    }

    /// <summary>Pieces of that year that have begun, in their order; none where the year's terms are not entered.</summary>
    public IReadOnlyList<EvaluationPeriod> PeriodsOf(AcademicYear year, EvaluationSplit split)
    {
        ArgumentNullException.ThrowIfNull(year);
        return split switch
        {
            EvaluationSplit.Terms => [.. TermsOf(year)],
            EvaluationSplit.Months => [.. MonthsOf(year)],
            _ => [new EvaluationPeriod($"School year {year.Label}", year.Dates)],
        };
    }

    private IEnumerable<EvaluationPeriod> TermsOf(AcademicYear year)
    {
        var terms = calendar?.TermsOf(year).Where(term => term.Dates.Start <= today).ToList() ?? [];
        // Two terms may be called the same: their first day tells them apart.
        return terms.Select(term => new EvaluationPeriod(
            terms.Count(other => other.Name == term.Name) > 1 ? $"{term.Name} from {Day.Format(term.Dates.Start)}" : term.Name, term.Dates));
    }

    private IEnumerable<EvaluationPeriod> MonthsOf(AcademicYear year)
    {
        for (var from = year.Dates.Start; from <= LocalDate.Min(today, year.Dates.End); from = from.With(DateAdjusters.EndOfMonth).PlusDays(1))
            yield return new EvaluationPeriod(Month.Format(from), new DateInterval(from, LocalDate.Min(from.With(DateAdjusters.EndOfMonth), year.Dates.End)));
    }

    private AcademicYear YearOf(LocalDate date) => calendar?.AcademicYearOf(date) ?? AcademicYearStarts.England.YearOf(date);
}

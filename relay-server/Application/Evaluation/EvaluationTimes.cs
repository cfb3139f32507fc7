using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Evaluation;
using NodaTime;

namespace AV1Relay.Application.Evaluation;

/// <summary>The school years that figures can be asked for.</summary>
/// <param name="calendar">Null: years begin as is usual in England.</param>
public sealed class EvaluationTimes(SchoolCalendar? calendar, LocalDate today)
{
    private const int Years = 4;

    /// <summary>The present one first, once a month of it is over, and those before it.</summary>
    public IReadOnlyList<EvaluationYear> SchoolYears
    {
        get
        {
            List<AcademicYear> years = [YearOf(today)];
            while (years.Count < Years) years.Add(YearOf(years[^1].Dates.Start.PlusDays(-1)));
            return [.. years.Select(year => new EvaluationYear(year.Label, year.Dates.Start, year.Dates.End.PlusDays(1), today)).Where(year => year.HasBegun)];
        }
    }

    private AcademicYear YearOf(LocalDate date) => calendar?.AcademicYearOf(date) ?? AcademicYearStarts.England.YearOf(date);
}

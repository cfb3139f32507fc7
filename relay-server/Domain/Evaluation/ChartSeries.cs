using System.Collections.Immutable;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Evaluation;

/// <summary>One line of a chart over periods. A figure kept back is a gap, and must be drawn as one: never as 0, never bridged.</summary>
/// <param name="School">Null: all schools together.</param>
public sealed record ChartSeries(SchoolId? School, string Category, ImmutableArray<ChartPoint> Points)
{
    /// <summary>A series for all schools and one for each, the same figures as in the tables.</summary>
    public static IEnumerable<ChartSeries> Of(EngagementFigures figures, EngagementMeasure measure, string category)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Of(figures.Periods, period => figures[period, measure], category);
    }

    /// <summary>A series for all schools and one for each, the same figures as in the tables.</summary>
    /// <param name="category"><see cref="AttendanceFigures.Attended"/> or <see cref="AttendanceFigures.NotAttended"/>.</param>
    public static IEnumerable<ChartSeries> Of(AttendanceFigures figures, string category)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Of(figures.Periods, period => figures[period], category);
    }

    private static IEnumerable<ChartSeries> Of(IReadOnlyList<EvaluationPeriod> periods, Func<EvaluationPeriod, FigureTable> tableOf, string category)
    {
        yield return new(null, category, [.. periods.Select(period => new ChartPoint(period.Name, tableOf(period).TotalOf(category)))]);
        foreach (var school in periods.SelectMany(period => tableOf(period).Schools).Distinct().OrderBy(school => school.Value))
            yield return new(school, category, [.. periods.Select(period => new ChartPoint(period.Name, tableOf(period)[school, category]))]);
    }
}

public sealed record ChartPoint(string Period, Figure Figure);

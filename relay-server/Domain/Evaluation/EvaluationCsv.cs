using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Figures of engagement as CSV. Attendance is never in the same file: it is another type.</summary>
public static class EvaluationCsv
{
    /// <summary>What stands in place of a figure that is kept back, and of the name where all schools are meant.</summary>
    public const string KeptBack = "kept back";
    public const string AllSchools = "all schools";
    public const string AllCategories = "total";

    private static readonly string[] FigureColumns = ["period", "measure", "school", "category", "figure"];

    /// <param name="nameOf">How a school is called in the file.</param>
    /// <param name="only">The one school that the file is of; null: all, and their totals.</param>
    public static IEnumerable<string> Lines(EngagementFigures figures, Func<SchoolId, string> nameOf, SchoolId? only = null)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Lines(
            from period in figures.Periods
            from measure in Enum.GetValues<EngagementMeasure>()
            from row in Rows(period.Name, NameOf(measure), figures[period, measure], nameOf, only)
            select row);
    }

    private static IEnumerable<string> Lines(IEnumerable<FigureRow> rows) => Csv.Lines(FigureColumns, rows, row => (CsvField[])
    [
        CsvField.Text(row.Period), CsvField.Text(row.Measure), CsvField.Text(row.School), CsvField.Text(row.Category),
        row.Figure.Value is { } value ? CsvField.Number(value) : CsvField.Text(KeptBack),
    ]);

    private static IEnumerable<FigureRow> Rows(string period, string measure, FigureTable table, Func<SchoolId, string> nameOf, SchoolId? only)
    {
        foreach (var school in table.Schools.Where(school => only is null || school == only))
        {
            foreach (var category in table.Categories)
                yield return new(period, measure, nameOf(school), category, table[school, category]);
            yield return new(period, measure, nameOf(school), AllCategories, table.TotalOf(school));
        }

        if (only is not null) yield break;
        foreach (var category in table.Categories)
            yield return new(period, measure, AllSchools, category, table.TotalOf(category));
        yield return new(period, measure, AllSchools, AllCategories, table.Total);
    }

    private static string NameOf(EngagementMeasure measure) => measure switch
    {
        EngagementMeasure.Sessions => "sessions booked",
        EngagementMeasure.Minutes => "minutes",
        EngagementMeasure.StepsMoved => "steps moved",
        EngagementMeasure.RatingsShared => "ratings shared",
        _ => "link quality",
    };

    private sealed record FigureRow(string Period, string Measure, string School, string Category, Figure Figure);
}

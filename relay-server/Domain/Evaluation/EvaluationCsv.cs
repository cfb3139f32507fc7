using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Sessions;
using NodaTime.Text;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Figures and ledgers as CSV. Attendance and engagement are two files, as they are two types.</summary>
public static class EvaluationCsv
{
    /// <summary>What stands in place of a figure that is kept back, and of the name where all schools are meant.</summary>
    public const string KeptBack = "kept back";
    public const string AllSchools = "all schools";
    public const string AllCategories = "total";

    private static readonly string[] FigureColumns = ["period", "measure", "school", "category", "figure"];
    private static readonly string[] LedgerColumns = ["start", "with robot", "step", "minutes", "pupil's location", "corrected"];

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

    /// <param name="nameOf">How a school is called in the file.</param>
    public static IEnumerable<string> Lines(AttendanceFigures figures, Func<SchoolId, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Lines(figures.Periods.SelectMany(period => Rows(period.Name, "attendance, half days", figures[period], nameOf, only: null)));
    }

    /// <summary>One pupil's lines that count, without the pupil. Nothing says who left early, or paused and why.</summary>
    public static IEnumerable<string> Lines(IEnumerable<EngagementEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return Csv.Lines(LedgerColumns, entries.Where(entry => entry.Current is not null), Fields);
    }

    /// <inheritdoc cref="Lines(IEnumerable{EngagementEntry})"/>
    public static IAsyncEnumerable<string> LinesAsync(IAsyncEnumerable<EngagementEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return Csv.LinesAsync(LedgerColumns, entries.Where(entry => entry.Current is not null), Fields, cancellationToken);
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

    private static CsvField[] Fields(EngagementEntry entry)
    {
        var tried = entry.Current ?? entry.Original; // those without a current state were left out
        return
        [
            CsvField.Text(LocalDateTimePattern.GeneralIso.Format(tried.Start)),
            CsvField.Text(tried.IsWithRobot ? "yes" : "no"),
            CsvField.Text(tried.Step.ToString()),
            CsvField.Number((long)Math.Round(tried.Live.TotalMinutes, MidpointRounding.AwayFromZero)),
            CsvField.Text(tried.Location switch { PupilLocation.Home => "home", PupilLocation.SchoolSite => "school site", _ => "other place" }),
            CsvField.Text(entry.Corrections.IsEmpty ? "no" : "yes"),
        ];
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

using System.Globalization;
using System.Text;

namespace AV1Relay.Benchmarks.Latency;

/// <summary>The way of a frame as one bar of stages over the budget's bar, as an SVG picture.</summary>
public static class LatencyChart
{
    private const int Width = 860;
    private const int Left = 20;
    private static readonly string[] Colours = ["#1d70b8", "#28a197", "#12436d", "#f46a25", "#801650", "#a285d1"];

    public static string Draw(LatencyReport report, LatencyBudgets budgets)
    {
        var total = Math.Max(report.Stages.Sum(stage => stage.P50Ms), report.Stages.Sum(stage => stage.BudgetMs));
        var scale = (Width - 2 * Left) / Math.Max(1, total);
        var svg = new StringBuilder();
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} 330" font-family="sans-serif" font-size="14" fill="#0b0c0c">""");
        Add($"""<rect width="{Width}" height="330" fill="#ffffff"/>""");
        Add($"""<text x="{Left}" y="28" font-size="18">Where the time of a frame goes, camera to screen (median, ms)</text>""");
        Bar(48, "measured", stage => stage.P50Ms);
        Bar(118, "budget", stage => stage.BudgetMs);

        var y = 200;
        for (var i = 0; i < report.Stages.Count; i++)
        {
            var x = Left + i % 2 * 420;
            if (i % 2 == 0 && i > 0) y += 24;
            Add($"""<rect x="{x}" y="{y - 12}" width="14" height="14" fill="{Colours[i % Colours.Length]}"/>""");
            Add($"""<text x="{x + 22}" y="{y}">{report.Stages[i].Name}: {report.Stages[i].P50Ms:F1} (budget {report.Stages[i].BudgetMs:F0})</text>""");
        }

        y += 36;
        Add($"""<text x="{Left}" y="{y}">glass to glass p50 {report.GlassToGlassMs.P50:F0}, p95 {report.GlassToGlassMs.P95:F0}, p99 {report.GlassToGlassMs.P99:F0} (aim p50 {budgets.GlassToGlassP50Ms:F0}) · control to photon p50 {report.ControlToPhotonMs.P50:F0} (aim {budgets.ControlToPhotonP50Ms:F0})</text>""");
        Add($"""<text x="{Left}" y="{y + 22}">join p50 {report.JoinMs.P50:F0} (aim {budgets.JoinP50Ms:F0}) · added by the relay p99 {report.RelayAddedMs.P99:F2} (aim {budgets.RelayAddedP99Ms:F0})</text>""");
        Add($"</svg>");
        return svg.ToString();

        void Bar(int top, string name, Func<Stage, double> value)
        {
            double x = Left;
            Add($"""<text x="{Left}" y="{top + 12}">{name}: {report.Stages.Sum(value):F0}</text>""");
            for (var i = 0; i < report.Stages.Count; i++)
            {
                var width = value(report.Stages[i]) * scale;
                Add($"""<rect x="{x:F1}" y="{top + 20}" width="{Math.Max(0.5, width):F1}" height="28" fill="{Colours[i % Colours.Length]}"/>""");
                x += width;
            }
        }

        void Add(FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }
}

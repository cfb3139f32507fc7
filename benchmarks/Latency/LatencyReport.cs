using System.Globalization;
using System.Text.Json;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Benchmarks.Latency;

/// <summary>One part of the way of a frame, its median against its share of the budget, ms.</summary>
public sealed record Stage(string Name, double P50Ms, double BudgetMs);

/// <summary>What one run measured, in ms; the JSON form is what scripts read.</summary>
public sealed record LatencyReport(
    Percentiles GlassToGlassMs, Percentiles ControlToPhotonMs, Percentiles RelayAddedMs, Percentiles JoinMs, IReadOnlyList<Stage> Stages,
    double UnreadableFramesPercent)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Print(TextWriter output, LatencyBudgets budgets)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-28}{"p50",9}{"p95",9}{"p99",9}{"n",8}   aim"));
        Row("glass to glass, ms", GlassToGlassMs, $"p50 ≤ {budgets.GlassToGlassP50Ms}", GlassToGlassMs.P50 <= budgets.GlassToGlassP50Ms);
        Row("control to photon, ms", ControlToPhotonMs, $"p50 ≤ {budgets.ControlToPhotonP50Ms}", ControlToPhotonMs.P50 <= budgets.ControlToPhotonP50Ms);
        Row("link opened to picture, ms", JoinMs, $"p50 ≤ {budgets.JoinP50Ms}", JoinMs.P50 <= budgets.JoinP50Ms);
        Row("added by the relay, ms", RelayAddedMs, $"p99 ≤ {budgets.RelayAddedP99Ms}", RelayAddedMs.P99 <= budgets.RelayAddedP99Ms);
        output.WriteLine();
        output.WriteLine($"{"where a frame's time goes",-36}{"p50 ms",9}{"budget",9}");
        foreach (var stage in Stages) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage.Name,-36}{stage.P50Ms,9:F1}{stage.BudgetMs,9:F0}"));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"frames whose strip could not be read: {UnreadableFramesPercent:F2} %"));

        void Row(string name, Percentiles p, string aim, bool isMet)
            => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28}{p.P50,9:F1}{p.P95,9:F1}{p.P99,9:F1}{p.Samples,8}   {aim}: {(isMet ? "met" : "missed")}"));
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            GlassToGlassMs = Figures(GlassToGlassMs),
            ControlToPhotonMs = Figures(ControlToPhotonMs),
            RelayAddedMs = Figures(RelayAddedMs),
            JoinMs = Figures(JoinMs),
            Stages,
            Samples = GlassToGlassMs.Samples,
            UnreadableFramesPercent,
        },
        Indented);

    private static object Figures(Percentiles p) => new { p.P50, p.P95, p.P99 };
}

using System.Text.Json;

namespace AV1Relay.Benchmarks.Latency;

/// <summary>The aims of <c>budgets.json</c>, all in ms.</summary>
/// <param name="Stages">Each stage's share of the glass-to-glass budget, by name.</param>
public sealed record LatencyBudgets(
    double GlassToGlassP50Ms, double ControlToPhotonP50Ms, double JoinP50Ms, double RelayAddedP99Ms, IReadOnlyDictionary<string, double> Stages)
{
    /// <summary>Reads the file that is built beside the program.</summary>
    public static LatencyBudgets Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return document.RootElement.GetProperty("latency").Deserialize<LatencyBudgets>(JsonSerializerOptions.Web)
            ?? throw new InvalidDataException("budgets.json has no latency section.");
    }
}

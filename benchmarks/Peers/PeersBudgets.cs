using System.Text.Json;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>The section "peers" of budgets.json: the most that our relay may take, in itself and against the others.</summary>
internal sealed record PeersBudgets(double CpuToJanus, double CpuToBare, double P50Ms, double P99ToBare, double ResidentKiBPerRoom)
{
    public static PeersBudgets Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return file.RootElement.GetProperty("peers").Deserialize<PeersBudgets>(JsonSerializerOptions.Web)
            ?? throw new InvalidDataException("budgets.json has no budgets for the comparison with peers.");
    }
}

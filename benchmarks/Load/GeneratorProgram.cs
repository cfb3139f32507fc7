using System.Text.Json;
using AV1Relay.Benchmarks.Peers;

namespace AV1Relay.Benchmarks.Load;

/// <summary>The generator as a process of its own: a plan in JSON on standard input, a sample in JSON on standard output.</summary>
internal static class GeneratorProgram
{
    public const string Command = "generate";

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>(await Console.In.ReadToEndAsync(cancellationToken))
            ?? throw new InvalidDataException("There is no plan on standard input.");
        using var client = ClientOf(plan);
        var sample = await new Generator(plan, client, TimeProvider.System).RunAsync(cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(sample));
        return 0;
    }

    private static IRelayClient ClientOf(LoadPlan plan) => plan.Relay switch
    {
        RelayKind.Av1Relay => new WhipClient(ConnectionOf<WhipConnection>(plan)),
        RelayKind.Janus => new JanusClient(ConnectionOf<JanusConnection>(plan)),
        RelayKind.BareForwarder => new BareClient(ConnectionOf<BareConnection>(plan)),
        _ => new DirectClient(),
    };

    private static T ConnectionOf<T>(LoadPlan plan)
        => plan.Connection is { } connection && connection.Deserialize<T>() is { } read ? read : throw new InvalidDataException("The plan has no connection.");
}

namespace AV1Relay.Sfu;

/// <summary>Sums over all shards since the start; a moment old.</summary>
/// <param name="Counters">By the name that metrics use, such as <c>packets.in</c>.</param>
/// <param name="Sessions">Rooms with somebody in them.</param>
/// <param name="Peers">Connections, silent ones included.</param>
public sealed record MediaRelayStatistics(IReadOnlyDictionary<string, long> Counters, int Sessions, int Peers);

using System.Text.Json;

namespace AV1Relay.Benchmarks.Load;

/// <summary>A relay as a running process, with room for the rooms that a plan asks for.</summary>
internal interface IRelayUnderTest : IAsyncDisposable
{
    string Name { get; }

    RelayKind Kind { get; }

    int ProcessId { get; }

    /// <summary>What the generator needs to join.</summary>
    JsonElement Connection { get; }
}

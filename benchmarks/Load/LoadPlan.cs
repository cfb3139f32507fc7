using System.Text.Json;

namespace AV1Relay.Benchmarks.Load;

/// <summary>What the generator is to do, handed to it as JSON on standard input.</summary>
/// <param name="Relay">Which kind of relay is there.</param>
/// <param name="Address">Where the generator's own sockets bind.</param>
/// <param name="ServerProcessId">The relay's process, whose CPU time and memory are read; 0: none.</param>
/// <param name="VideoBitsPerSecond">A publisher's picture, 30 frames a second.</param>
internal sealed record LoadPlan(
    RelayKind Relay,
    JsonElement? Connection,
    string Address,
    int ServerProcessId,
    int Rooms,
    int SubscribersPerRoom,
    int VideoBitsPerSecond,
    double WarmUpSeconds,
    double Seconds)
{
    /// <summary>Peers that join, two a session, while the rooms go on; 0: none.</summary>
    public int StormJoins { get; init; }

    public double StormSeconds { get; init; }

    /// <summary>Every publisher's numbers begin just below their wraps, and visitors come and go all the time.</summary>
    public bool IsSoak { get; init; }

    public const int FramesPerSecond = 30;
    public const int AudioPacketsPerSecond = 50;

    /// <summary>Bytes of an RTP packet before protection.</summary>
    public const int FullPacketLength = 1_200;

    public const int AudioPayloadLength = 100; // Opus at 40 kbit/s

    public int VideoBytesPerFrame => VideoBitsPerSecond / 8 / FramesPerSecond;

    public int VideoPacketsPerFrame => Math.Max(1, (VideoBytesPerFrame + FullPacketLength / 2) / FullPacketLength);

    /// <summary>All packets of a frame have one length.</summary>
    public int VideoPacketLength => VideoPacketsPerFrame == 1 ? Math.Min(FullPacketLength, VideoBytesPerFrame) : FullPacketLength;
}

internal enum RelayKind
{
    /// <summary>Publishers send straight to subscribers: what the generator itself costs in time.</summary>
    None,
    Av1Relay,
    Janus,
    BareForwarder,
}

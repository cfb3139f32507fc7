namespace AV1Relay.Tests.Simulation.Network;

/// <summary>How one direction of a path treats datagrams. A value: a link is given another one when the weather changes.</summary>
internal sealed record LinkModel
{
    /// <summary>A school's wired network and a short way to the relay.</summary>
    public static LinkModel Good { get; } = new();

    public static LinkModel Dead { get; } = new() { Loss = 1 };

    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>On top of the delay, exponentially distributed with this mean, cut at eight times it. Order is kept, as queues keep it.</summary>
    public TimeSpan Jitter { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Each datagram for itself, 0–1.</summary>
    public double Loss { get; init; }

    /// <summary>Gilbert–Elliott in time: mean pause between two bad states; zero is none. In packets, a bad state would wait for whoever sends seldom.</summary>
    public TimeSpan BurstEvery { get; init; }

    /// <summary>Mean length of the bad state.</summary>
    public TimeSpan BurstLasts { get; init; } = TimeSpan.FromMilliseconds(60);

    public double LossInBurst { get; init; } = 0.9;

    /// <summary>Share that comes twice.</summary>
    public double Duplication { get; init; }

    /// <summary>Share that is overtaken by others.</summary>
    public double Reordering { get; init; }

    /// <summary>How late an overtaken datagram is at most.</summary>
    public TimeSpan ReorderedBy { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Bits a second; 0 is no limit.</summary>
    public int RateBps { get; init; }

    /// <summary>Bytes that wait for the rate; what comes on top is lost.</summary>
    public int QueueBytes { get; init; } = 32_000;
}

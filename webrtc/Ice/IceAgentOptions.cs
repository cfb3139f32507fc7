namespace AV1Relay.WebRtc.Ice;

/// <summary>Timing and bounds of a full agent; the defaults are those of the RFCs.</summary>
public sealed record IceAgentOptions
{
    /// <summary>Ta (RFC 8445 §14.2): the pause between the first sendings of two checks.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The first wait for an answer; doubles with each sending (RFC 8489 §6.2.1, RFC 8445 §14.3).</summary>
    public TimeSpan InitialRetransmission { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Where that doubling ends; null: nowhere, as RFC 8489 has it. A path that comes back is noticed at the next sending, not before.</summary>
    public TimeSpan? LongestRetransmission { get; init; }

    /// <summary>Rc: how often a check is sent in all.</summary>
    public int MaxTransmissions { get; init; } = 7;

    /// <summary>How long to look for a better path after the first valid one, before nominating. A lite peer is reachable as it says: no wait.</summary>
    public TimeSpan NominationDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The same when only TCP is valid so far and UDP is undecided: one lost datagram must not cost a call its UDP.</summary>
    public TimeSpan TcpNominationDelay { get; init; } = TimeSpan.FromMilliseconds(750);

    /// <summary>Between two consent checks, before it is varied by ±20 % (RFC 7675 §5.1).</summary>
    public TimeSpan ConsentInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The next consent check when the last one has no answer yet.</summary>
    public TimeSpan ConsentRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Without an answer for this long, the state is Disconnected.</summary>
    public TimeSpan DisconnectedAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Since the last answer: consent is lost and nothing may be sent any more (RFC 7675 §5.1).</summary>
    public TimeSpan ConsentExpiry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an agent without any pair waits for the peer to show itself.</summary>
    public TimeSpan EmptyListPatience { get; init; } = TimeSpan.FromSeconds(30);

    public int MaxRemoteCandidates { get; init; } = 32;

    public int MaxPairs { get; init; } = 100;

    /// <summary>For simulations that must repeat: the source of transaction ids, tie-breaker and jitter. Null: the system's secure one.</summary>
    public Random? Random { get; init; }
}

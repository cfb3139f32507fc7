namespace AV1Relay.Sfu;

/// <summary>How long packets stayed in the relay: from the kernel's receive time stamp to the return of the send that carried them on.</summary>
/// <param name="Count">Forwarded datagrams measured since the start.</param>
public readonly record struct ForwardingLatency(long Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan P999);

namespace AV1Relay.Sfu.Shards;

/// <summary>What one shard has seen since it started. Written by its thread alone; others read values that may be a moment old.</summary>
internal sealed class ShardCounters
{
    public long PacketsIn;
    public long BytesIn;
    public long PacketsOut;
    public long BytesOut;
    public long ForwardedRtp;
    public long SenderReportsForwarded;

    public long AuthenticationFailures;
    public long Replays;
    public long Malformed;
    public long UnknownSource;
    public long ChecksIgnored;
    public long DtlsFromUnvalidated;
    public long TooManySources;
    public long Unrouted;

    public long DroppedByRights;
    public long DroppedAwaitingKeyframe;
    public long DroppedNoCommonCodec;
    public long DroppedLate;
    public long DroppedUnsendable;

    public long KeyframesRequested;
    public long KeyframeRequestsSent;
    public long KeyframeRequestsMerged;
    public long NackedPackets;
    public long NacksAnswered;
    public long NacksUnanswered;
    public long NacksSent;
    public long PacketsRecovered;

    public long HandshakesStarted;
    public long HandshakesCompleted;
    public long HandshakesFailed;
    public long HandshakesDeferred;
    public long JoinsRefused;
    public long PeersExpired;
    public long Faults;

    /// <summary>The value, and the name and unit under which metrics show it.</summary>
    public static IReadOnlyList<(string Name, string Unit, string Words, Func<ShardCounters, long> Read)> All { get; } =
    [
        ("av1relay.sfu.packets.in", "{packet}", "Datagrams received", c => Volatile.Read(ref c.PacketsIn)),
        ("av1relay.sfu.bytes.in", "By", "Bytes received", c => Volatile.Read(ref c.BytesIn)),
        ("av1relay.sfu.packets.out", "{packet}", "Datagrams handed to the kernel", c => Volatile.Read(ref c.PacketsOut)),
        ("av1relay.sfu.bytes.out", "By", "Bytes handed to the kernel", c => Volatile.Read(ref c.BytesOut)),
        ("av1relay.sfu.rtp.forwarded", "{packet}", "RTP packets forwarded, once a subscriber", c => Volatile.Read(ref c.ForwardedRtp)),
        ("av1relay.sfu.sender_reports", "{report}", "Sender reports mapped and forwarded", c => Volatile.Read(ref c.SenderReportsForwarded)),
        ("av1relay.sfu.authentication_failures", "{packet}", "SRTP and SRTCP packets with a wrong tag", c => Volatile.Read(ref c.AuthenticationFailures)),
        ("av1relay.sfu.replays", "{packet}", "SRTP and SRTCP packets seen before", c => Volatile.Read(ref c.Replays)),
        ("av1relay.sfu.malformed", "{packet}", "Datagrams that are nothing known, or broken", c => Volatile.Read(ref c.Malformed)),
        ("av1relay.sfu.unknown_source", "{packet}", "Datagrams from addresses without an authenticated check", c => Volatile.Read(ref c.UnknownSource)),
        ("av1relay.sfu.checks_ignored", "{packet}", "STUN messages met with silence", c => Volatile.Read(ref c.ChecksIgnored)),
        ("av1relay.sfu.dtls_unvalidated", "{packet}", "DTLS from addresses without an authenticated check", c => Volatile.Read(ref c.DtlsFromUnvalidated)),
        ("av1relay.sfu.too_many_sources", "{packet}", "Packets beyond the limit of sources a peer", c => Volatile.Read(ref c.TooManySources)),
        ("av1relay.sfu.unrouted", "{packet}", "Authentic RTP that belongs to no section", c => Volatile.Read(ref c.Unrouted)),
        ("av1relay.sfu.dropped.rights", "{packet}", "Packets dropped for want of a right", c => Volatile.Read(ref c.DroppedByRights)),
        ("av1relay.sfu.dropped.awaiting_keyframe", "{packet}", "Video dropped before a subscriber's first keyframe", c => Volatile.Read(ref c.DroppedAwaitingKeyframe)),
        ("av1relay.sfu.dropped.codec", "{packet}", "Packets of a codec that the subscriber lacks", c => Volatile.Read(ref c.DroppedNoCommonCodec)),
        ("av1relay.sfu.dropped.late", "{packet}", "Packets too late to have a place", c => Volatile.Read(ref c.DroppedLate)),
        ("av1relay.sfu.dropped.unsendable", "{packet}", "Packets that could not be protected", c => Volatile.Read(ref c.DroppedUnsendable)),
        ("av1relay.sfu.keyframe_requests.received", "{request}", "Keyframe requests, subscribers' and the relay's own", c => Volatile.Read(ref c.KeyframesRequested)),
        ("av1relay.sfu.keyframe_requests.sent", "{request}", "PLI sent to publishers", c => Volatile.Read(ref c.KeyframeRequestsSent)),
        ("av1relay.sfu.keyframe_requests.merged", "{request}", "Keyframe requests merged into another", c => Volatile.Read(ref c.KeyframeRequestsMerged)),
        ("av1relay.sfu.nack.requested", "{packet}", "Packets that subscribers asked for again", c => Volatile.Read(ref c.NackedPackets)),
        ("av1relay.sfu.nack.answered", "{packet}", "Packets repeated as RTX", c => Volatile.Read(ref c.NacksAnswered)),
        ("av1relay.sfu.nack.unanswered", "{packet}", "Packets not repeated: gone, too many, or RTX not negotiated", c => Volatile.Read(ref c.NacksUnanswered)),
        ("av1relay.sfu.nack.sent", "{packet}", "Packets asked for from publishers", c => Volatile.Read(ref c.NacksSent)),
        ("av1relay.sfu.nack.recovered", "{packet}", "Packets that publishers repeated", c => Volatile.Read(ref c.PacketsRecovered)),
        ("av1relay.sfu.handshakes.started", "{handshake}", "DTLS handshakes begun", c => Volatile.Read(ref c.HandshakesStarted)),
        ("av1relay.sfu.handshakes.completed", "{handshake}", "DTLS handshakes with the promised certificate", c => Volatile.Read(ref c.HandshakesCompleted)),
        ("av1relay.sfu.handshakes.failed", "{handshake}", "DTLS handshakes that failed", c => Volatile.Read(ref c.HandshakesFailed)),
        ("av1relay.sfu.handshakes.deferred", "{handshake}", "DTLS handshakes put off by the limit", c => Volatile.Read(ref c.HandshakesDeferred)),
        ("av1relay.sfu.joins_refused", "{join}", "Joins refused", c => Volatile.Read(ref c.JoinsRefused)),
        ("av1relay.sfu.peers_expired", "{peer}", "Peers removed after silence or the end of their window", c => Volatile.Read(ref c.PeersExpired)),
        ("av1relay.sfu.faults", "{fault}", "Datagrams or commands that met an unexpected exception", c => Volatile.Read(ref c.Faults)),
    ];
}

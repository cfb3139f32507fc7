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
    public long AddressesDefended;
    public long DtlsFromUnvalidated;
    public long SourcesLimited;
    public long PeersLimited;
    public long CheckBudgetSpent;
    public long ReturnChecksSent;
    public long PathsProved;
    public long UnprovedWithheld;
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
    public long TransportFeedbackSent;

    public long HandshakesStarted;
    public long HandshakesCompleted;
    public long HandshakesFailed;
    public long HandshakesDeferred;
    public long HandshakesLimited;
    public long HandshakesAwaited;
    public long HandshakesExpired;
    public long HandshakeRecordsRefused;
    public long HandshakeDatagramsDropped;
    public long JoinsRefused;
    public long JoinsOverLimit;
    public long CommandsRefused;
    public long PeersExpired;
    public long Faults;

    /// <summary>The value, and the name (behind the meter's) and unit under which metrics show it.</summary>
    public static IReadOnlyList<(string Name, string Unit, string Words, Func<ShardCounters, long> Read)> All { get; } =
    [
        ("packets.in", "{packet}", "Datagrams received", c => Volatile.Read(ref c.PacketsIn)),
        ("bytes.in", "By", "Bytes received", c => Volatile.Read(ref c.BytesIn)),
        ("packets.out", "{packet}", "Datagrams handed to the kernel", c => Volatile.Read(ref c.PacketsOut)),
        ("bytes.out", "By", "Bytes handed to the kernel", c => Volatile.Read(ref c.BytesOut)),
        ("rtp.forwarded", "{packet}", "RTP packets forwarded, once a subscriber", c => Volatile.Read(ref c.ForwardedRtp)),
        ("sender_reports", "{report}", "Sender reports mapped and forwarded", c => Volatile.Read(ref c.SenderReportsForwarded)),
        ("authentication_failures", "{packet}", "SRTP and SRTCP packets with a wrong tag", c => Volatile.Read(ref c.AuthenticationFailures)),
        ("replays", "{packet}", "SRTP and SRTCP packets seen before", c => Volatile.Read(ref c.Replays)),
        ("malformed", "{packet}", "Datagrams that are nothing known, or broken", c => Volatile.Read(ref c.Malformed)),
        ("unknown_source", "{packet}", "Datagrams from addresses without an authenticated check", c => Volatile.Read(ref c.UnknownSource)),
        ("checks_ignored", "{packet}", "STUN messages met with silence", c => Volatile.Read(ref c.ChecksIgnored)),
        ("addresses_defended", "{packet}", "STUN messages from an address that another peer is using", c => Volatile.Read(ref c.AddressesDefended)),
        ("dtls_unvalidated", "{packet}", "DTLS from addresses without an authenticated check", c => Volatile.Read(ref c.DtlsFromUnvalidated)),
        ("limited.sources", "{packet}", "Datagrams beyond what one source may send before it has proved anything", c => Volatile.Read(ref c.SourcesLimited)),
        ("limited.peers", "{packet}", "Checks beyond what strangers may send in one peer's name", c => Volatile.Read(ref c.PeersLimited)),
        ("limited.check_budget", "{packet}", "Checks beyond what all strangers may send to a shard", c => Volatile.Read(ref c.CheckBudgetSpent)),
        ("return_checks.sent", "{packet}", "Checks sent to addresses that have not answered yet", c => Volatile.Read(ref c.ReturnChecksSent)),
        ("return_checks.answered", "{path}", "Addresses that answered", c => Volatile.Read(ref c.PathsProved)),
        ("dropped.unproved", "{packet}", "DTLS not sent to an address that has not answered yet", c => Volatile.Read(ref c.UnprovedWithheld)),
        ("too_many_sources", "{packet}", "Packets beyond the limit of sources a peer", c => Volatile.Read(ref c.TooManySources)),
        ("unrouted", "{packet}", "Authentic RTP that belongs to no section", c => Volatile.Read(ref c.Unrouted)),
        ("dropped.rights", "{packet}", "Packets dropped for want of a right", c => Volatile.Read(ref c.DroppedByRights)),
        ("dropped.awaiting_keyframe", "{packet}", "Video dropped before a subscriber's first keyframe", c => Volatile.Read(ref c.DroppedAwaitingKeyframe)),
        ("dropped.codec", "{packet}", "Packets of a codec that the subscriber lacks", c => Volatile.Read(ref c.DroppedNoCommonCodec)),
        ("dropped.late", "{packet}", "Packets too late to have a place", c => Volatile.Read(ref c.DroppedLate)),
        ("dropped.unsendable", "{packet}", "Packets that could not be protected", c => Volatile.Read(ref c.DroppedUnsendable)),
        ("keyframe_requests.received", "{request}", "Keyframe requests, subscribers' and the relay's own", c => Volatile.Read(ref c.KeyframesRequested)),
        ("keyframe_requests.sent", "{request}", "PLI sent to publishers", c => Volatile.Read(ref c.KeyframeRequestsSent)),
        ("keyframe_requests.merged", "{request}", "Keyframe requests merged into another", c => Volatile.Read(ref c.KeyframeRequestsMerged)),
        ("nack.requested", "{packet}", "Packets that subscribers asked for again", c => Volatile.Read(ref c.NackedPackets)),
        ("nack.answered", "{packet}", "Packets repeated as RTX", c => Volatile.Read(ref c.NacksAnswered)),
        ("nack.unanswered", "{packet}", "Packets not repeated: gone, too many, or RTX not negotiated", c => Volatile.Read(ref c.NacksUnanswered)),
        ("nack.sent", "{packet}", "Packets asked for from publishers", c => Volatile.Read(ref c.NacksSent)),
        ("nack.recovered", "{packet}", "Packets that publishers repeated", c => Volatile.Read(ref c.PacketsRecovered)),
        ("transport_feedback.sent", "{report}", "Reports to publishers of when their packets came", c => Volatile.Read(ref c.TransportFeedbackSent)),
        ("handshakes.started", "{handshake}", "DTLS handshakes begun", c => Volatile.Read(ref c.HandshakesStarted)),
        ("handshakes.completed", "{handshake}", "DTLS handshakes with the promised certificate", c => Volatile.Read(ref c.HandshakesCompleted)),
        ("handshakes.failed", "{handshake}", "DTLS handshakes that failed", c => Volatile.Read(ref c.HandshakesFailed)),
        ("handshakes.deferred", "{handshake}", "DTLS handshakes put off by the limit", c => Volatile.Read(ref c.HandshakesDeferred)),
        ("handshakes.limited", "{handshake}", "DTLS handshakes beyond what one peer may begin", c => Volatile.Read(ref c.HandshakesLimited)),
        ("handshakes.awaited", "{handshake}", "DTLS handshakes put off until that of the same party's earlier connection is back", c => Volatile.Read(ref c.HandshakesAwaited)),
        ("handshakes.expired", "{handshake}", "DTLS handshakes not done by their deadline", c => Volatile.Read(ref c.HandshakesExpired)),
        ("handshakes.records_refused", "{record}", "DTLS records beyond a handshake's limits", c => Volatile.Read(ref c.HandshakeRecordsRefused)),
        ("handshakes.datagrams_dropped", "{packet}", "DTLS datagrams of a handshake that was being worked at, beyond those that may wait", c => Volatile.Read(ref c.HandshakeDatagramsDropped)),
        ("joins_over_limit", "{join}", "Joins refused because a limit was reached", c => Volatile.Read(ref c.JoinsOverLimit)),
        ("commands_refused", "{command}", "Requests refused because a shard's queue was full", c => Volatile.Read(ref c.CommandsRefused)),
        ("joins_refused", "{join}", "Joins refused", c => Volatile.Read(ref c.JoinsRefused)),
        ("peers_expired", "{peer}", "Peers removed after silence or the end of their window", c => Volatile.Read(ref c.PeersExpired)),
        ("faults", "{fault}", "Datagrams, handshakes or commands that met an unexpected exception", c => Volatile.Read(ref c.Faults)),
    ];
}

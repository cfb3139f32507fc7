using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Shards;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Sfu.Statistics;

/// <summary>Takes a session's statistics, on its shard's thread. Changes nothing; allocates, and so belongs to no packet's way.</summary>
internal static class SessionStatisticsReader
{
    public static SessionStatistics Read(Room room, PeerTable peers, ShardSettings settings, TimeSpan now, DateTimeOffset utcNow)
    {
        var taken = new List<PeerStatistics>();
        var stats = new List<RtcStats>();
        if (room.Robot is { } robot) Add("robot", robot);
        if (room.Pupil is { } pupil) Add("pupil", pupil);
        for (var i = 0; i < room.Observers.Count; i++) Add($"observer-{i + 1}", room.Observers[i]);
        return new SessionStatistics(
            room.Session, utcNow, room.SessionRights, room.EffectiveRights, room.IsPublishing(now), room.IsPupilPresent(now),
            room.PupilVideoCodecs, taken, stats);

        void Add(string id, Peer peer)
        {
            taken.Add(new PeerStatistics(
                id, peer.Role, peer.FencingNumber, peer.Rights, peer.IsConnected, peer.IsAnnounced, peer.MayReceive(now),
                (now - peer.LastHeardAt).TotalSeconds, (now - peer.Ice.LastCheckAt)?.TotalSeconds));
            var clock = new StatsClock(now, utcNow);
            AddTransport(id, peer, peers, settings, clock, stats);
            StreamStatsReader.Add(id, peer, clock, stats);
        }
    }

    private static void AddTransport(
        string id, Peer peer, PeerTable peers, ShardSettings settings, in StatsClock clock, List<RtcStats> stats)
    {
        var transportId = $"{id}/transport";
        var secure = peer.Secure;
        stats.Add(new TransportStats
        {
            Id = transportId,
            Timestamp = clock.Now,
            PacketsSent = peer.Sent.Packets,
            BytesSent = peer.Sent.Bytes,
            PacketsReceived = peer.Received.Packets,
            BytesReceived = peer.Received.Bytes,
            IceState = peer.Ice.LastCheckAt is null ? "new" : peer.HasConsent(clock.Monotonic) ? "connected" : "disconnected",
            DtlsState = secure is not null ? "connected" : peer.Handshake is not null ? "connecting" : "new",
            SelectedCandidatePairId = peer.Path is { } path && peer.Addresses.IndexOf(path) is >= 0 and var selected ? PairId(id, selected) : null,
            TlsVersion = secure is { ProtocolVersion: { } version } ? version.ToString("X4", null) : null,
            DtlsCipher = secure?.CipherSuite,
            SrtpCipher = secure is not null ? NameOf(secure.SrtpProfile) : null,
        });
        AddCandidates(id, transportId, peer, peers, settings, clock, stats);
    }

    private static void AddCandidates(
        string id, string transportId, Peer peer, PeerTable peers, ShardSettings settings, in StatsClock clock, List<RtcStats> stats)
    {
        for (var i = 0; i < settings.Candidates.Count; i++)
        {
            var candidate = settings.Candidates[i];
            stats.Add(new CandidateStats("local-candidate")
            {
                Id = LocalId(id, i),
                Timestamp = clock.Now,
                TransportId = transportId,
                Address = candidate.Address.ToIPEndPoint().Address.ToString(),
                Port = candidate.Address.Port,
                Protocol = NameOf(candidate.Address.Protocol),
                CandidateType = "host",
            });
        }

        for (var i = 0; i < peer.Addresses.Count; i++)
        {
            var address = peer.Addresses[i];
            if (peers.FindAddress(address) is not { } held || !peer.Ice.IsValidated(address)) continue;
            var remoteId = $"{id}/remote-candidate-{i + 1}";
            stats.Add(new CandidateStats("remote-candidate")
            {
                Id = remoteId,
                Timestamp = clock.Now,
                TransportId = transportId,
                Address = MaskedAddress.Of(address),
                Protocol = NameOf(address.Protocol),
                CandidateType = "prflx",
            });
            stats.Add(new CandidatePairStats
            {
                Id = PairId(id, i),
                Timestamp = clock.Now,
                TransportId = transportId,
                LocalCandidateId = settings.Candidates.Count == 1 ? LocalId(id, 0) : null,
                RemoteCandidateId = remoteId,
                State = held.IsProved ? "succeeded" : "in-progress",
                Nominated = peer.Ice.Nominated == address,
                LastPacketReceivedTimestamp = clock.At(held.UsedAt),
                AvailableOutgoingBitrate = peer.Path == address && peer.Downlink is { HasFeedback: true } way ? way.TargetBps : null,
                RequestsReceived = peer.Ice.ChecksAnswered,
                ResponsesSent = peer.Ice.ChecksAnswered,
            });
        }
    }

    private static string PairId(string id, int index) => $"{id}/candidate-pair-{index + 1}";

    private static string LocalId(string id, int index) => $"{id}/local-candidate-{index + 1}";

    private static string NameOf(TransportProtocol protocol) => protocol == TransportProtocol.Tcp ? "tcp" : "udp";

    private static string? NameOf(SrtpProfile profile) => profile switch
    {
        SrtpProfile.AeadAes128Gcm => "SRTP_AEAD_AES_128_GCM",
        SrtpProfile.Aes128CmHmacSha1_80 => "SRTP_AES128_CM_HMAC_SHA1_80",
        _ => null,
    };
}

/// <summary>Turns a shard's monotonic instants into the statistics' milliseconds since 1970.</summary>
internal readonly record struct StatsClock(TimeSpan Monotonic, DateTimeOffset Wall)
{
    public double Now => (Wall - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    public double At(TimeSpan monotonic) => Now - (Monotonic - monotonic).TotalMilliseconds;
}

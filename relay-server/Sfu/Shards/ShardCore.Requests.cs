using System.Security.Cryptography;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Statistics;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Sfu.Shards;

/// <summary>What HTTP requests ask for. A refusal changes nothing.</summary>
internal sealed partial class ShardCore
{
    /// <param name="offer">The request's, read beforehand.</param>
    public JoinOutcome Join(JoinRequest request, in ParsedSdp<SessionDescription> offer, TimeSpan now, DateTimeOffset utcNow)
    {
        var outcome = TryJoin(request, offer, now, utcNow);
        if (outcome is not JoinOutcome.Refused refused) return outcome;
        Counters.JoinsRefused++;
        if (refused.Reason == JoinRefusal.TooMany) Counters.JoinsOverLimit++;
        return outcome;
    }

    /// <param name="identity">Whose the resource has to be; null: anybody's.</param>
    public bool Leave(string session, string resourceId, string? identity, TimeSpan now)
    {
        if (Find(session, resourceId, identity) is not { } peer) return false;
        Remove(peer);
        Tell(peer.Room, now);
        ForgetEmptyRooms();
        return true;
    }

    public RestartOutcome Restart(string session, string resourceId, string? identity, string? ifMatch, in ParsedSdp<SdpFragment> body)
    {
        if (Find(session, resourceId, identity) is not { } peer)
            return new RestartOutcome.Refused(RestartRefusal.NotFound, "There is no such connection any more: POST a new offer with the same token.");
        if (body.Value is not { } fragment)
            return new RestartOutcome.Refused(RestartRefusal.Malformed, $"The fragment can't be read. {body.Error}");
        if (ifMatch is not null && !IsMatch(ifMatch, peer.ETag))
            return new RestartOutcome.Refused(RestartRefusal.StaleETag, "If-Match names an earlier ICE session: use the ETag of the last answer, or *.");
        if (fragment.Credentials is not { } credentials || credentials == peer.RemoteIce) return new RestartOutcome.CandidatesIgnored();
        if (ifMatch is null)
            return new RestartOutcome.Refused(RestartRefusal.ETagMissing, "An ICE restart needs If-Match: * or the ETag of the last answer.");

        var local = LocalTransport(peer.CanonicalNameText);
        peer.Ice.Restart(local.Ice);
        _peers.AddFragment(peer, local.Ice.UsernameFragment);
        peer.SetRemoteIce(credentials);
        peer.ETag = NewETag();
        return new RestartOutcome.Restarted(AnswerWriter.WriteRestart(peer.Offer, local), peer.ETag);
    }

    /// <param name="identity">Whose connections; null: everybody's.</param>
    /// <returns>How many connections were closed.</returns>
    public int CloseSession(string session, TimeSpan now, string? identity = null)
    {
        if (!_rooms.TryGetValue(session, out var room)) return 0;
        Peer[] peers =
        [
            .. room.Observers.Append(room.Robot).Append(room.Pupil).OfType<Peer>().Where(peer => identity is null || peer.Identity == identity),
        ];
        foreach (var peer in peers) Remove(peer);
        Tell(room, now);
        ForgetEmptyRooms();
        return peers.Length;
    }

    public bool SetRights(string session, MediaRights rights)
    {
        if (!_rooms.TryGetValue(session, out var room)) return false;
        room.SessionRights = rights;
        return true;
    }

    /// <returns>Null when nobody is there.</returns>
    public SessionStatistics? ReadStatistics(string session, TimeSpan now, DateTimeOffset utcNow)
        => _rooms.TryGetValue(session, out var room) ? SessionStatisticsReader.Read(room, _peers, _settings, now, utcNow) : null;

    /// <summary>A snapshot that lists these observers has been raised: they may receive from now on.</summary>
    public void OnAnnounced(IReadOnlyList<string> resourceIds, TimeSpan now)
    {
        foreach (var resourceId in resourceIds)
        {
            if (_peers.FindResource(resourceId) is not { IsAnnounced: false } peer) continue;
            peer.IsAnnounced = true;
            peer.Room.OnReady(peer, _output, now);
        }
    }

    private JoinOutcome TryJoin(JoinRequest request, in ParsedSdp<SessionDescription> offer, TimeSpan now, DateTimeOffset utcNow)
    {
        if (request.NotAfter <= utcNow)
            return new JoinOutcome.Refused(JoinRefusal.WindowHasEnded, "The session's window has ended: nothing is live after it.");

        _rooms.TryGetValue(request.Session, out var room);
        var holder = room?.Holder(request.Role);
        if (holder is { HasLeft: false } && holder.Identity != request.Identity)
        {
            var who = request.Role == PeerRole.Robot ? "Another robot" : "Another device";
            return new JoinOutcome.Refused(
                JoinRefusal.SomebodyElseIsThere, $"{who} has this place. It is free again when that one leaves, or has been silent for "
                + $"{_settings.Options.PeerTimeoutSeconds} seconds.");
        }

        if (request.Role == PeerRole.Observer && room?.Observers.Count >= _settings.Options.MaxObserversPerSession)
            return new JoinOutcome.Refused(JoinRefusal.TooMany, $"A session has room for {_settings.Options.MaxObserversPerSession} observers.");
        if (request.Role == PeerRole.Observer && _settings.Options.MaxObserversPerSession == 0)
            return new JoinOutcome.Refused(JoinRefusal.TooMany, "This relay takes no observers.");

        var local = LocalTransport(NewWord(16));
        // Who replaces itself is measured against the others, not against its own earlier connection.
        var codecs = room?.Codecs ?? RoomCodecs.Nobody;
        if (!OfferNegotiator.TryNegotiate(request.Role, offer, local, codecs, out var accepted, out var refusal)) return refusal;

        // Who replaces itself gives back what it has: the limit is not for it.
        if (holder is null && !_settings.Quota.TryTakePeer())
            return new JoinOutcome.Refused(JoinRefusal.TooMany, $"This relay carries {_settings.Options.MaxPeers} connections already; try again later.");
        if (room is null)
        {
            if (!_settings.Quota.TryTake())
            {
                _settings.Quota.ReturnPeer(); // a room that nobody is in has no holder
                return new JoinOutcome.Refused(JoinRefusal.TooMany, $"This relay carries {_settings.Options.MaxSessions} sessions already; try again later.");
            }

            _rooms.Add(request.Session, room = new Room(request.Session, Counters));
        }

        if (request.SessionRights is { } rights) room.SessionRights = rights;
        if (holder is not null) Remove(holder, keepsQuota: true);
        var wasIdle = _peers.Count == 0;
        var peer = new Peer(
            NewWord(22), room, request, accepted, local, _settings.Quota.NextFencingNumber(), now,
            NotAfterOf(request, now, utcNow), _settings.Options, Counters, () => ++_timelines)
        {
            ETag = NewETag(),
        };
        _peers.Add(peer);
        room.Add(peer);
        room.HasMembershipChanged = true;
        if (wasIdle) _nextTick = now + Tick;
        Tell(room, now);
        return new JoinOutcome.Joined(peer.ResourceId, accepted.AnswerSdp, peer.ETag, peer.FencingNumber);
    }

    private static TimeSpan NotAfterOf(JoinRequest request, TimeSpan now, DateTimeOffset utcNow)
    {
        var left = request.NotAfter - utcNow;
        return left > TimeSpan.FromDays(365) ? TimeSpan.MaxValue : now + left;
    }

    private Peer? Find(string session, string resourceId, string? identity)
        => _peers.FindResource(resourceId) is { } peer && peer.Room.Session == session && (identity is null || peer.Identity == identity) ? peer : null;

    /// <summary>Media stops at once; what arrives later is from an unknown source.</summary>
    /// <param name="keepsQuota">Another connection takes its place at once.</param>
    private void Remove(Peer peer, bool keepsQuota = false)
    {
        if (!keepsQuota) _settings.Quota.ReturnPeer();
        if (peer.Handshake is { } handshake)
        {
            peer.Handshake = null;
            handshake.Abandon();
            if (handshake.IsLent) _goneOnLoan.Add(peer); // it still occupies its place, until it comes back
            else Forget(handshake);
        }

        _peers.Remove(peer);
        peer.Room.Remove(peer);
        peer.Room.HasMembershipChanged = true;
        peer.Dispose();
    }

    private void ForgetEmptyRooms()
    {
        List<Room>? empty = null;
        foreach (var room in _rooms.Values)
        {
            if (room.IsEmpty) (empty ??= []).Add(room);
        }

        if (empty is null) return;
        foreach (var room in empty)
        {
            _rooms.Remove(room.Session);
            _settings.Quota.Return();
        }
    }

    private LocalTransport LocalTransport(string canonicalName)
        => new(IceCredentials.Generate(), _settings.Fingerprint, _settings.Candidates, canonicalName);

    private static bool IsMatch(string ifMatch, string etag)
    {
        foreach (var part in ifMatch.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part == "*" || part == etag) return true;
        }

        return false;
    }

    private static string NewETag() => $"\"{NewWord(12)}\"";

    private static string NewWord(int length)
        => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}

using AV1Relay.Sfu.Rooms;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.Sfu.Shards;

/// <summary>How a peer comes to have a path and keys: connectivity checks, then DTLS. Both are read before anybody has proved anything.</summary>
/// <remarks>
/// Who names no peer costs a look into a table and hears nothing. Who names one costs an HMAC, which is bounded three times: for each source and
/// peer, for each peer, and for the whole shard. A connected peer's own checks are bounded by none of these, only by a bucket of the address
/// that it has proved: so a flood under other addresses, or under its own without knowing its fragment, takes nothing from it.
/// </remarks>
internal sealed partial class ShardCore
{
    private void OnStun(Span<byte> datagram, in TransportAddress source, TimeSpan now)
    {
        if (StunMessage.TryParse(datagram, out var message) != StunParseError.None)
        {
            Counters.Malformed++;
            return;
        }

        if (message.Class == StunClass.SuccessResponse)
        {
            OnReturnCheckAnswered(message, source, now);
            return;
        }

        var peer = IceUsername.TryGetReceiver(message, out var fragment) ? _peers.FindFragment(fragment) : null;
        if (peer is null)
        {
            Counters.ChecksIgnored++; // silence: the port is no amplifier and no oracle
            if (!_sources.TryTake(source, SourceLimits.Nobody, now)) Counters.SourcesLimited++;
            return;
        }

        if (_peers.IsKeptByAnother(peer, source, now))
        {
            Counters.AddressesDefended++; // silence: an answer would go to whoever is really there
            return;
        }

        if (!MayCheck(peer, source, now)) return;
        var result = peer.Ice.OnBindingRequest(message, source, now, _output.Next(), out var length);
        Answer(length, source);
        if (result is not (IceLiteResult.Answered or IceLiteResult.AnsweredAndNominated))
        {
            if (result == IceLiteResult.Ignored) Counters.ChecksIgnored++;
            return;
        }

        peer.LastHeardAt = now;
        if (result == IceLiteResult.AnsweredAndNominated) peer.OnNominated();
        var held = _peers.NoteAddress(peer, source, now);
        held.OnReceived(datagram.Length);
        AskBack(peer, held, source, now);
        FollowPath(peer);
        if (peer.Secure is null && !peer.HasLeft) StartHandshake(peer, now);
    }

    /// <summary>Whether a check is worth its HMAC. Who may not is met with silence.</summary>
    private bool MayCheck(Peer peer, in TransportAddress source, TimeSpan now)
    {
        if (_peers.FindAddress(source) is { } held && held.Peer == peer)
        {
            if (held.Checks.TryTake(now)) return true;
            Counters.SourcesLimited++;
        }
        else if (!_sources.TryTake(source, peer.LimitsKey, now))
        {
            Counters.SourcesLimited++;
        }
        else if (!peer.StrangersChecks.TryTake(now))
        {
            Counters.PeersLimited++;
        }
        else if (!_checks.TryTake(now))
        {
            Counters.CheckBudgetSpent++;
        }
        else
        {
            return true;
        }

        Counters.ChecksIgnored++;
        return false;
    }

    /// <summary>Asks an address that a peer's check named whether the peer is really there, until it has answered.</summary>
    private void AskBack(Peer peer, HeldAddress held, in TransportAddress source, TimeSpan now)
    {
        if (held.IsProved || !held.TryAsk(now)) return;
        Counters.ReturnChecksSent++;
        Answer(held.ReturnCheck.Write(_output.Next(), peer.ReturnUsername, peer.RemotePassword), source);
    }

    private void OnReturnCheckAnswered(in StunMessage message, in TransportAddress source, TimeSpan now)
    {
        if (_peers.FindAddress(source) is not { IsProved: false } held || !held.ReturnCheck.IsAnsweredBy(message, held.Peer.RemotePassword))
        {
            Counters.ChecksIgnored++; // late, or nobody asked
            return;
        }

        held.IsProved = true;
        Counters.PathsProved++;
        held.Peer.LastHeardAt = now;
        FollowPath(held.Peer);
    }

    /// <summary>Sends where the peer wants it as soon as it has proved to be there.</summary>
    private void FollowPath(Peer peer)
    {
        if (peer.WantedPath is { } wanted && wanted != peer.ProvedPath && _peers.FindAddress(wanted) is { IsProved: true } held && held.Peer == peer)
            peer.ProvedPath = wanted;
    }

    /// <summary>An authentic packet came: its address is in use, and is where the peer would have its media.</summary>
    private void OnAuthenticMedia(Peer peer, HeldAddress held, in TransportAddress source, TimeSpan now)
    {
        held.UsedAt = now;
        if (peer.ProvedPath == source || !peer.OnMediaFrom(source)) return;
        AskBack(peer, held, source, now);
        FollowPath(peer);
    }

    private void OnDtls(Span<byte> datagram, in TransportAddress source, TimeSpan now)
    {
        // What precedes the Finished messages is not authenticated: only a validated address gets to say anything.
        if (_peers.FindAddress(source) is not { Peer: var peer } held || !peer.Ice.IsValidated(source))
        {
            Counters.DtlsFromUnvalidated++;
            if (!_sources.TryTake(source, SourceLimits.Nobody, now)) Counters.SourcesLimited++;
            return;
        }

        if (!held.Dtls.TryTake(now))
        {
            Counters.SourcesLimited++;
            return;
        }

        held.OnReceived(datagram.Length);
        if (peer.Secure is null && !peer.HasLeft) StartHandshake(peer, now); // put off before
        if (peer.Secure is null) return;
        peer.Secure.OnDtlsDatagram(datagram, now);
        FollowSecure(peer, now);
    }

    private void StartHandshake(Peer peer, TimeSpan now)
    {
        if (_handshakes >= _settings.Options.MaxHandshakesPerShard)
        {
            Counters.HandshakesDeferred++;
            return;
        }

        if (!peer.Handshakes.TryTake(now))
        {
            Counters.HandshakesLimited++;
            return;
        }

        peer.Secure = new SecureTransport(_settings.NewDtls(), DtlsRole.Server, peer.Offer.RemoteFingerprint, _settings.Options.MaxSourcesPerPeer);
        Counters.HandshakesStarted++;
        _handshakes++;
        peer.BeginHandshake();
        peer.Secure.Start(now);
        FollowSecure(peer, now);
    }

    /// <summary>Sends what DTLS has to say and notes what has become of it.</summary>
    private void FollowSecure(Peer peer, TimeSpan now)
    {
        if (peer.Secure is not { } secure) return;
        while (true)
        {
            var buffer = _output.Next();
            if (!secure.TryTakeDatagram(buffer, out var length)) break;
            SendDtls(peer, length);
        }

        if (secure.IsAuthenticated)
        {
            if (!peer.IsHandshaking) return;
            EndHandshake(peer);
            Counters.HandshakesCompleted++;
            peer.LastHeardAt = now;
            OnHandshakePathProved(peer);
            peer.Room.HasMembershipChanged = true;
            Tell(peer.Room, now);
            peer.Room.OnReady(peer, _output, now);
        }
        else if (secure.HasFailed)
        {
            if (peer.IsHandshaking)
            {
                Counters.HandshakesFailed++;
                if (secure.HasExpired) Counters.HandshakesExpired++;
            }

            EndHandshake(peer);
            peer.HasLeft = secure.IsClosed;
            secure.Dispose();
            peer.Secure = null; // the next valid check may try again, unless the peer said goodbye
            peer.Room.HasMembershipChanged = true;
            Tell(peer.Room, now);
        }
    }

    /// <summary>To an address that has not answered yet goes at most three times what came from there (as RFC 9000 §8.1 bounds it for QUIC).</summary>
    private void SendDtls(Peer peer, int length)
    {
        // The last flight makes the peer connected, and is what may prove its path: it goes where the flights before it went.
        if ((peer.Path ?? peer.WantedPath) is not { } path) return;
        if (_peers.FindAddress(path) is { IsProved: false } held && !held.TrySend(length))
        {
            Counters.UnprovedWithheld++; // DTLS repeats it
            return;
        }

        if (peer.IsHandshaking) peer.NoteHandshakePath(path);
        peer.CommitTo(path, _output, length);
    }

    /// <summary>Nobody finishes a handshake without having read our part of it, so whoever is where all of that went is the peer.</summary>
    private void OnHandshakePathProved(Peer peer)
    {
        if (peer.HandshakePath is not { } path || _peers.FindAddress(path) is not { } held || held.Peer != peer) return;
        held.IsProved = true;
        peer.ProvedPath ??= path;
        FollowPath(peer);
    }

    private void EndHandshake(Peer peer)
    {
        if (!peer.IsHandshaking) return;
        peer.IsHandshaking = false;
        _handshakes--;
        if (peer.Secure is { } secure) Counters.HandshakeRecordsRefused += secure.RefusedRecords;
    }

    private void Answer(int length, in TransportAddress remote)
    {
        if (length <= 0) return;
        Counters.PacketsOut++;
        Counters.BytesOut += length;
        _output.Commit(length, remote, isForwarded: false);
    }
}

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
        if (peer.Secure is null && peer.Handshake is null && !peer.HasLeft) StartHandshake(peer, now);
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
        if (peer.Secure is { } secure)
        {
            OnConnectedDtls(peer, secure, datagram, now);
            return;
        }

        if (peer.Handshake is null && !peer.HasLeft) StartHandshake(peer, now); // put off before
        if (peer.Handshake is not { } handshake) return;
        if (!handshake.TryAdd(datagram)) Counters.HandshakeDatagramsDropped++;
        Continue(handshake, now);
    }

    /// <summary>A lent handshake has been run: sends what DTLS has to say and notes what has become of it.</summary>
    public void OnHandshakeRun(Handshake handshake, TimeSpan now)
    {
        handshake.TakeBack(now);
        var peer = handshake.Peer;
        if (peer.Handshake != handshake) // the peer has gone meanwhile
        {
            _goneOnLoan.Remove(peer);
            Forget(handshake);
        }
        else if (handshake.Fault is not null) OnHandshakeFailed(handshake, now);
        else Follow(handshake, now);

        if (handshake.Fault is { } fault)
            throw new InvalidOperationException("A handshake met an unexpected error and was given up.", fault);
        if (peer.Handshake == handshake) Continue(handshake, now);
    }

    private void StartHandshake(Peer peer, TimeSpan now)
    {
        if (_handshakes >= _settings.Options.MaxHandshakesPerShard)
        {
            Counters.HandshakesDeferred++;
            return;
        }

        if (HasLeftLoan(peer))
        {
            Counters.HandshakesAwaited++;
            return;
        }

        if (!peer.Handshakes.TryTake(now))
        {
            Counters.HandshakesLimited++;
            return;
        }

        var transport = new SecureTransport(_settings.NewDtls(), DtlsRole.Server, peer.Offer.RemoteFingerprint, _settings.Options.MaxSourcesPerPeer);
        Counters.HandshakesStarted++;
        _handshakes++;
        peer.BeginHandshake(new Handshake(peer, transport));
        transport.Start(now); // a server waits for the client: nothing is said yet
    }

    /// <summary>Whether an earlier connection of the same party is still being worked at: who calls again and again would fill all places with what it left.</summary>
    private bool HasLeftLoan(Peer peer)
    {
        foreach (var gone in _goneOnLoan)
        {
            if (gone.Role == peer.Role && gone.Identity == peer.Identity && gone.Room.Session == peer.Room.Session) return true;
        }

        return false;
    }

    /// <summary>Has what is waiting run, unless it is on loan.</summary>
    private void Continue(Handshake handshake, TimeSpan now)
    {
        if (handshake.TryLend(now) && _handshakeRunner.Run(handshake)) OnHandshakeRun(handshake, now);
    }

    private void OnHandshakeTimeout(Handshake handshake, TimeSpan now)
    {
        if (handshake.IsLent || handshake.Transport.NextTimeout is not { } due || due > now) return;
        handshake.Transport.OnTimeout(now);
        Follow(handshake, now);
    }

    private void Follow(Handshake handshake, TimeSpan now)
    {
        var (peer, transport) = (handshake.Peer, handshake.Transport);
        SendDtls(peer, transport);
        if (transport.HasFailed)
        {
            OnHandshakeFailed(handshake, now);
        }
        else if (transport.IsAuthenticated)
        {
            peer.Handshake = null;
            EndHandshake(transport);
            Counters.HandshakesCompleted++;
            peer.Secure = transport;
            peer.LastHeardAt = now;
            OnHandshakePathProved(peer);
            peer.Room.HasMembershipChanged = true;
            Tell(peer.Room, now);
            peer.Room.OnReady(peer, _output, now);
            foreach (var datagram in handshake.Rest())
            {
                if (peer.Secure is { } secure) OnConnectedDtls(peer, secure, datagram, now);
            }
        }
    }

    private void OnConnectedDtls(Peer peer, SecureTransport secure, ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        secure.OnDtlsDatagram(datagram, now);
        SendDtls(peer, secure);
        if (secure.HasFailed) OnSecureEnded(peer, secure, now);
    }

    /// <summary>The next valid check may try again.</summary>
    private void OnHandshakeFailed(Handshake handshake, TimeSpan now)
    {
        Counters.HandshakesFailed++;
        if (handshake.Transport.HasExpired) Counters.HandshakesExpired++;
        handshake.Peer.Handshake = null;
        Forget(handshake);
        handshake.Peer.Room.HasMembershipChanged = true;
        Tell(handshake.Peer.Room, now);
    }

    private void Forget(Handshake handshake)
    {
        EndHandshake(handshake.Transport);
        handshake.Transport.Dispose();
    }

    private void EndHandshake(SecureTransport transport)
    {
        _handshakes--;
        Counters.HandshakeRecordsRefused += transport.RefusedRecords;
    }

    /// <summary>What was authenticated has failed or said goodbye: the next valid check may try again, unless it was a goodbye.</summary>
    private void OnSecureEnded(Peer peer, SecureTransport secure, TimeSpan now)
    {
        peer.HasLeft = secure.IsClosed;
        secure.Dispose();
        peer.Secure = null;
        peer.Room.HasMembershipChanged = true;
        Tell(peer.Room, now);
    }

    private void SendDtls(Peer peer, SecureTransport transport)
    {
        while (transport.TryTakeDatagram(_output.Next(), out var length)) SendDtls(peer, length);
    }

    /// <summary>To an address that has not answered yet goes at most three times what came from there (as RFC 9000 §8.1 bounds it for QUIC).</summary>
    private void SendDtls(Peer peer, int length)
    {
        // Until the peer is connected there may be no proved path: flights go where it has nominated.
        if ((peer.Path ?? peer.WantedPath) is not { } path) return;
        if (_peers.FindAddress(path) is { IsProved: false } held && !held.TrySend(length))
        {
            Counters.UnprovedWithheld++; // DTLS repeats it
            return;
        }

        if (peer.Handshake is not null) peer.NoteHandshakePath(path);
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

    private void Answer(int length, in TransportAddress remote)
    {
        if (length <= 0) return;
        Counters.PacketsOut++;
        Counters.BytesOut += length;
        _output.Commit(length, remote, isForwarded: false);
    }
}

using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>A full ICE agent that starts out controlling (RFC 8445): tries the paths to a peer, nominates one, keeps it alive.</summary>
/// <remarks>
/// Sans-I/O; one owner thread. After any call that takes <c>now</c>, drain <see cref="TryTakeDatagram"/> and ask <see cref="NextTimeout"/> again.
/// Addresses in and out are those of the candidates: for UDP the socket's own address and port (not 0.0.0.0); for an active TCP candidate
/// its address with port 9, whatever port the connection has. The owner opens the connection when a datagram asks for it, and may drop
/// datagrams until it stands: they come again.
/// </remarks>
public sealed class IceAgent
{
    private readonly IceAgentOptions _options;
    private readonly IceRandom _random;
    private readonly IceCheckList _list;
    private readonly IceConsent _consent;
    private readonly IceOutbox _outbox = new();
    private readonly ulong _tieBreaker;
    private readonly List<IceCandidate> _remoteCandidates = [];
    private IReadOnlyList<IceCandidate> _localCandidates;
    private IceGeneration _generation;
    private IcePair? _selected;
    private IcePair? _nominated;
    private bool _isControlling = true;
    private TimeSpan _nextCheckAt;
    private TimeSpan? _firstSuccessAt;
    private TimeSpan? _giveUpAt;

    public IceAgent(IceCredentials local, IReadOnlyList<IceCandidate> localCandidates, IceAgentOptions? options = null)
    {
        _options = options ?? new IceAgentOptions();
        _random = new IceRandom(_options.Random);
        _list = new IceCheckList(_options.MaxPairs);
        _consent = new IceConsent(_options, _random);
        _tieBreaker = _random.NextTieBreaker();
        _localCandidates = localCandidates;
        _generation = new IceGeneration(local);
    }

    public IceCredentials Local => _generation.Local;

    public IReadOnlyList<IceCandidate> LocalCandidates => _localCandidates;

    public IceConnectionState State { get; private set; }

    /// <summary>Where to send: the best valid path, then the nominated one. Null before there is any, and after Failed.</summary>
    public CandidatePair? Selected => State == IceConnectionState.Failed ? null : _selected?.Path;

    /// <summary>Whether an authenticated answer has come along this path: only then may anything else from there be looked at.</summary>
    public bool IsValid(CandidatePair path)
        => _selected?.Path == path || _list.Find(path) is { State: IcePairState.Succeeded };

    /// <summary>Whether the selected path is agreed on with the peer.</summary>
    public bool IsNominated => _nominated is not null;

    /// <summary>As the latest answered check saw it; null before the first.</summary>
    public TimeSpan? RoundTrip => _consent.RoundTrip;

    /// <summary>When the peer last answered a check on the selected path; null before.</summary>
    public TimeSpan? AnsweredAt => _consent.AnsweredAt;

    /// <summary>When <see cref="OnTimeout"/> is next due; null when nothing is waited for.</summary>
    public TimeSpan? NextTimeout
    {
        get
        {
            var next = Earliest(_consent.NextTimeout, _giveUpAt);
            if (_generation.Remote is null || State == IceConnectionState.Failed) return next;
            if (_list.HasWork) next = Earliest(next, _nextCheckAt);
            foreach (var pair in _list.Pairs) next = Earliest(next, pair.Check?.DueAt);
            return Earliest(next, NominationDueAt);
        }
    }

    /// <summary>Nominating is due once the best valid path has had its time to be beaten; null while there is nothing to nominate.</summary>
    private TimeSpan? NominationDueAt
    {
        get
        {
            if (!_isControlling || _nominated is not null || _list.BestSucceeded is not { Check: null } best || _firstSuccessAt is not { } first) return null;
            if (!_list.HasUndecided) return first;
            if (best.IsTcp && _list.HasUndecidedUdp) return first + _options.TcpNominationDelay;
            return _generation.RemoteIsLite ? first : first + _options.NominationDelay;
        }
    }

    /// <summary>The peer's description has come: checks begin. After a restart, its new description.</summary>
    /// <param name="candidates">Those beyond <see cref="IceAgentOptions.MaxRemoteCandidates"/> are left out.</param>
    /// <param name="isLite">The peer only answers (a=ice-lite).</param>
    public void SetRemote(IceCredentials remote, IReadOnlyList<IceCandidate> candidates, TimeSpan now, bool isLite = false)
    {
        _generation.SetRemote(remote, isLite);
        if (isLite) SetRole(isControlling: true); // RFC 8445 §6.1.1
        _remoteCandidates.Clear();
        _remoteCandidates.AddRange(candidates.Take(_options.MaxRemoteCandidates));
        _list.Clear();
        foreach (var local in _localCandidates)
        {
            foreach (var candidate in _remoteCandidates)
                if (IceCheckList.CanPair(local, candidate)) _list.Add(new IcePair(local, candidate, _generation), _isControlling);
        }

        _list.Thaw();
        _nominated = null;
        _firstSuccessAt = null;
        _nextCheckAt = now;
        _giveUpAt = _list.Pairs.Count == 0 ? now + _options.EmptyListPatience : null;
        // A path from before a restart goes on being used, and watched, while the new ones are tried.
        if (State != IceConnectionState.Connected) State = IceConnectionState.Checking;
        OnTimeout(now);
    }

    /// <summary>New credentials (RFC 8445 §9); the old path stays selected until a new one is valid. Then comes <see cref="SetRemote"/>.</summary>
    /// <param name="localCandidates">The addresses there are now, where the network has changed; null: those before.</param>
    public void Restart(IceCredentials local, IReadOnlyList<IceCandidate>? localCandidates = null)
    {
        _generation = new IceGeneration(local);
        _localCandidates = localCandidates ?? _localCandidates;
        _list.Clear();
        _remoteCandidates.Clear();
        _nominated = null;
        _firstSuccessAt = null;
        _giveUpAt = null;
        if (State == IceConnectionState.Failed) State = IceConnectionState.New;
    }

    public void OnDatagram(ReadOnlySpan<byte> datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
    {
        if (StunMessage.TryParse(datagram, out var message) != StunParseError.None || message.Method != StunMethod.Binding) return;
        if (message.HasFingerprint && !message.HasValidFingerprint()) return;
        var path = new CandidatePair(local, remote);
        if (message.Class == StunClass.Request) OnRequest(message, path, now);
        else if (message.Class is StunClass.SuccessResponse or StunClass.ErrorResponse) OnResponse(message, path, now);
    }

    public void OnTimeout(TimeSpan now)
    {
        WatchConsent(now);
        if (_generation.Remote is null || State == IceConnectionState.Failed) return;
        RetransmitDue(now);
        NominateWhenDue(now);
        if (now >= _nextCheckAt && _list.TakeNext() is { } next)
        {
            StartCheck(next, isNominating: false, now);
            _nextCheckAt = now + _options.CheckInterval;
        }

        GiveUpWhenDone(now);
    }

    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        var taken = _outbox.TryTake(destination, out length, out var path);
        (local, remote) = path;
        return taken;
    }

    private void OnRequest(in StunMessage request, CandidatePair path, TimeSpan now)
    {
        if (GenerationOf(request) is not { } generation || !request.HasValidIntegrity(generation.LocalPassword)) return;
        var buffer = _outbox.Reserve();
        if (request.UnknownRequiredCount > 0)
        {
            _outbox.Commit(IceResponses.WriteUnknownAttribute(buffer, request, generation.LocalPassword), path);
            return;
        }

        // RFC 8445 §7.3.1.1: of two agents with one role the larger tie-breaker is controlling.
        var rival = _isControlling ? request.IceControlling : request.IceControlled;
        if (rival is { } theirs)
        {
            var weKeepOurRole = _isControlling == _tieBreaker >= theirs;
            if (weKeepOurRole)
            {
                _outbox.Commit(
                    IceResponses.WriteError(buffer, request, StunErrorCode.RoleConflict, "Role Conflict"u8, generation.LocalPassword), path);
                return;
            }

            SetRole(!_isControlling);
        }

        _outbox.Commit(IceResponses.WriteSuccess(buffer, request, path.Remote, generation.LocalPassword), path);
        if (generation == _generation && generation.Remote is not null && State != IceConnectionState.Failed) OnPeersCheck(request, path, now);
    }

    /// <summary>The generation whose USERNAME a check carries; before the peer's description only our own half of it is known.</summary>
    private IceGeneration? GenerationOf(in StunMessage request)
    {
        if (IsFor(_generation, request)) return _generation;
        return _selected is { } selected && IsFor(selected.Generation, request) ? selected.Generation : null;

        static bool IsFor(IceGeneration generation, in StunMessage request)
            => generation.Remote is not null
                ? request.Username.SequenceEqual(generation.IncomingUsername)
                : IceUsername.TryGetReceiver(request, out var fragment) && fragment.SequenceEqual(generation.LocalFragment);
    }

    /// <summary>Learns a path from the peer's own check and checks it in turn (RFC 8445 §7.3.1.3–7.3.1.5).</summary>
    private void OnPeersCheck(in StunMessage request, CandidatePair path, TimeSpan now)
    {
        if (_nominated is not null && _isControlling) return;
        var pair = _list.Find(path) ?? LearnPair(request, path);
        if (pair is null) return;
        _giveUpAt = null;
        if (pair.State != IcePairState.Succeeded)
        {
            if (pair.State != IcePairState.InProgress) pair.State = IcePairState.Waiting;
            if (pair.State == IcePairState.Waiting) _list.Trigger(pair);
        }

        if (_isControlling || !request.HasUseCandidate) return;
        pair.IsNominatedByPeer = true;
        if (pair.State == IcePairState.Succeeded) Nominate(pair, now, roundTrip: null);
    }

    private IcePair? LearnPair(in StunMessage request, CandidatePair path)
    {
        var local = _localCandidates.FirstOrDefault(candidate => candidate.Base == path.Local);
        if (local is null) return null;
        var remote = _remoteCandidates.Find(candidate => candidate.Address == path.Remote);
        if (remote is null)
        {
            if (_remoteCandidates.Count >= _options.MaxRemoteCandidates) return null;
            remote = new IceCandidate($"prflx{_remoteCandidates.Count}", 1, request.Priority ?? 1, path.Remote, IceCandidateType.PeerReflexive);
            _remoteCandidates.Add(remote);
        }

        return _list.Add(new IcePair(local, remote, _generation), _isControlling);
    }

    private void OnResponse(in StunMessage response, CandidatePair path, TimeSpan now)
    {
        var id = StunTransactionId.Read(response.TransactionId);
        foreach (var pair in _list.Pairs)
        {
            if (pair.Check is not { } check || check.Id != id) continue;
            if (response.HasValidIntegrity(pair.Generation.RemotePassword)) OnCheckAnswered(pair, check, response, path, now);
            return;
        }

        if (_selected is not { } selected || path != selected.Path || !_consent.IsMine(id, out var sentAt)) return;
        if (response.Class != StunClass.SuccessResponse || !response.HasValidIntegrity(selected.Generation.RemotePassword)) return;
        _consent.OnAnswer(sentAt, now);
        State = IceConnectionState.Connected;
    }

    private void OnCheckAnswered(IcePair pair, IceTransaction check, in StunMessage response, CandidatePair path, TimeSpan now)
    {
        pair.Check = null;
        if (response.ErrorCode == StunErrorCode.RoleConflict)
        {
            if (check.AsControlling == _isControlling && !_generation.RemoteIsLite) SetRole(!_isControlling);
            pair.State = IcePairState.Waiting;
            _list.Trigger(pair);
        }
        else if (response.Class == StunClass.SuccessResponse && path == pair.Path && response.MappedAddress is not null && response.UnknownRequiredCount == 0)
        {
            OnSuccess(pair, check, now);
        }
        else
        {
            pair.State = IcePairState.Failed; // an error, or an answer by another way than the question (RFC 8445 §7.2.5.2.1)
        }

        OnTimeout(now);
    }

    private void OnSuccess(IcePair pair, IceTransaction check, TimeSpan now)
    {
        TimeSpan? roundTrip = check.Transmissions == 1 ? now - check.SentFirstAt : null; // else it is unclear which sending was answered
        pair.State = IcePairState.Succeeded;
        _firstSuccessAt ??= now;
        _list.ThawLike(pair);
        if (check.IsNominating || (!_isControlling && pair.IsNominatedByPeer)) Nominate(pair, now, roundTrip);
        else if (_nominated is null) Select(_list.BestSucceeded ?? pair, now, roundTrip);
    }

    private void Nominate(IcePair pair, TimeSpan now, TimeSpan? roundTrip)
    {
        _nominated = pair;
        _list.KeepOnly(pair);
        Select(pair, now, roundTrip);
    }

    private void Select(IcePair pair, TimeSpan now, TimeSpan? roundTrip)
    {
        _selected = pair;
        _consent.Start(now, roundTrip);
        State = IceConnectionState.Connected;
    }

    private void NominateWhenDue(TimeSpan now)
    {
        if (NominationDueAt is { } due && now >= due && _list.BestSucceeded is { } best) StartCheck(best, isNominating: true, now);
    }

    private void RetransmitDue(TimeSpan now)
    {
        foreach (var pair in _list.Pairs)
        {
            if (pair.Check is not { } check || now < check.DueAt) continue;
            if (check.TryRetransmit(now, _options.MaxTransmissions))
            {
                Send(pair, check.Id, check.IsNominating, check.AsControlling);
                continue;
            }

            pair.Check = null;
            pair.State = IcePairState.Failed;
            if (pair == _selected && _list.BestSucceeded is { } other) Select(other, now, roundTrip: null);
        }
    }

    private void StartCheck(IcePair pair, bool isNominating, TimeSpan now)
    {
        var paced = _options.CheckInterval * _list.ActiveCount;
        var wait = paced > _options.InitialRetransmission ? paced : _options.InitialRetransmission;
        pair.Check = new IceTransaction(_random.NextTransactionId(), isNominating, _isControlling, now, wait, _options.LongestRetransmission);
        if (!isNominating) pair.State = IcePairState.InProgress;
        Send(pair, pair.Check.Id, isNominating, _isControlling);
    }

    private void WatchConsent(TimeSpan now)
    {
        if (_selected is not { } selected || !_consent.IsRunning) return;
        if (_consent.IsExpired(now))
        {
            LosePath(selected, now);
            return;
        }

        if (_consent.IsCheckDue(now)) Send(selected, _consent.NewCheck(now), isNominating: false, _isControlling);
        if (!_consent.IsLate(now)) return;
        _consent.IsLateReported = true;
        State = IceConnectionState.Disconnected;
    }

    private void LosePath(IcePair lost, TimeSpan now)
    {
        _consent.Stop();
        _selected = null;
        lost.Check = null;
        lost.State = IcePairState.Failed;
        if (_nominated is null && _list.BestSucceeded is { } other) Select(other, now, roundTrip: null);
        else State = _nominated is null && _list.HasUndecided ? IceConnectionState.Checking : IceConnectionState.Failed;
    }

    private void GiveUpWhenDone(TimeSpan now)
    {
        var isOver = _giveUpAt is { } patience ? now >= patience : !_list.HasUndecided && _list.BestSucceeded is null;
        if (!isOver || _consent.IsRunning) return;
        _giveUpAt = null;
        _selected = null;
        State = IceConnectionState.Failed;
    }

    private void SetRole(bool isControlling)
    {
        if (_isControlling == isControlling) return;
        _isControlling = isControlling;
        _list.OnRoleChanged(isControlling);
    }

    private void Send(IcePair pair, StunTransactionId id, bool isNominating, bool asControlling)
    {
        Span<byte> transactionId = stackalloc byte[StunTransactionId.Length];
        id.Write(transactionId);
        var writer = new StunMessageWriter(_outbox.Reserve(), StunClass.Request, transactionId);
        writer.AddUsername(pair.Generation.OutgoingUsername);
        writer.AddPriority((110u << 24) | (pair.Local.Priority & 0x00FF_FFFF)); // as a peer-reflexive candidate (RFC 8445 §7.1.1)
        if (asControlling) writer.AddIceControlling(_tieBreaker);
        else writer.AddIceControlled(_tieBreaker);
        if (isNominating) writer.AddUseCandidate();
        writer.AddMessageIntegrity(pair.Generation.RemotePassword);
        writer.AddFingerprint();
        _outbox.Commit(writer.Finish(), pair.Path);
    }

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}

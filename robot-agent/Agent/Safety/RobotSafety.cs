using System.Diagnostics.CodeAnalysis;
using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using HeadRange = AV1Relay.Hardware.Head.HeadRange;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>The robot's last word on what may be live, what may move, and what the lights say.</summary>
/// <remarks>
/// Sans-I/O: no clock, thread, socket or device. Events and <c>now</c> (monotonic since start-up) go in; <see cref="Decide"/> is
/// the level of everything that is on or off, and head movements and refusals are taken out one by one. Always true of a decision:
/// <list type="bullet">
/// <item>camera or microphone on: the ring has confirmed a live sign within the last second, curtain and privacy switch are open,
/// somebody announced is there, the step allows it, and the grant is active (<see cref="SessionAuthority.IsActive"/>);</item>
/// <item>a device that is open keeps the live sign on until it has said that it is closed, whatever else has changed;</item>
/// <item>the head moves only for a fresh, allowed command, or to wake and to rest.</item>
/// </list>
/// </remarks>
internal sealed class RobotSafety
{
    /// <summary>How long one head command lets the head move; whoever wants it to go on asks again.</summary>
    public static readonly TimeSpan HeadLeaseValidFor = TimeSpan.FromMilliseconds(750);

    private const int MaxRefusals = 16;

    private readonly HeadRange _range;
    private readonly RoomPlaces _room;
    private readonly SessionAuthority _authority;
    private readonly CommandFreshness _freshness;
    private readonly CommandFreshness _staffsFreshness; // they count beside the pupil
    private readonly HeadLease _lease = new(HeadLeaseValidFor);
    private readonly Queue<Refusal> _refusals = new();
    private bool _isAwake;
    private bool _wasActive;
    private bool _hadAudience; // in this session
    private string? _lastSession;
    private string? _refusedSession;
    private TimeSpan? _audienceUntil; // the link was lost: who is there must be told again by then

    /// <param name="range">Of this robot's head.</param>
    /// <param name="allowAdHoc">Whether sessions for tests are taken.</param>
    /// <param name="memory">From before this start.</param>
    public RobotSafety(HeadRange range, bool allowAdHoc, RobotMemory memory)
    {
        (_range, _room) = (range, memory.Room);
        Wishes = Unasked;
        Time = new TrustedTime(memory.NotBefore);
        Certificate = new CertificateLife(Time, memory.CertificateEnds);
        Curtain = memory.Curtain;
        _authority = new SessionAuthority(Time, Certificate, allowAdHoc, memory.Seen);
        (_freshness, _staffsFreshness) = (new CommandFreshness(Clock), new CommandFreshness(Clock));
    }

    public RelayClock Clock { get; } = new();

    public TrustedTime Time { get; }

    public CertificateLife Certificate { get; }

    public LightsWatch Lights { get; } = new();

    public CaptureHealth Camera { get; } = new();

    public CaptureHealth Microphone { get; } = new();

    public PupilWishes Wishes { get; private set; }

    public SessionGrant? Grant => _authority.Grant;

    /// <summary>Why the last grant was refused, in words; until a good one comes, that one is withdrawn, or the link is made anew.</summary>
    public string? GrantProblem { get; private set; }

    /// <summary>Of the grants taken so far; must outlast a restart.</summary>
    public FencingMark FencingMark => _authority.Mark;

    public bool IsLinkUp => _authority.IsLinkUp;

    /// <summary>Somebody whom the class can see listed is watching or listening.</summary>
    public bool HasAudience { get; private set; }

    /// <summary>With the button, or from a page for the session that is granted.</summary>
    public bool IsCurtainDrawn => IsCurtainAtRobot || (Curtain.SessionHash is { } hash && hash == _authority.SessionHash);

    /// <summary>With the robot's own button, which alone lifts it again.</summary>
    public bool IsCurtainAtRobot => Curtain.AtRobot;

    /// <summary>Must outlast a restart.</summary>
    public CurtainMark Curtain { get; private set; }

    public bool IsPrivate { get; private set; }

    public ulong LastCommandSequence => _freshness.LastSequence;

    public ulong StaleCommands => _freshness.Stale;

    public ulong OutOfOrderCommands => _freshness.OutOfOrder;

    public ulong OutOfRangeCommands { get; private set; }

    public bool IsActive(TimeSpan now) => _authority.IsActive(now);

    /// <summary>When <see cref="OnTimeout"/> is next due; null when only an event can change anything.</summary>
    public TimeSpan? NextTimeout(TimeSpan now) => Earlier.Of(
        Earlier.Of(Earlier.Of(_lease.NextTimeout, _audienceUntil), _authority.NextTimeout(now)),
        Earlier.Of(Lights.NextTimeout, Earlier.Of(Camera.NextTimeout, Microphone.NextTimeout)));

    public void OnTimeout(TimeSpan now)
    {
        _lease.OnTimeout(now);
        Lights.OnTimeout(now);
        Camera.OnTimeout(now);
        Microphone.OnTimeout(now);
        Settle(now);
    }

    /// <returns>True when this is the relay that was there before, not one that has started anew.</returns>
    public bool OnLinkUp(RelayHello hello, TimeSpan now)
    {
        var isSameRelay = Clock.OnHello(hello.RelayNowMs, now);
        Time.OnHello(hello.RelayUnixMs, now);
        _authority.OnLinkUp();
        (GrantProblem, _refusedSession) = (null, null); // perhaps it has been mended: the relay offers it again, and it is judged again
        Settle(now);
        return isSameRelay;
    }

    public void OnLinkDown(TimeSpan now)
    {
        if (!_authority.IsLinkUp) return;
        _authority.OnLinkDown(now);
        if (HasAudience) _audienceUntil ??= now + SessionAuthority.DarkAfter;
        if (_isAwake) _lease.OnLinkLost();
        Settle(now);
    }

    /// <returns>The mark to keep before <see cref="OnGrant"/> is told of this grant; null when there is nothing new to keep.</returns>
    public FencingMark? MarkToKeep(SessionGrant offered, TimeSpan now) =>
        _authority.Check(offered, now) is null && FencingMark.Of(offered) is var mark && mark != _authority.Mark ? mark : null;

    /// <param name="offered">Verified; its mark has been kept.</param>
    /// <param name="now">When.</param>
    public void OnGrant(SessionGrant offered, TimeSpan now)
    {
        var before = _authority.Grant;
        if (_authority.OnGrant(offered, now) is { } problem)
        {
            OnGrantRefused(offered.Session, problem, now);
            return;
        }

        (GrantProblem, _refusedSession) = (null, null);
        if (before?.FencingNumber != offered.FencingNumber)
        {
            _freshness.Reset();
            _staffsFreshness.Reset();
        }

        if (_lastSession != offered.Session) Forget(); // between two pupils the robot forgets the first entirely
        if (Curtain.SessionHash != _authority.SessionHash) Curtain = Curtain with { SessionHash = null }; // its own teacher draws it
        _lastSession = offered.Session;
        Wishes = Wishes.Within(offered.Capabilities);
        Settle(now);
    }

    /// <summary>A grant was not good enough to be looked at here: forged, changed, another robot's. A session that is on goes on.</summary>
    /// <param name="session">As the grant named it.</param>
    /// <param name="problem">Why, in words.</param>
    /// <param name="now">When.</param>
    public void OnGrantRefused(string session, string problem, TimeSpan now)
    {
        (GrantProblem, _refusedSession) = (problem, session);
        Refuse(new() { Session = Bounded(session), Reason = problem });
        Settle(now);
    }

    public void OnGrantWithdrawn(string session, TimeSpan now)
    {
        if (session == _refusedSession) (GrantProblem, _refusedSession) = (null, null);
        _authority.OnWithdrawn(session);
        Settle(now);
    }

    public void OnRoom(ulong fencingNumber, RoomState room, TimeSpan now)
    {
        if (_authority.Grant?.FencingNumber != fencingNumber) return; // another session's room
        _audienceUntil = null;
        HasAudience = room.PupilPresent || room.Observers.Count > 0;
        Settle(now);
    }

    public void OnCommand(ulong fencingNumber, Command command, TimeSpan now)
    {
        if (_authority.Grant is not { } grant || grant.FencingNumber != fencingNumber || !_authority.MayCommand(now))
        {
            Refuse(new() { CommandSequence = command.Sequence, Reason = "The command belongs to no session that is on now." });
            return;
        }

        var problem = _freshness.Check(command, now);
        if (problem is null && !CommandRules.IsInRange(command, _range))
        {
            OutOfRangeCommands++;
            problem = "The robot can't do that: out of range.";
        }

        if (problem is null && CommandRules.Needs(command) is { } needed && !grant.Capabilities.Has(needed))
            problem = "Today's step does not include that.";
        if (problem is null && CommandRules.IsOfNoPlace(command, Wishes.Places)) problem = "Nobody has shown the robot where that is.";
        if (problem is not null)
        {
            Refuse(new() { CommandSequence = command.Sequence, Session = grant.Session, Reason = problem });
            return;
        }

        Wishes = CommandRules.Apply(Wishes, command, _range, grant.Capabilities.Has(Capability.Zoom));
        Settle(now);
        if (CommandRules.MovesHead(command) && _isAwake && Wishes.Target is { } target) _lease.OnCommand(target, Wishes.Speed, now);
    }

    /// <summary>Staff in the room wish it from their page, under the rules of a command. It holds for that session, over new grants and links.</summary>
    public void OnCurtainWish(ulong fencingNumber, CurtainWish wish, TimeSpan now)
    {
        var problem = ProblemOfStaffs(fencingNumber, wish.Sequence, wish.IssuedAtMs, now);
        if (problem is null && !wish.Drawn && IsCurtainAtRobot) problem = "The curtain was drawn with the robot's button: that button lifts it.";
        if (problem is not null)
        {
            Refuse(new() { CommandSequence = wish.Sequence, Session = _authority.Grant?.Session ?? "", Reason = problem });
            return;
        }

        Curtain = Curtain with { SessionHash = wish.Drawn ? _authority.SessionHash : null };
        Settle(now);
    }

    /// <summary>Somebody in the room has seen the hand: it goes down.</summary>
    public void OnHandSeen(ulong fencingNumber, HandSeen seen, TimeSpan now)
    {
        if (ProblemOfStaffs(fencingNumber, seen.Sequence, seen.IssuedAtMs, now) is { } problem)
        {
            Refuse(new() { CommandSequence = seen.Sequence, Session = _authority.Grant?.Session ?? "", Reason = problem });
            return;
        }

        if (Wishes.HandRaised) Wishes = Wishes with { HandRaised = false, HandSeen = true };
        Settle(now);
    }

    /// <summary>One press draws the curtain, another lifts it, whoever drew it: who stands beside the robot has the last word.</summary>
    public void OnCurtainPressed(TimeSpan now)
    {
        Curtain = IsCurtainDrawn ? CurtainMark.Open : CurtainMark.DrawnAtRobot;
        Settle(now);
    }

    public void OnPrivacySwitch(bool isPrivate, TimeSpan now)
    {
        if (IsPrivate && !isPrivate)
        {
            Camera.OnChanged(); // their power is back
            Microphone.OnChanged();
        }

        IsPrivate = isPrivate;
        if (isPrivate) Wishes = Wishes with { Places = _room }; // so it is when it is put away or carried elsewhere
        Settle(now);
    }

    /// <summary>The robot has its next certificate.</summary>
    public void OnCertificateRenewed(DateTimeOffset ends, TimeSpan now)
    {
        Certificate.OnRenewed(ends);
        Settle(now);
    }

    public void OnLightsShown(LightSign sign, TimeSpan now)
    {
        Lights.OnShown(sign, now);
        Settle(now);
    }

    public void OnLightsFailed(string problem, TimeSpan now)
    {
        Lights.OnFailed(problem);
        Settle(now);
    }

    /// <summary>What may be on now.</summary>
    public SafetyDecision Decide(TimeSpan now)
    {
        var isActive = _authority.IsActive(now);
        var isWanted = isActive && HasAudience && !IsCurtainDrawn && !IsPrivate;
        var sees = isWanted && Grant!.Capabilities.Has(Capability.See); // not null: it is active
        var hears = isWanted && Grant!.Capabilities.Has(Capability.Hear);
        var sign = SignFor(now, isActive, isWanted, sees, hears);
        var mayCapture = IsLiveSign(sign) && Lights.Shows(now) is { } shown && IsLiveSign(shown);
        return new(
            sign,
            Camera: sees && mayCapture && Camera.MayTry(now),
            Microphone: hears && mayCapture && Microphone.MayTry(now),
            Voice: isActive && HasAudience && !IsPrivate && Lights.Shows(now) is not (null or LightSign.Dark) ? AllowedVoice() : MicrophoneMode.Off,
            Publish: isActive);
    }

    public bool TryTakeHeadOutput([NotNullWhen(true)] out HeadOutput? output) => _lease.TryTakeOutput(out output);

    public bool TryTakeRefusal([NotNullWhen(true)] out Refusal? refusal) => _refusals.TryDequeue(out refusal);

    /// <summary>Whether a sign says that the pupil may see or hear.</summary>
    public static bool IsLiveSign(LightSign sign) =>
        sign is LightSign.Live or LightSign.HandRaised or LightSign.NeedsAMinute or LightSign.Passive;

    private LightSign SignFor(TimeSpan now, bool isActive, bool isWanted, bool sees, bool hears)
    {
        var isOpen = Camera.IsOpen || Microphone.IsOpen;
        if (isOpen) return LiveSign();
        if (isWanted)
        {
            var nothingWorks = (sees || hears) && (!sees || !Camera.MayTry(now)) && (!hears || !Microphone.MayTry(now));
            return nothingWorks ? LightSign.Fault : LiveSign();
        }

        if (Certificate.IsOver(now)) return LightSign.CertificateEnded;
        if (_authority.IsLinkUp && Time.Problem is not null) return LightSign.TimeUnknown;
        if (GrantProblem is not null && !isActive && _authority.IsLinkUp) return LightSign.SessionRefused;
        if ((IsCurtainDrawn || IsPrivate) && (isActive || _authority.IsLinkUp)) return LightSign.Privacy;
        return isActive && !_hadAudience ? LightSign.Connecting : LightSign.Dark;
    }

    private LightSign LiveSign() => Wishes switch
    {
        { HandRaised: true } => LightSign.HandRaised,
        { NeedsAMinute: true } => LightSign.NeedsAMinute,
        { Passive: true } => LightSign.Passive,
        _ => LightSign.Live,
    };

    private MicrophoneMode AllowedVoice() => Wishes.Microphone switch
    {
        MicrophoneMode.Whisper when Grant!.Capabilities.Has(Capability.Whisper) => MicrophoneMode.Whisper, // not null: asked only while active
        MicrophoneMode.Speak when Grant!.Capabilities.Has(Capability.Speak) => MicrophoneMode.Speak,
        _ => MicrophoneMode.Off,
    };

    /// <summary>What follows from the state by itself, after every event.</summary>
    private void Settle(TimeSpan now)
    {
        _authority.ForgetWhenOver(now);
        if (_authority.Grant is null && _lastSession is not null)
        {
            Forget();
            _lastSession = null;
        }

        if (now >= _audienceUntil) (HasAudience, _audienceUntil) = (false, null);

        var isActive = _authority.IsActive(now);
        if (_wasActive && !isActive) HasAudience = false; // who is there is told anew, before anything can open again
        _wasActive = isActive;

        var isAwake = isActive && HasAudience;
        if (isAwake == _isAwake) return;
        _isAwake = isAwake;
        if (isAwake)
        {
            _lease.OnWake(ahead: !_hadAudience);
            _hadAudience = true;
        }
        else
        {
            _lease.OnRest();
        }
    }

    private string? ProblemOfStaffs(ulong fencingNumber, ulong sequence, long issuedAtMs, TimeSpan now) =>
        _authority.Grant?.FencingNumber != fencingNumber || !_authority.MayCommand(now)
            ? "The wish belongs to no session that is on now."
            : _staffsFreshness.Check(sequence, issuedAtMs, now);

    private PupilWishes Unasked => PupilWishes.None with { Places = _room };

    private void Forget()
    {
        Wishes = Unasked;
        HasAudience = false; // the relay tells who is in the next room
        _hadAudience = false;
    }

    private void Refuse(Refusal refusal)
    {
        if (_refusals.Count == MaxRefusals) _refusals.Dequeue(); // the relay has its own count; the newest ones say most
        _refusals.Enqueue(refusal);
    }

    private static string Bounded(string text) => text.Length <= 100 ? text : text[..100];
}

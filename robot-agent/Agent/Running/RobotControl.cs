using AV1Relay.Hardware.Lights;
using AV1Relay.Hardware.PrivacySwitch;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Link;
using AV1Relay.RobotAgent.Safety;

namespace AV1Relay.RobotAgent.Running;

/// <summary>What the safety core's decisions are carried out by. Called in order under the core's lock; everything returns at once.</summary>
internal interface IRobotActions
{
    void Move(HeadOutput output);

    void Refuse(Refusal refusal);

    /// <param name="decision">The newest.</param>
    /// <param name="grant">What it is made under; null without one.</param>
    /// <param name="pupilTakesH264">False once the pupil's device has said that it can't.</param>
    void Act(in SafetyDecision decision, SessionGrant? grant, bool pupilTakesH264);

    /// <summary>Something that people see has changed.</summary>
    void Changed();

    /// <param name="isSameRelay">False: it has started anew, and knows nothing of our media.</param>
    void LinkIsBack(bool isSameRelay);
}

/// <summary>The shell of the safety core: one lock, one clock, one timer. Every event of the robot passes through here.</summary>
internal sealed class RobotControl : ILinkEvents, ILightRingEvents, IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1); // timers take no more than 49; waking early harms nothing

    private readonly Lock _gate = new();
    private readonly RobotSafety _safety;
    private readonly Func<TimeSpan> _clock;
    private readonly ITimer _timer;
    private readonly IRobotActions _actions;
    private readonly GrantVerifier _verifier;
    private readonly RobotKeeper _keeper;
    private readonly Lock _keeping = new(); // a disk may be slow: nothing that closes a device waits for it
    private FencingMark _kept; // the link's thread alone writes it
    private CurtainMark _keptCurtain;
    private SafetyDecision _decision;
    private SessionGrant? _actedOnGrant;
    private bool _actedOnH264 = true;
    private bool _pupilTakesH264 = true;
    private Visible _visible;
    private bool _isStopped;

    /// <param name="safety">The core; nobody else calls it from now on.</param>
    /// <param name="clock">Monotonic since start-up.</param>
    /// <param name="time">For the timer.</param>
    /// <param name="actions">Who carries out what the core decides.</param>
    /// <param name="verifier">Through which every grant goes.</param>
    /// <param name="keeper">Keeps what must outlast a restart.</param>
    public RobotControl(
        RobotSafety safety, Func<TimeSpan> clock, TimeProvider time, IRobotActions actions, GrantVerifier verifier, RobotKeeper keeper)
    {
        (_verifier, _keeper, _kept, _keptCurtain) = (verifier, keeper, safety.FencingMark, safety.Curtain);
        _safety = safety;
        _clock = clock;
        _actions = actions;
        _timer = time.CreateTimer(_ => Do(static (safety, now) => safety.OnTimeout(now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>As of the last event.</summary>
    public SafetyDecision Decision
    {
        get
        {
            lock (_gate)
            {
                return _decision;
            }
        }
    }

    public void OnLinkUp(RelayHello hello)
    {
        var isSameRelay = false;
        Do((safety, now) => isSameRelay = safety.OnLinkUp(hello, now));
        _actions.LinkIsBack(isSameRelay);
    }

    public void OnLinkDown() => Do(static (safety, now) => safety.OnLinkDown(now));

    public void OnMessage(RelayMessage message)
    {
        if (message.WhatCase == RelayMessage.WhatOneofCase.Grant) OnGrant(message.Grant);
        else OnOther(message);

        // A grant that was withdrawn or is over: told to the disk after everything has been closed, and again until it is written.
        // The disk may be ahead, by a grant that was kept and then not taken: it never goes back.
        var mark = Read(static (safety, _, _) => safety.FencingMark);
        if (mark != _kept && mark.Number >= _kept.Number && _keeper.KeepMark(mark) is null) _kept = mark;
        KeepCurtain();
    }

    public void OnLightsShown(LightSign sign) => Do((safety, now) => safety.OnLightsShown(sign, now));

    public void OnLightsFailed(string problem) => Do((safety, now) => safety.OnLightsFailed(problem, now));

    public void OnCertificateRenewed(DateTimeOffset ends) => Do((safety, now) => safety.OnCertificateRenewed(ends, now));

    public void OnCurtainPressed()
    {
        Do(static (safety, now) => safety.OnCurtainPressed(now));
        KeepCurtain();
    }

    /// <summary>Reads it when nothing else is being decided: two that tell of it at once can't tell in the wrong order.</summary>
    public void OnPrivacySwitch(IPrivacySwitch privacySwitch) => Do((safety, now) => safety.OnPrivacySwitch(privacySwitch.IsPrivate, now));

    /// <exception cref="Hardware.HardwareException">It may not be open now.</exception>
    public void OnDeviceOpening(Device device)
    {
        var isAllowed = false;
        Do((safety, now) =>
        {
            var decision = safety.Decide(now);
            isAllowed = device == Device.Camera ? decision.Camera : decision.Microphone;
            if (isAllowed) HealthOf(safety, device).OnOpening();
        });
        if (!isAllowed) throw new Hardware.HardwareException("It may not be open now.");
    }

    /// <param name="device">Which.</param>
    /// <param name="problem">Null when opening was given up rather than failed.</param>
    public void OnDeviceNotOpened(Device device, string? problem) => Do((safety, now) =>
    {
        if (problem is null) HealthOf(safety, device).OnClosed();
        else HealthOf(safety, device).OnFailed(problem, now);
    });

    public void OnDeviceDelivering(Device device) => Do((safety, _) => HealthOf(safety, device).OnDelivering());

    public void OnDeviceFailed(Device device, string problem) => Do((safety, now) => HealthOf(safety, device).OnFailed(problem, now));

    public void OnDeviceClosed(Device device) => Do((safety, _) => HealthOf(safety, device).OnClosed());

    /// <summary>Asked for every picture and every 20 ms of sound.</summary>
    public bool MayCapture(Device device)
    {
        lock (_gate)
        {
            if (_isStopped) return false;
            var decision = _safety.Decide(_clock());
            return device == Device.Camera ? decision.Camera : decision.Microphone;
        }
    }

    /// <summary>Reads several things of one instant. The function must not keep the core.</summary>
    public T Read<T>(Func<RobotSafety, SafetyDecision, TimeSpan, T> read)
    {
        lock (_gate)
        {
            var now = _clock();
            return read(_safety, _safety.Decide(now), now);
        }
    }

    /// <summary>Ends it: nothing may be on any more. The lights stay as they are: they go dark once everything is closed.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _decision = new(_decision.Sign, Camera: false, Microphone: false, MicrophoneMode.Off, Publish: false);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _actions.Act(_decision, null, pupilTakesH264: true);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Signature and disk take their time outside the lock: the curtain never waits for them.</summary>
    private void OnGrant(Grant offered)
    {
        if (!_verifier.TryVerify(offered, out var grant, out var problem))
        {
            Do((safety, now) => safety.OnGrantRefused(offered.Session, problem, now));
            return;
        }

        var mark = Read((safety, _, now) => safety.MarkToKeep(grant, now));
        if (mark is not null && mark != _kept)
        {
            // A robot that could forget this grant could be shown it again after its end.
            if (_keeper.KeepMark(mark) is { } notKept)
            {
                Do((safety, now) => safety.OnGrantRefused(grant.Session, notKept, now));
                return;
            }

            _kept = mark;
        }

        Do((safety, now) => safety.OnGrant(grant, now));
    }

    /// <summary>After it has been drawn or lifted; again at the next event when the disk refused.</summary>
    private void KeepCurtain()
    {
        lock (_keeping)
        {
            var curtain = Read(static (safety, _, _) => safety.Curtain);
            if (curtain != _keptCurtain && _keeper.KeepCurtain(curtain) is null) _keptCurtain = curtain;
        }
    }

    private void OnOther(RelayMessage message) => Do((safety, now) =>
    {
        switch (message.WhatCase)
        {
            case RelayMessage.WhatOneofCase.GrantWithdrawn:
                safety.OnGrantWithdrawn(message.GrantWithdrawn.Session, now);
                break;
            case RelayMessage.WhatOneofCase.Command:
                safety.OnCommand(message.FencingNumber, message.Command, now);
                break;
            case RelayMessage.WhatOneofCase.CurtainWish:
                safety.OnCurtainWish(message.FencingNumber, message.CurtainWish, now);
                break;
            case RelayMessage.WhatOneofCase.HandSeen:
                safety.OnHandSeen(message.FencingNumber, message.HandSeen, now);
                break;
            case RelayMessage.WhatOneofCase.Pong:
                safety.Clock.OnPong(message.Pong.RobotNowMs, message.Pong.RelayNowMs, now);
                break;
            case RelayMessage.WhatOneofCase.Room:
                safety.OnRoom(message.FencingNumber, message.Room, now);
                _pupilTakesH264 = message.Room.PupilVideoCodecs is not { Count: > 0 } codecs || codecs.Contains("H264");
                break;
        }
    });

    private static CaptureHealth HealthOf(RobotSafety safety, Device device) => device == Device.Camera ? safety.Camera : safety.Microphone;

    private void Do(Action<RobotSafety, TimeSpan> happen)
    {
        lock (_gate)
        {
            var now = _clock();
            happen(_safety, now); // once stopped, too: devices still tell that they have closed
            if (!_isStopped) CarryOut(now);
        }
    }

    private void CarryOut(TimeSpan now)
    {
        while (_safety.TryTakeHeadOutput(out var output)) _actions.Move(output);
        while (_safety.TryTakeRefusal(out var refusal)) _actions.Refuse(refusal);

        var decision = _safety.Decide(now);
        if (decision != _decision || _safety.Grant != _actedOnGrant || _pupilTakesH264 != _actedOnH264)
        {
            (_decision, _actedOnGrant, _actedOnH264) = (decision, _safety.Grant, _pupilTakesH264);
            _actions.Act(decision, _safety.Grant, _pupilTakesH264);
        }

        var visible = new Visible(
            decision, _safety.Wishes, _safety.LastCommandSequence, _safety.Lights.Shows(now), _safety.Camera.IsOpen, _safety.Camera.Fault,
            _safety.Microphone.IsOpen, _safety.Microphone.Fault, _safety.IsCurtainDrawn, _safety.IsCurtainAtRobot, _safety.IsPrivate, _safety.GrantProblem, _safety.Certificate.IsOver(now));
        if (visible != _visible)
        {
            _visible = visible;
            _actions.Changed();
        }

        _timer.Change(
            _safety.NextTimeout(now) is { } due ? TimeSpan.FromTicks(Math.Clamp((due - now).Ticks, 0, LongestSleep.Ticks)) + TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the relay is told of at once when it changes.</summary>
    private readonly record struct Visible(
        SafetyDecision Decision, PupilWishes? Wishes, ulong LastCommandSequence, LightSign? Lights, bool IsCameraOpen, string? CameraFault,
        bool IsMicrophoneOpen, string? MicrophoneFault, bool IsCurtainDrawn, bool IsCurtainAtRobot, bool IsPrivate,
        string? GrantProblem, bool IsCertificateOver);
}

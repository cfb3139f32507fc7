using AV1Relay.Codecs;
using AV1Relay.Hardware.Audio.Echo;
using AV1Relay.Hardware.Camera;
using AV1Relay.Hardware.Lights;
using AV1Relay.Hardware.Linux.Discovery;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Link;
using AV1Relay.RobotAgent.Media;
using AV1Relay.RobotAgent.Safety;
using AV1Relay.RobotAgent.State;

namespace AV1Relay.RobotAgent.Running;

/// <summary>The robot put together: body, safety core, link and media. Lives as long as the program.</summary>
internal sealed class Robot : IRobotActions, IAsyncDisposable
{
    private static readonly TimeSpan SaveTimeEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1.8);

    private readonly RobotOptions _options;
    private readonly StateFolder _state;
    private readonly RobotIdentity _identity;
    private readonly IRobotBody _body;
    private readonly TimeProvider _time;
    private readonly ILogger<Robot> _logger;
    private readonly long _startedAt;
    private readonly HeadMotion _head;
    private readonly LightRing _ring;
    private readonly LinkOutbox _outbox;
    private readonly RobotLinkClient _link;
    private readonly ClassroomSound _sound;
    private readonly MediaEngine _media;
    private readonly RobotReport _report;
    private readonly PowerWatch _power;
    private readonly ProcessLoad _load;
    private readonly DeviceWatch? _plugs;
    private readonly GrantVerifier _verifier;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Loops _loops;
    private readonly LogLimit _refusalLimit;
    private MediaOrder _order = MediaOrder.Nothing;
    private string? _lastGrantProblem;

    public Robot(RobotOptions options, StateFolder state, RobotIdentity identity, IRobotBody body, TimeProvider time, ILoggerFactory logs)
    {
        (_options, _state, _identity, _body, _time) = (options, state, identity, body, time);
        _logger = logs.CreateLogger<Robot>();
        _startedAt = time.GetTimestamp();
        (_loops, _refusalLimit) = (new Loops(_logger), new LogLimit(time));
        var lastTime = state.LoadLastTime() is { } saved && saved > identity.IssuedAt ? saved : identity.IssuedAt;

        _head = new HeadMotion(body.Head, time, logs.CreateLogger<HeadMotion>());
        _ring = new LightRing(body.Lights, LightLanguage.Default, Clock, time, logs.CreateLogger<LightRing>());
        (_verifier, var seen) = LoadTrust(state, identity.Name, options.AllowHttp);
        if (_verifier.Problem is { } problem) RobotLog.TakesNoGrants(_logger, problem);
        Control = new RobotControl(
            new RobotSafety(body.Head.Range, options.TakesAdHoc, new(lastTime, identity.EndsAt, seen, state.LoadCurtain())
            {
                Room = options.Camera.Source is null ? RoomPlaces.VirtualClassroom : RoomPlaces.None,
            }), Clock, time, this, _verifier,
            new(KeepMark, KeepCurtain));
        var size = PictureSize.Choose(options.Format, options.Codec, time);
        MediaLog.SizeChosen(_logger, size.Words);
        var steady = new SteadyTime(time);
        var devices = new RobotDevices(options.Camera, options.Microphone, options.Speaker, size.Format, View, steady);
        _sound = new ClassroomSound(devices, options.CancelsEcho ? () => new KalmanEchoCanceller(clocks: devices.Clocks) : null, state.LoadVolume(), steady);
        _media = new MediaEngine(
            new(size.Format, options.Codec) { Findings = size.Findings }, new GuardedDevices(_sound, Control),
            () => new HttpClient(RelayTrust.Web(identity.Authority, lastTime, time)), steady, logs);
        _power = new PowerWatch(body.Battery, body.Thermometer, time);
        _load = new ProcessLoad(time);
        _report = new RobotReport(identity.Name, options, body, Control, _head, _media, _sound, _power, _load, size.Words, () => [_verifier.Problem, StateProblem]);
        _outbox = new LinkOutbox(_report.State, _report.Telemetry, () => _report.IsLive);
        _link = new RobotLinkClient(
            options.Relay, state, Hello, _outbox, Control, Clock, lastTime, time, Random.Shared, logs.CreateLogger<RobotLinkClient>());
        _media.Changed += OnMediaChanged;
        body.Curtain.Pressed += Control.OnCurtainPressed;
        body.PrivacySwitch.Changed += OnPrivacySwitch;
        body.Volume.Pressed += OnVolumePressed;
        _sound.Changed += Changed;
        if (devices.ChoosesByItself) _plugs = WatchPlugs(devices);
    }

    public RobotControl Control { get; }

    /// <summary>Why the state folder can't be written, in words; the robot runs on.</summary>
    public string? StateProblem { get; private set; }

    /// <summary>Completes when a part of the program has failed: whoever runs the robot stops it, and starts it anew.</summary>
    public Task Failed => _loops.Failed;

    /// <summary>What the robot's page shows.</summary>
    public RobotPicture Picture() => _report.Picture(_link.Status, _link.Problem);

    public void Start()
    {
        OnPrivacySwitch();
        var stopping = _stopping.Token;
        _loops.Start("head", () => _head.RunAsync(stopping));
        _loops.Start("lights", () => _ring.RunAsync(Control, stopping));
        _loops.Start("link", () => _link.RunAsync(stopping));
        _loops.Start("time", () => KeepTimeAsync(stopping));
        _loops.Start("power", () => _power.RunAsync(stopping));
        _loops.Start("load", () => _load.RunAsync(stopping));
        _head.Post(new HeadOutput.Rest());
    }

    /// <summary>Media closed, goodbye said, head lowered, lights dark: in that order, whatever fails on the way; but the ring keeps its last sign where a device
    /// does not close.</summary>
    public async Task StopAsync()
    {
        RobotLog.Stopping(_logger);
        Control.Stop();
        var media = _media.StopAsync();
        _head.Post(new HeadOutput.Rest());
        await _loops.TryAsync("media", () => WaitForAsync(media));
        SaveTime();
        await _stopping.CancelAsync();
        await _loops.EndAsync();
        await _loops.TryAsync("lowering", _head.LowerAsync);
        if (IsCapturing) RobotLog.StaysLit(_logger);
        else await _ring.DarkenAsync();
        RobotLog.Stopped(_logger);
    }

    public async ValueTask DisposeAsync()
    {
        if (_plugs is not null) await _plugs.DisposeAsync();
        await _media.DisposeAsync();
        await _ring.DarkenAsync(); // where a device was slow to close
        Control.Dispose();
        await _body.DisposeAsync();
        _identity.Dispose();
        _verifier.Dispose();
        _stopping.Dispose();
    }

    void IRobotActions.Move(HeadOutput output) => _head.Post(output);

    void IRobotActions.Refuse(Refusal refusal)
    {
        if (refusal.CommandSequence > 0) RobotLog.Refused(_logger, refusal.CommandSequence, refusal.Reason);
        else if (refusal.Reason != _lastGrantProblem && _refusalLimit.MayTell()) RobotLog.GrantRefused(_logger, _lastGrantProblem = refusal.Reason); // once, however often it is offered
        _outbox.Post(refusal);
        _link.Wake();
    }

    void IRobotActions.Act(in SafetyDecision decision, SessionGrant? grant, bool pupilTakesH264)
    {
        var order = new MediaOrder(
            decision.Publish && grant is not null ? new(grant.WhipUrl, grant.WhipToken, grant.FencingNumber) : null,
            decision.Camera, decision.Microphone, decision.Voice != MicrophoneMode.Off, pupilTakesH264);
        if (order.Whip is null != (_order.Whip is null)) RobotLog.SessionIs(_logger, grant?.Session ?? "none", order.Whip is null ? "off" : "on");
        if ((order.Camera || order.Microphone) != (_order.Camera || _order.Microphone))
            RobotLog.LiveIs(_logger, order.Camera, order.Microphone);
        _order = order;
        _sound.OnVoice(decision.Voice);
        _media.Apply(order);
        _ring.Show(decision.Sign);
    }

    public void Changed()
    {
        _outbox.MarkChanged();
        _link.Wake();
    }

    void IRobotActions.LinkIsBack(bool isSameRelay) => _media.OnLinkBack(relayIsNew: !isSameRelay);

    private bool IsCapturing => Control.Read(static (safety, _, _) => safety.Camera.IsOpen || safety.Microphone.IsOpen);

    private TimeSpan Clock() => _time.GetElapsedTime(_startedAt);

    /// <summary>What the lens sees now: the newest that is known, straight from a simulated head.</summary>
    private ViewPose View() => new(
        _body is SimulatedBody simulated ? simulated.Head.Pose : _head.Pose, Control.Read(static (safety, _, _) => safety.Wishes.Zoom));

    private void OnMediaChanged()
    {
        _report.OnMediaChanged();
        Changed();
    }

    private void OnPrivacySwitch() => Control.OnPrivacySwitch(_body.PrivacySwitch);

    private void OnVolumePressed(int steps)
    {
        _sound.Volume = _sound.Volume.Step(steps);
        Keep(() => _state.SaveVolume(_sound.Volume));
    }

    private RobotHello Hello() => new()
    {
        AgentVersion = AgentVersion.Text,
        AcceptsAdHocSessions = _options.TakesAdHoc,
        Simulated = _options.Simulate,
        VideoCodecs = { _options.Codec switch { VideoCodec.H264 => ["H264"], VideoCodec.Vp8 => ["VP8"], _ => (string[])["H264", "VP8"] } },
        Faults = { _report.Faults() },
    };

    private async Task WaitForAsync(Task media)
    {
        using var limit = new CancellationTokenSource(StopLimit, _time);
        try
        {
            await media.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            RobotLog.MediaSlow(_logger);
        }
    }

    private async Task KeepTimeAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(SaveTimeEvery, _time);
            while (await timer.WaitForNextTickAsync(cancellationToken)) SaveTime();
        }
        catch (OperationCanceledException)
        {
            // Saved once more on the way out.
        }
    }

    /// <summary>A device that has come is tried at once rather than when its next try is due.</summary>
    private DeviceWatch WatchPlugs(RobotDevices devices)
    {
        var watch = new DeviceWatch(devices.List, _time);
        watch.Left += device => RobotLog.DeviceLeft(_logger, device.Name);
        watch.Came += device =>
        {
            RobotLog.DeviceCame(_logger, device.Name);
            _media.OnDeviceCame();
        };
        return watch;
    }

    /// <summary>Without the domain's key, or without knowing what came before, no grant is good: the robot runs on, and says so.</summary>
    private static (GrantVerifier Verifier, FencingMark Seen) LoadTrust(StateFolder state, string name, bool publishesInTheClear)
    {
        try
        {
            var seen = state.LoadFencingMark();
            return (new(state.LoadDomainKey(), name, publishesInTheClear), seen);
        }
        catch (StateException problem)
        {
            return (GrantVerifier.RefusingAll(problem.Message), FencingMark.None);
        }
    }

    private string? KeepMark(FencingMark mark) => Keep(() => _state.SaveFencingMark(mark));

    private string? KeepCurtain(CurtainMark curtain) => Keep(() => _state.SaveCurtain(curtain));

    private string? Keep(Action save)
    {
        try
        {
            save();
            return StateProblem = null;
        }
        catch (StateException problem)
        {
            if (StateProblem is null) RobotLog.StateNotWritten(_logger, problem.Message);
            return StateProblem = problem.Message;
        }
    }

    private void SaveTime()
    {
        if (Control.Read(static (safety, _, now) => safety.Time.At(now)) is not { } trusted) return;
        try
        {
            _state.SaveLastTime(trusted);
            StateProblem = null;
        }
        catch (StateException problem)
        {
            if (StateProblem is null) RobotLog.StateNotWritten(_logger, problem.Message);
            StateProblem = problem.Message;
        }
    }
}

internal static partial class RobotLog
{
    [LoggerMessage(4201, LogLevel.Information, "Session {Session} is {OnOrOff}")]
    public static partial void SessionIs(ILogger logger, string session, string onOrOff);

    [LoggerMessage(4202, LogLevel.Information, "Live: camera {Camera}, microphone {Microphone}")]
    public static partial void LiveIs(ILogger logger, bool camera, bool microphone);

    [LoggerMessage(4203, LogLevel.Debug, "Refused (command {Sequence}): {Reason}")]
    public static partial void Refused(ILogger logger, ulong sequence, string reason);

    [LoggerMessage(4204, LogLevel.Information, "Stopping: media closes, the head goes down, the lights go dark")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(4205, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(4206, LogLevel.Warning, "A device did not close, or the relay did not take the goodbye, in time")]
    public static partial void MediaSlow(ILogger logger);

    [LoggerMessage(4216, LogLevel.Error, "Camera or microphone is still open: the lights stay as they are until it is closed, or the program has ended")]
    public static partial void StaysLit(ILogger logger);

    [LoggerMessage(4207, LogLevel.Error, "The state could not be saved; the robot runs on: {Problem}")]
    public static partial void StateNotWritten(ILogger logger, string problem);

    [LoggerMessage(4208, LogLevel.Error, "A grant was refused: {Problem}")]
    public static partial void GrantRefused(ILogger logger, string problem);

    [LoggerMessage(4210, LogLevel.Information, "{Device} was plugged in, or has power again")]
    public static partial void DeviceCame(ILogger logger, string device);

    [LoggerMessage(4211, LogLevel.Information, "{Device} was unplugged, or has no power")]
    public static partial void DeviceLeft(ILogger logger, string device);

    [LoggerMessage(4212, LogLevel.Critical, "A part of the program has failed ({Name}); the robot has to be started anew. This is a mistake in the program: report it")]
    public static partial void LoopFailed(ILogger logger, string name, Exception problem);

    [LoggerMessage(4209, LogLevel.Error, "No grant will be taken: {Problem}")]
    public static partial void TakesNoGrants(ILogger logger, string problem);
}

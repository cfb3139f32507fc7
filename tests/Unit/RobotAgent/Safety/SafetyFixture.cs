using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using HeadRange = AV1Relay.Hardware.Head.HeadRange;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

/// <summary>A robot's safety core with its clock, and a relay whose clock is an hour ahead of it.</summary>
internal sealed class SafetyFixture
{
    public const long RelayAheadMs = 3_600_000;
    public static readonly DateTimeOffset Built = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Morning = new(2026, 11, 2, 10, 5, 0, TimeSpan.Zero);
    private ulong _sequence = 100;

    public static readonly DateTimeOffset CertificateEnds = Morning.AddDays(60);

    public SafetyFixture(bool allowAdHoc = true, FencingMark? seen = null, CurtainMark? curtain = null, DateTimeOffset? certificateEnds = null) =>
        Safety = new RobotSafety(HeadRange.Reference, allowAdHoc, new(Built, certificateEnds ?? CertificateEnds, seen ?? FencingMark.None, curtain ?? CurtainMark.Open));

    public RobotSafety Safety { get; private set; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(10);

    public long RelayNowMs => (long)Now.TotalMilliseconds + RelayAheadMs;

    public SafetyDecision Decision => Safety.Decide(Now);

    /// <summary>Linked, granted, somebody there; the lights have not confirmed anything.</summary>
    public static SafetyFixture WithPupil(params Capability[] capabilities)
    {
        var fixture = new SafetyFixture();
        fixture.LinkUp();
        fixture.Grant(1, capabilities);
        fixture.PupilIs(present: true);
        return fixture;
    }

    /// <summary>The same, and the lights say so.</summary>
    public static SafetyFixture Live(params Capability[] capabilities)
    {
        var fixture = WithPupil(capabilities);
        fixture.LightsShowWhatTheyShould();
        while (fixture.Safety.TryTakeHeadOutput(out _))
        {
        }

        return fixture;
    }

    /// <summary>Advances through every timeout that falls due on the way.</summary>
    public void Wait(TimeSpan duration)
    {
        var end = Now + duration;
        while (Safety.NextTimeout(Now) is { } due && due <= end)
        {
            Now = due > Now ? due : Now + TimeSpan.FromTicks(1);
            Safety.OnTimeout(Now);
        }

        Now = end;
        Safety.OnTimeout(Now);
    }

    public void Wait(double seconds) => Wait(TimeSpan.FromSeconds(seconds));

    /// <summary>Switched off and on: what was kept is all that it knows.</summary>
    public void Restart()
    {
        var (seen, curtain) = (FencingMark.TryParse(Safety.FencingMark.ToString()), CurtainMark.TryParse(Safety.Curtain.ToString()));
        Safety = new RobotSafety(HeadRange.Reference, allowAdHoc: true, new(Safety.Time.NoEarlierThan(Now) - Now, CertificateEnds, seen!, curtain!));
    }

    /// <summary>The same with a ring that works.</summary>
    public void WaitLit(double seconds)
    {
        for (var left = seconds; left > 0; left -= 0.1)
        {
            Wait(Math.Min(left, 0.1));
            LightsShowWhatTheyShould();
        }
    }

    public void LinkUp(DateTimeOffset? wall = null) => Safety.OnLinkUp(
        new RelayHello { RelayNowMs = RelayNowMs, RelayUnixMs = (wall ?? Morning + (Now - TimeSpan.FromSeconds(10))).ToUnixTimeMilliseconds() }, Now);

    public void LinkDown() => Safety.OnLinkDown(Now);

    public void Grant(ulong fencingNumber, params Capability[] capabilities) => Safety.OnGrant(AGrant(fencingNumber, capabilities), Now);

    /// <summary>As <see cref="GrantVerifier"/> makes one.</summary>
    public static SessionGrant AGrant(ulong fencingNumber, params Capability[] capabilities) => new(
        "lesson", fencingNumber, CapabilityBits.Of(capabilities.Length == 0 ? Enum.GetValues<Capability>() : capabilities),
        Morning.AddMinutes(-1), Morning.AddMinutes(45), IsAdHoc: false, new Uri("http://127.0.0.1:8080/whip/lesson"), "secret");

    public void PupilIs(bool present, ulong? fencingNumber = null) =>
        Safety.OnRoom(fencingNumber ?? Safety.Grant?.FencingNumber ?? 0, new RoomState { PupilPresent = present }, Now);

    public void LightsShowWhatTheyShould() => Safety.OnLightsShown(Decision.Sign, Now);

    public void Send(Command command, ulong fencingNumber = 1)
    {
        if (command.Sequence == 0) command.Sequence = ++_sequence;
        if (command.IssuedAtMs == 0) command.IssuedAtMs = RelayNowMs;
        Safety.OnCommand(fencingNumber, command, Now);
    }

    public void Wish(bool drawn, ulong fencingNumber = 1, long ageMs = 0, ulong sequence = 0) => Safety.OnCurtainWish(
        fencingNumber, new CurtainWish { Drawn = drawn, Sequence = sequence == 0 ? ++_sequence : sequence, IssuedAtMs = RelayNowMs - ageMs }, Now);

    public void HandIsSeen(ulong fencingNumber = 1) =>
        Safety.OnHandSeen(fencingNumber, new HandSeen { Sequence = ++_sequence, IssuedAtMs = RelayNowMs }, Now);

    public HeadOutput? TakeHead() => Safety.TryTakeHeadOutput(out var output) ? output : null;

    public string? TakeRefusal() => Safety.TryTakeRefusal(out var refusal) ? refusal.Reason : null;

    public static Command Look(double pan, double tilt = 0, double zoom = 0) =>
        new() { HeadTarget = new() { PanDegrees = pan, TiltDegrees = tilt, Zoom = zoom } };

    public static bool IsLive(LightSign sign) => RobotSafety.IsLiveSign(sign);
}

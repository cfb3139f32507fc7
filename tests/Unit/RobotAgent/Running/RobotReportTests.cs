using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Board;
using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Media;
using AV1Relay.RobotAgent.Running;
using AV1Relay.RobotAgent.Safety;
using AV1Relay.Tests.Unit.RobotAgent.Safety;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using HeadRange = AV1Relay.Hardware.Head.HeadRange;

namespace AV1Relay.Tests.Unit.RobotAgent.Running;

/// <summary>A robot at rest, of which only the computer has something to tell.</summary>
public sealed class RobotReportTests : IRobotActions, IMediaDevices
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 2, 10, 5, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Morning);

    [Fact]
    public async Task How_warm_and_how_busy_the_computer_is_goes_to_the_relay()
    {
        await using var body = new SimulatedBody(_time);
        ((SimulatedThermometer)body.Thermometer).Celsius = 61;
        var power = new PowerWatch(body.Battery, body.Thermometer, _time);
        var used = TimeSpan.Zero;
        var load = new ProcessLoad(_time, () => used, () => 96L << 20);
        using var stopping = new CancellationTokenSource();
        var watching = Task.WhenAll(power.RunAsync(stopping.Token), load.RunAsync(stopping.Token));
        used = TimeSpan.FromSeconds(2.5);
        _time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => load.CpuPercent > 0);
        var sound = new ClassroomSound(this, canceller: null, SpeakerVolume.Normal, _time);
        await using var media = new MediaEngine(new(VideoFormat.Small, null) { Findings = [] }, this, static () => new HttpClient(), _time, NullLoggerFactory.Instance);
        using var control = new RobotControl(
            new RobotSafety(HeadRange.Reference, allowAdHoc: true, new(Morning.AddYears(-1), Morning.AddYears(1), FencingMark.None, CurtainMark.Open)),
            () => _time.GetElapsedTime(0), _time, this, new PlayedDomain().Verifier(), new(static _ => null, static _ => null));
        var report = new RobotReport(
            "robot", Options, body, control, new HeadMotion(body.Head, _time, NullLogger<HeadMotion>.Instance), media, sound, power, load, "640×360", static () => []);

        var telemetry = report.Telemetry();

        Assert.Equal((61, 50, 96), (telemetry.TemperatureCelsius, Math.Round(telemetry.CpuPercent), telemetry.ResidentMib));
        await stopping.CancelAsync();
        await watching;
    }

    private static RobotOptions Options => new(new("https://relay.example"), "", Simulate: true, AllowAdHoc: true, InputName.Test, InputName.Test, RobotDevices.Meter, Page: null, VideoFormat.Small, Codec: null);

    void IRobotActions.Move(HeadOutput output)
    {
    }

    void IRobotActions.Refuse(Refusal refusal)
    {
    }

    void IRobotActions.Act(in SafetyDecision decision, SessionGrant? grant, bool pupilTakesH264)
    {
    }

    void IRobotActions.Changed()
    {
    }

    void IRobotActions.LinkIsBack(bool isSameRelay)
    {
    }

    ValueTask<IVideoSource> IMediaDevices.OpenCameraAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<IMicrophone> IMediaDevices.OpenMicrophoneAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<ISpeaker> IMediaDevices.OpenSpeakerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

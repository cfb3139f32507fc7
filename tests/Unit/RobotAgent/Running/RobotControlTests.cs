using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Media;
using AV1Relay.RobotAgent.Running;
using AV1Relay.RobotAgent.Safety;
using AV1Relay.Tests.Unit.RobotAgent.Safety;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using HeadRange = AV1Relay.Hardware.Head.HeadRange;

namespace AV1Relay.Tests.Unit.RobotAgent.Running;

/// <summary>The shell and the guard together: what really opens and closes, and in which order.</summary>
public sealed class RobotControlTests : IRobotActions, IMediaDevices, IDisposable
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 2, 10, 5, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Morning);
    private readonly long _startedAt;
    private readonly PlayedDomain _domain = new();
    private readonly GrantVerifier _verifier;
    private readonly RobotControl _control;
    private readonly GuardedDevices _devices;
    private readonly List<string> _events = [];
    private SafetyDecision _acted;
    private string? _cameraProblem;
    private string? _diskProblem;
    private CurtainMark _keptCurtain = CurtainMark.Open;
    private Action? _whileKeeping;
    private Action? _whileReading;

    public RobotControlTests()
    {
        _startedAt = _time.GetTimestamp();
        _verifier = _domain.Verifier();
        _control = new RobotControl(
            new RobotSafety(HeadRange.Reference, allowAdHoc: true, new(Morning.AddYears(-1), Morning.AddYears(1), FencingMark.None, CurtainMark.Open)),
            () => _time.GetElapsedTime(_startedAt), _time, this, _verifier, new(Keep, KeepCurtain));
        _devices = new GuardedDevices(this, _control);
    }

    [Fact]
    public async Task A_camera_that_may_not_be_open_is_not_even_tried()
    {
        GrantWithPupil();

        await Assert.ThrowsAsync<HardwareException>(async () => await _devices.OpenCameraAsync(CancellationToken.None));

        Assert.DoesNotContain("camera opens", _events);
    }

    [Fact]
    public async Task A_camera_gives_nothing_from_the_instant_it_may_not_and_the_live_sign_waits_for_its_closing()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        var camera = await _devices.OpenCameraAsync(CancellationToken.None);
        using var picture = new VideoFrame(VideoFormat.Small);
        Assert.True(await camera.ReadAsync(picture, CancellationToken.None));

        _control.OnCurtainPressed();

        Assert.False(_acted.Camera);
        Assert.False(await camera.ReadAsync(picture, CancellationToken.None));
        Assert.Equal(LightSign.Live, _acted.Sign);
        await camera.DisposeAsync();
        Assert.Equal(LightSign.Privacy, _acted.Sign);
    }

    [Fact]
    public async Task A_picture_that_was_being_taken_when_the_curtain_fell_is_thrown_away()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        await using var camera = await _devices.OpenCameraAsync(CancellationToken.None);
        using var picture = new VideoFrame(VideoFormat.Small);
        _whileReading = _control.OnCurtainPressed;

        Assert.False(await camera.ReadAsync(picture, CancellationToken.None));
    }

    [Fact]
    public async Task A_sound_that_was_being_heard_when_the_curtain_fell_is_thrown_away()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        await using var microphone = await _devices.OpenMicrophoneAsync(CancellationToken.None);
        _whileReading = _control.OnCurtainPressed;

        Assert.False(await microphone.ReadAsync(new short[PcmFormat.FrameSamples], CancellationToken.None));
    }

    [Fact]
    public async Task A_microphone_falls_silent_when_nobody_confirms_the_lights()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        await using var microphone = await _devices.OpenMicrophoneAsync(CancellationToken.None);
        var frame = new short[PcmFormat.FrameSamples];
        Assert.True(await microphone.ReadAsync(frame, CancellationToken.None));

        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.False(_acted.Microphone); // by the timer, not by the reader
        Assert.False(await microphone.ReadAsync(frame, CancellationToken.None));
    }

    [Fact]
    public async Task How_late_the_sound_is_passes_through_for_the_time_stamps()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        await using var microphone = await _devices.OpenMicrophoneAsync(CancellationToken.None);
        Assert.Equal(TimeSpan.FromMilliseconds(7), microphone.Delay);
    }

    [Fact]
    public async Task A_camera_that_fails_to_open_is_told_in_words_and_tried_again_later()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        _cameraProblem = "The camera is not there: plug it in.";

        await Assert.ThrowsAsync<HardwareException>(async () => await _devices.OpenCameraAsync(CancellationToken.None));

        Assert.False(_acted.Camera);
        Assert.True(_acted.Microphone);
        Assert.Equal(_cameraProblem, _control.Read((safety, _, _) => safety.Camera.Fault));
        _time.Advance(TimeSpan.FromSeconds(0.6));
        _control.OnLightsShown(LightSign.Live);
        Assert.True(_acted.Camera);
    }

    [Fact]
    public async Task A_whisper_is_softer_than_speech_and_an_unasked_voice_is_silence()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        await using var speaker = await _devices.OpenSpeakerAsync(CancellationToken.None);
        Assert.Equal([0, 0], await SayAsync(speaker));

        Choose(MicrophoneMode.Whisper, 1);
        Assert.Equal([2000, -2000], await SayAsync(speaker));
        Choose(MicrophoneMode.Speak, 2);
        Assert.Equal([8000, -8000], await SayAsync(speaker));
    }

    [Fact]
    public void A_forged_grant_opens_nothing_is_not_kept_and_says_so_on_the_lights()
    {
        using var other = new PlayedDomain();
        _control.OnLinkUp(new() { RelayNowMs = 1000, RelayUnixMs = Morning.ToUnixTimeMilliseconds() });

        _control.OnMessage(new() { Grant = other.Sign(PlayedDomain.AStatement()) });
        _control.OnMessage(new() { Room = new() { PupilPresent = true }, FencingNumber = 3 });

        Assert.True(_acted is { Publish: false, Camera: false, Microphone: false, Sign: LightSign.SessionRefused });
        Assert.Contains("not signed by the domain", Assert.Single(_events), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grant_is_on_disk_before_anything_is_done_under_it()
    {
        GrantWithPupil();

        Assert.Equal(["keeps 3", "publishes"], _events.Take(2));
    }

    [Fact]
    public void A_grant_that_can_not_be_kept_is_refused_in_words()
    {
        _diskProblem = "The disk is full.";

        GrantWithPupil();

        Assert.Equal(["The disk is full.", "The disk is full."], _events); // tried, and told
        Assert.True(_acted is { Publish: false, Sign: LightSign.SessionRefused });
    }

    [Fact]
    public void A_curtain_is_kept_when_it_is_drawn_and_when_it_is_lifted()
    {
        _control.OnCurtainPressed();
        Assert.Equal(CurtainMark.DrawnAtRobot, _keptCurtain);

        _control.OnCurtainPressed();
        Assert.Equal(CurtainMark.Open, _keptCurtain);
    }

    [Fact]
    public void A_curtain_that_could_not_be_kept_is_drawn_all_the_same_and_kept_when_the_disk_takes_it()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        _diskProblem = "The disk is full.";

        _control.OnCurtainPressed();
        Assert.False(_acted.Camera);
        _diskProblem = null;
        _control.OnMessage(new() { Room = new() { PupilPresent = true }, FencingNumber = 3 });

        Assert.Equal(CurtainMark.DrawnAtRobot, _keptCurtain);
    }

    [Fact]
    public void The_same_grant_given_again_is_not_written_again()
    {
        GrantWithPupil();

        _control.OnMessage(new() { Grant = _domain.Sign(PlayedDomain.AStatement()) });

        Assert.Single(_events, told => told.StartsWith("keeps", StringComparison.Ordinal));
    }

    [Fact]
    public void A_grant_that_ended_while_it_was_being_kept_is_not_taken_and_the_disk_does_not_go_back()
    {
        _whileKeeping = () => _time.Advance(TimeSpan.FromHours(1));

        GrantWithPupil();

        Assert.False(_acted.Publish);
        Assert.Equal(["keeps 3"], _events.Where(told => told.StartsWith("keeps", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_withdrawn_grant_is_kept_as_such_and_tried_until_it_is()
    {
        GrantWithPupil();
        _diskProblem = "The disk is full.";
        _control.OnMessage(new() { GrantWithdrawn = new() { Session = "lesson" } });
        Assert.False(_acted.Publish);

        _diskProblem = null;
        _control.OnMessage(new() { Pong = new() });

        Assert.Equal("keeps 3 closed", _events[^1]);
    }

    [Fact]
    public void After_the_end_nothing_may_be_on_and_the_sign_stays_until_all_is_closed()
    {
        GrantWithPupil();
        _control.OnLightsShown(LightSign.Live);
        Assert.True(_acted.Camera);

        _control.Stop();

        Assert.True(_acted is { Camera: false, Microphone: false, Publish: false, Sign: LightSign.Live });
        Assert.False(_control.MayCapture(Device.Camera));
        _control.OnLightsShown(LightSign.Live);
        Assert.False(_acted.Camera);
    }

    public void Dispose()
    {
        _control.Dispose();
        _verifier.Dispose();
        _domain.Dispose();
    }

    void IRobotActions.Move(HeadOutput output) => _events.Add(output.GetType().Name);

    void IRobotActions.Refuse(Refusal refusal) => _events.Add(refusal.Reason);

    void IRobotActions.Act(in SafetyDecision decision, SessionGrant? grant, bool pupilTakesH264)
    {
        if (decision.Publish && !_acted.Publish) _events.Add("publishes");
        _acted = decision;
    }

    void IRobotActions.Changed()
    {
    }

    void IRobotActions.LinkIsBack(bool isSameRelay)
    {
    }

    ValueTask<IVideoSource> IMediaDevices.OpenCameraAsync(CancellationToken cancellationToken)
    {
        _events.Add("camera opens");
        return _cameraProblem is null ? ValueTask.FromResult<IVideoSource>(new Source(this)) : throw new HardwareException(_cameraProblem);
    }

    ValueTask<IMicrophone> IMediaDevices.OpenMicrophoneAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IMicrophone>(new Source(this));

    ValueTask<ISpeaker> IMediaDevices.OpenSpeakerAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ISpeaker>(new Echo());

    [Fact]
    public void A_session_that_ends_later_than_a_timer_can_wait_is_taken()
    {
        var statement = PlayedDomain.AStatement();
        statement.NotAfterUnixMs = Morning.AddDays(90).ToUnixTimeMilliseconds();
        using var control = new RobotControl(
            new RobotSafety(HeadRange.Reference, allowAdHoc: true, new(Morning.AddYears(-1), Morning.AddYears(1), FencingMark.None, CurtainMark.Open)),
            () => _time.GetElapsedTime(_startedAt), TimeProvider.System, this, _verifier, new(Keep, KeepCurtain)); // a real timer: a fake one waits for ever

        control.OnLinkUp(new() { RelayNowMs = 1000, RelayUnixMs = Morning.ToUnixTimeMilliseconds() });
        control.OnMessage(new() { Grant = _domain.Sign(statement) });

        Assert.True(control.Decision.Publish);
    }

    private static async Task<IReadOnlyList<int>> SayAsync(ISpeaker speaker)
    {
        await speaker.WriteAsync(new short[] { 8000, -8000 }, CancellationToken.None);
        return Echo.Heard;
    }

    private string? KeepCurtain(CurtainMark curtain)
    {
        if (_diskProblem is null) _keptCurtain = curtain;
        return _diskProblem;
    }

    private string? Keep(FencingMark mark)
    {
        _events.Add(_diskProblem ?? (mark.Open is null ? $"keeps {mark.Number} closed" : $"keeps {mark.Number}"));
        _whileKeeping?.Invoke();
        return _diskProblem;
    }

    private void GrantWithPupil()
    {
        _control.OnLinkUp(new() { RelayNowMs = 1000, RelayUnixMs = Morning.ToUnixTimeMilliseconds() });
        _control.OnMessage(new() { Grant = _domain.Sign(PlayedDomain.AStatement()) });
        _control.OnMessage(new() { Room = new() { PupilPresent = true }, FencingNumber = 3 });
    }

    private void Choose(MicrophoneMode mode, ulong sequence) =>
        _control.OnMessage(new() { Command = new() { Sequence = sequence, IssuedAtMs = 1000, Microphone = mode }, FencingNumber = 3 });

    private sealed class Source(RobotControlTests test) : IVideoSource, IMicrophone
    {
        public VideoFormat Format => VideoFormat.Small;

        public TimeSpan Delay => TimeSpan.FromMilliseconds(7);

        public ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken) => Read();

        public ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken) => Read();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private ValueTask<bool> Read()
        {
            test._whileReading?.Invoke();
            return ValueTask.FromResult(true);
        }
    }

    private sealed class Echo : ISpeaker
    {
        public static IReadOnlyList<int> Heard { get; private set; } = [];

        public string Kind => "echo";

        public double BufferedMs => 0;

        public ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
        {
            Heard = [.. samples.Span.ToArray().Select(sample => (int)sample)];
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

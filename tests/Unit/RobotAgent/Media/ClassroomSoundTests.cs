using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;
using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Media;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using VoiceReach = AV1Relay.Hardware.Audio.VoiceReach;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

/// <summary>A robot's microphone and speaker in one simulated room.</summary>
public sealed class ClassroomSoundTests : IMediaDevices, IMicrophone, ISpeaker
{
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedRoom _room = new(RoomAcoustics.Furnished, seed: 1);
    private readonly SpeechLikeSound _pupil = SpeechLikeSound.Bursts();
    private readonly short[] _frame = new short[PcmFormat.FrameSamples];
    private readonly short[] _voice = new short[PcmFormat.FrameSamples];
    private readonly List<double> _played = [];
    private ISpeaker? _speaker; // another than the room's
    private bool _isMuted;
    private bool _isClosed;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    string ISpeaker.Kind => "room";

    TimeSpan IMicrophone.Delay => TimeSpan.FromMilliseconds(3);

    double ISpeaker.BufferedMs => _room.BufferedMs;

    [Fact]
    public async Task The_pupil_does_not_hear_themself()
    {
        var sound = Create();
        await using var microphone = await sound.OpenMicrophoneAsync(Cancelled);
        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);
        var before = await CallAsync(microphone, speaker, seconds: 0.3);
        await CallAsync(microphone, speaker, seconds: 2);

        var after = await CallAsync(microphone, speaker, seconds: 1);

        Assert.InRange(before - after, 20, 100);
        Assert.InRange(after, -100, -58);
    }

    /// <summary>Another speaker may count by another clock.</summary>
    [Fact]
    public async Task A_speaker_that_is_opened_while_the_microphone_is_has_a_canceller_of_its_own()
    {
        var made = 0;
        var sound = new ClassroomSound(
            this,
            () =>
            {
                made++;
                return new KalmanEchoCanceller();
            },
            SpeakerVolume.Normal, _time);
        await using var microphone = await sound.OpenMicrophoneAsync(Cancelled);
        await HearAsync(microphone);
        await HearAsync(microphone);
        Assert.Equal(1, made);

        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);
        await HearAsync(microphone);
        await HearAsync(microphone);

        Assert.Equal(2, made);
    }

    [Fact]
    public async Task Without_a_canceller_the_microphone_is_left_as_it_is()
    {
        var sound = new ClassroomSound(this, canceller: null, SpeakerVolume.Normal, _time);

        Assert.Same(this, await sound.OpenMicrophoneAsync(Cancelled));
    }

    [Fact]
    public async Task The_volume_is_heard_from_the_next_frame_on_and_others_are_told()
    {
        var told = 0;
        var sound = Create();
        sound.Changed += () => told++;
        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);
        Array.Fill(_voice, (short)1000);

        await speaker.WriteAsync(_voice, Cancelled);
        sound.Volume = sound.Volume.Step(-1);
        await speaker.WriteAsync(_voice, Cancelled);

        Assert.Equal(1, told);
        Assert.Equal(-3, _played[1] - _played[0], 0.1);
    }

    [Fact]
    public async Task Whether_the_class_hears_is_measured_in_the_room()
    {
        var sound = Create();
        await using var microphone = await sound.OpenMicrophoneAsync(Cancelled);
        for (var n = 0; n < 50; n++) await HearAsync(microphone); // a second of the room alone
        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);
        sound.OnVoice(MicrophoneMode.Speak);

        await CallAsync(microphone, speaker, seconds: 4);

        Assert.Equal(VoiceReach.Clear, sound.Reach);
    }

    [Fact]
    public async Task A_speaker_that_does_not_sound_any_more_is_found_out()
    {
        var sound = Create();
        await using var microphone = await sound.OpenMicrophoneAsync(Cancelled);
        for (var n = 0; n < 50; n++) await HearAsync(microphone);
        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);

        await CallAsync(microphone, speaker, seconds: 4);
        _isMuted = true;
        await CallAsync(microphone, speaker, seconds: 15);

        Assert.Equal(VoiceReach.Lost, sound.Reach);
    }

    [Fact]
    public async Task A_speaker_that_was_unplugged_is_not_said_to_be_heard()
    {
        var sound = Create();
        await using var microphone = await sound.OpenMicrophoneAsync(Cancelled);
        for (var n = 0; n < 50; n++) await HearAsync(microphone);
        var speaker = await sound.OpenSpeakerAsync(Cancelled);
        await CallAsync(microphone, speaker, seconds: 4);
        Assert.Equal(VoiceReach.Clear, sound.Reach);
        var told = new List<VoiceReach>();
        sound.Changed += () => told.Add(sound.Reach);

        await speaker.DisposeAsync();
        for (var n = 0; n < 50; n++) await HearAsync(microphone);

        Assert.Equal([VoiceReach.Unknown], told);
        Assert.Equal(VoiceReach.Unknown, sound.Reach);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_speaker_the_class_hears_nothing_however_loud_the_pupil_is(bool hasMicrophone)
    {
        _speaker = new NoSpeaker();
        var sound = Create();
        var told = new List<VoiceReach>();
        sound.Changed += () => told.Add(sound.Reach);
        await using var microphone = hasMicrophone ? await sound.OpenMicrophoneAsync(Cancelled) : null;
        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);

        for (var n = 0; n < 200; n++)
        {
            _pupil.Next(_voice);
            await speaker.WriteAsync(_voice, Cancelled);
            if (microphone is not null) await HearAsync(microphone);
        }

        Assert.Equal([VoiceReach.Lost], told);
        Assert.Equal(VoiceReach.Lost, sound.Reach);
    }

    [Fact]
    public async Task A_whisper_is_judged_anew()
    {
        var sound = Create();
        await using var microphone = await sound.OpenMicrophoneAsync(Cancelled);
        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);
        sound.OnVoice(MicrophoneMode.Speak);
        for (var n = 0; n < 50; n++) await HearAsync(microphone);
        await CallAsync(microphone, speaker, seconds: 4);

        sound.OnVoice(MicrophoneMode.Whisper);

        Assert.Equal(VoiceReach.Unknown, sound.Reach);
    }

    [Fact]
    public async Task Behind_a_curtain_that_was_drawn_for_a_while_the_pupil_does_not_hear_themself_either()
    {
        var sound = Create();
        await using var speaker = await sound.OpenSpeakerAsync(Cancelled);
        var microphone = await sound.OpenMicrophoneAsync(Cancelled);
        await CallAsync(microphone, speaker, seconds: 3);
        await microphone.DisposeAsync();
        for (var n = 0; n < 500; n++) // the pupil speaks on for ten seconds
        {
            await SpeakAsync(speaker);
            _room.Hear([], _frame);
            _time.Advance(TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds));
        }

        microphone = await sound.OpenMicrophoneAsync(Cancelled);
        await CallAsync(microphone, speaker, seconds: 1);

        Assert.InRange(await CallAsync(microphone, speaker, seconds: 0.8), -100, -58);
        await microphone.DisposeAsync();
    }

    [Fact]
    public async Task It_is_told_how_late_the_sound_is_by_device_and_cleaning_together()
    {
        await using var microphone = await Create().OpenMicrophoneAsync(Cancelled);
        Assert.Equal(TimeSpan.FromMilliseconds(3 + 10), microphone.Delay);
    }

    [Fact]
    public async Task Closing_the_microphone_closes_the_device()
    {
        var microphone = await Create().OpenMicrophoneAsync(Cancelled);
        await microphone.DisposeAsync();
        Assert.True(_isClosed);
    }

    ValueTask<IVideoSource> IMediaDevices.OpenCameraAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<IMicrophone> IMediaDevices.OpenMicrophoneAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IMicrophone>(this);

    ValueTask<ISpeaker> IMediaDevices.OpenSpeakerAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_speaker ?? this);

    ValueTask<bool> IMicrophone.ReadAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        _room.Hear([], frame.Span);
        return ValueTask.FromResult(true);
    }

    ValueTask ISpeaker.WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        _played.Add(PcmLevel.Of(samples.Span));
        _room.Play(_isMuted ? new short[samples.Length] : samples.Span);
        return ValueTask.CompletedTask;
    }

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        _isClosed = true;
        return ValueTask.CompletedTask;
    }

    private ClassroomSound Create() => new(this, () => new KalmanEchoCanceller(), SpeakerVolume.Normal, _time);

    private async Task<double> HearAsync(IMicrophone microphone)
    {
        _time.Advance(TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds));
        await microphone.ReadAsync(_frame, Cancelled);
        return PcmLevel.Of(_frame);
    }

    private async Task SpeakAsync(ISpeaker speaker)
    {
        while (_room.BufferedMs < 40)
        {
            _pupil.Next(_voice);
            await speaker.WriteAsync(_voice, Cancelled);
        }
    }

    /// <returns>The loudest frame that the pupil heard, dBFS.</returns>
    private async Task<double> CallAsync(IMicrophone microphone, ISpeaker speaker, double seconds)
    {
        var loudest = PcmLevel.SilenceDbfs;
        for (var n = 0; n < seconds * 50; n++)
        {
            await SpeakAsync(speaker);
            loudest = Math.Max(loudest, await HearAsync(microphone));
        }

        return loudest;
    }
}

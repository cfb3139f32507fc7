using System.Runtime.InteropServices;
using AV1Relay.Protos.V1;
using Xunit;

namespace AV1Relay.Tests.Integration.Robot;

/// <summary>The main job without a browser: agent, relay and a pupil, over real sockets.</summary>
public sealed partial class CallTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pupil_sees_hears_turns_the_head_raises_a_hand_and_is_heard()
    {
        await using var classroom = await TestClassroom.StartAsync();
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);

        await TestClassroom.UntilAsync(() => pupil.Pictures > 10 && pupil.SoundPackets > 10, "picture and sound");
        Assert.True(pupil.EveryPacketAsksForNoDelay);
        Assert.True(classroom.Robot.Picture() is { Live: true, Lights: "live", CameraLive: true, MicrophoneLive: true, VideoCodec: "H264" });

        Assert.True((await pupil.SendAsync(new() { HeadTarget = new() { PanDegrees = 20, TiltDegrees = 4 } }, Cancelled)).Accepted);
        await TestClassroom.UntilAsync(() => pupil.Newest is { Pose: { Pan: > 19.5, Tilt: > 3.5 } }, "the picture to turn");

        Assert.True((await pupil.SendAsync(new() { HandRaised = true }, Cancelled)).Accepted);
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { HandRaised: true, Lights: "handRaised" }, "the hand");

        pupil.Speak(550);
        Assert.True((await pupil.SendAsync(new() { Microphone = MicrophoneMode.Speak }, Cancelled)).Accepted);
        await TestClassroom.UntilAsync(() => Math.Abs(classroom.Robot.Picture().Speaker.ToneHz - 550) < 10, () => $"the pupil's voice at the robot ({classroom.Robot.Picture().Speaker}, {classroom.Robot.Picture().Microphone}, {classroom.Robot.Picture().JitterBufferMs} ms)");
        Assert.Empty(classroom.Robot.Picture().Faults);
    }

    [Fact]
    public async Task Nobody_is_filmed_before_the_pupil_comes_or_after_the_pupil_leaves()
    {
        await using var classroom = await TestClassroom.StartAsync();
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { MediaConnected: true, Lights: "connecting" }, "the robot to be ready");
        Assert.True(classroom.Robot.Picture() is { Live: false, CameraLive: false, MicrophoneLive: false, Counters.FramesEncoded: 0 });

        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");
        await pupil.LeaveAsync(Cancelled);

        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { Live: false, CameraLive: false, MicrophoneLive: false, Lights: "dark" }, "the robot to go dark");
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture().Pose.Tilt < -24, "the head to go down");
    }

    [Fact]
    public async Task The_curtain_and_broken_lights_close_camera_and_microphone()
    {
        await using var classroom = await TestClassroom.StartAsync();
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");

        classroom.Body.Curtain.Press();
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { CameraLive: false, MicrophoneLive: false, Lights: "privacy", CurtainDrawn: true }, "the curtain");
        var (pictures, sound) = (pupil.Pictures, pupil.SoundPackets);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancelled);
        Assert.InRange(pupil.Pictures - pictures, 0, 2); // what was under way
        Assert.InRange(pupil.SoundPackets - sound, 0, 3);

        classroom.Body.Curtain.Press();
        pictures = pupil.Pictures;
        await TestClassroom.UntilAsync(() => pupil.Pictures > pictures + 3, "the picture after the curtain");

        classroom.Body.Lights.IsBroken = true;
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { CameraLive: false, MicrophoneLive: false, Lights: "unknown" }, "media to stop with the lights");
        Assert.Contains(classroom.Robot.Picture().Faults, fault => fault.Contains("light ring", StringComparison.Ordinal));
        classroom.Body.Lights.IsBroken = false;
        pictures = pupil.Pictures;
        await TestClassroom.UntilAsync(() => pupil.Pictures > pictures + 3, "the picture after the lights");
    }

    [Fact]
    public async Task A_relay_that_starts_anew_has_the_picture_back_within_three_seconds()
    {
        await using var classroom = await TestClassroom.StartAsync();
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");

        await classroom.StopRelayAsync();
        pupil.Stop();
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { Link: "down", CameraLive: false, Lights: "dark", Pose.Tilt: < -24 }, "the robot to rest");
        await classroom.StartRelayAsync();
        var pictures = pupil.Pictures;
        await pupil.JoinAsync(Cancelled);

        await TestClassroom.UntilAsync(() => pupil.Pictures > pictures, "the picture after the restart", TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_robot_that_is_switched_off_and_on_goes_on_with_the_session()
    {
        await using var classroom = await TestClassroom.StartAsync();
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");

        await classroom.RestartRobotAsync();
        var pictures = pupil.Pictures;

        await TestClassroom.UntilAsync(() => pupil.Pictures > pictures + 3, "the picture after the restart");
    }

    [Fact]
    public async Task A_relay_with_the_right_certificate_and_another_domain_key_gets_nothing_to_see()
    {
        await using var classroom = await TestClassroom.StartAsync(beforeTheRobotStarts: relay => relay.ChangeDomainKeyAsync());
        using var pupil = await classroom.PupilAsync();

        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { Link: "connected", Lights: "sessionRefused" }, "the refusal");
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => classroom.Log.Any(line => line.Contains("refused (session lesson", StringComparison.Ordinal)), "the relay to know");
        // What the relay has to say of a pupil in the room went to the robot before this command, on the same ordered link.
        await pupil.UntilPresentAsync(Cancelled);
        Assert.True((await pupil.SendAsync(new() { HandRaised = true }, Cancelled)).Accepted);
        await TestClassroom.UntilAsync(() => classroom.Log.Any(line => line.Contains("belongs to no session that is on", StringComparison.Ordinal)), "the command to be refused");

        var robot = classroom.Robot.Picture();
        Assert.True(robot is { Session: null, Live: false, CameraLive: false, MicrophoneLive: false, MediaConnected: false, Lights: "sessionRefused", Counters.FramesEncoded: 0 });
        Assert.Contains(robot.Faults, fault => fault.Contains("not signed by the domain", StringComparison.Ordinal));
        Assert.Equal(0, pupil.Pictures);
    }

    [Fact]
    public async Task A_robot_whose_pinned_key_is_lost_says_so_and_takes_no_session()
    {
        await using var classroom = await TestClassroom.StartAsync(beforeTheRobotStarts: relay =>
        {
            File.Delete(Path.Combine(relay.StateFolderPath, "domain.pem"));
            return Task.CompletedTask;
        });

        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { Link: "connected", Lights: "sessionRefused" }, "the refusal");

        Assert.Contains(classroom.Robot.Picture().Faults, fault => fault.Contains("robot-agent enroll --again", StringComparison.Ordinal));
    }

    /// <summary>The whole way: the pupil's reports, the relay's estimate, what it tells the robot, and the robot's encoder.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pupil_whose_way_narrows_gets_less_picture_and_more_again_when_it_widens(bool withVp8)
    {
        await using var classroom = await TestClassroom.StartAsync();
        using var pupil = await classroom.PupilAsync(withVp8);
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => pupil.Pictures > 30, "the picture");

        var wide = await BytesAPictureAsync(pupil);

        pupil.SetNarrow(true);
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture().BitrateBps < 80_000, () => $"the encoder to follow ({classroom.Robot.Picture().BitrateBps} bit/s)");
        var narrow = await BytesAPictureAsync(pupil);
        pupil.SetNarrow(false);
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture().BitrateBps > 120_000, () => $"the encoder to follow ({classroom.Robot.Picture().BitrateBps} bit/s)");

        Assert.InRange(narrow, 1, wide / 2);
    }

    /// <summary>Of the next thirty.</summary>
    private static async Task<double> BytesAPictureAsync(TestPupil pupil)
    {
        var (bytes, pictures) = (pupil.PictureBytes, pupil.Pictures);
        await TestClassroom.UntilAsync(() => pupil.Pictures >= pictures + 30, "thirty pictures");
        return (double)(pupil.PictureBytes - bytes) / (pupil.Pictures - pictures);
    }

    [Fact]
    public async Task A_pupil_who_takes_only_VP8_gets_VP8()
    {
        await using var classroom = await TestClassroom.StartAsync();
        using var pupil = await classroom.PupilAsync(withVp8: true);
        await pupil.JoinAsync(Cancelled);

        await TestClassroom.UntilAsync(() => pupil.Pictures > 5, "a VP8 picture");

        Assert.Equal("VP8", classroom.Robot.Picture().VideoCodec);
    }

    [Fact]
    public async Task Pages_under_the_relays_own_authority_are_enough_to_publish()
    {
        await using var classroom = await TestClassroom.StartAsync(secure: true);
        Assert.Equal("https", classroom.Relay.Scheme);
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);

        await TestClassroom.UntilAsync(() => pupil.Pictures > 5, "the picture");
    }

    [Fact]
    public async Task A_camera_that_does_not_open_leaves_the_sound_and_says_so()
    {
        await using var classroom = await TestClassroom.StartAsync(camera: "/dev/no-such-camera");
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);

        await TestClassroom.UntilAsync(() => pupil.SoundPackets > 10, "the sound");

        Assert.True(classroom.Robot.Picture() is { CameraLive: false, MicrophoneLive: true, Lights: "live" });
        Assert.Contains(classroom.Robot.Picture().Faults, fault => fault.Contains("/dev/no-such-camera", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_leaves_the_relay_lowers_the_head_and_goes_dark_within_two_seconds()
    {
        await using var classroom = await TestClassroom.StartAsync();
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");

        var startedAt = TimeProvider.System.GetTimestamp();
        await classroom.Robot.StopAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds, 0, 2);
        Assert.True(classroom.Body.Lights.Shown is { IsDark: true });
        Assert.Equal(classroom.Body.Head.Range.MinTilt, classroom.Body.Head.Target.Tilt);
        Assert.False(classroom.Robot.Picture().CameraLive);
    }

    [Fact]
    public async Task The_lights_of_a_robot_that_stops_stay_on_for_as_long_as_a_device_does_not_close()
    {
        var hangs = Path.Combine(Directory.CreateTempSubdirectory("av1relay-fifo").FullName, "microphone.wav");
        Assert.Equal(0, MakeFifo(hangs, 0x180)); // rw-------: whoever opens it to read waits for somebody who writes
        await using var classroom = await TestClassroom.StartAsync(microphone: hangs);
        using var pupil = await classroom.PupilAsync();
        await pupil.JoinAsync(Cancelled);
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");

        await classroom.Robot.StopAsync();
        var stopped = classroom.Body.Lights.Shown;
        await File.OpenWrite(hangs).DisposeAsync(); // the device answers at last, and there is nothing in it
        await TestClassroom.UntilAsync(() => !classroom.Robot.Picture().MicrophoneLive, "the microphone to close");
        await classroom.Robot.StopAsync();

        Assert.True(stopped is { IsDark: false });
        Assert.True(classroom.Body.Lights.Shown is { IsDark: true });
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}

using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class LightsBeforeMediaTests
{
    [Fact]
    public void The_camera_waits_for_the_ring_to_confirm_the_live_sign()
    {
        var robot = SafetyFixture.WithPupil();
        Assert.True(robot.Decision is { Sign: LightSign.Live, Camera: false, Microphone: false });

        robot.Safety.OnLightsShown(LightSign.Live, robot.Now);

        Assert.True(robot.Decision is { Sign: LightSign.Live, Camera: true, Microphone: true });
    }

    [Theory]
    [InlineData(LightSign.Dark)]
    [InlineData(LightSign.Connecting)]
    [InlineData(LightSign.Privacy)]
    [InlineData(LightSign.Fault)]
    public void Another_sign_on_the_ring_does_not_do(LightSign shown)
    {
        var robot = SafetyFixture.WithPupil();

        robot.Safety.OnLightsShown(shown, robot.Now);

        Assert.True(robot.Decision is { Camera: false, Microphone: false });
    }

    [Fact]
    public void A_ring_that_fails_stops_media_and_voice_at_once()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { Microphone = MicrophoneMode.Speak });

        robot.Safety.OnLightsFailed("The ring's cable is loose.", robot.Now);

        Assert.True(robot.Decision is { Camera: false, Microphone: false, Voice: MicrophoneMode.Off });
    }

    [Fact]
    public void A_ring_that_falls_silent_stops_media_within_a_second()
    {
        var robot = SafetyFixture.Live();

        robot.Wait(0.999);
        Assert.True(robot.Decision.Camera);
        robot.Wait(0.002);

        Assert.True(robot.Decision is { Camera: false, Microphone: false });
        Assert.NotNull(robot.Safety.Lights.Problem);
    }

    [Fact]
    public void Media_comes_back_with_the_ring()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.OnLightsFailed("loose", robot.Now);

        robot.LightsShowWhatTheyShould();

        Assert.True(robot.Decision.Camera);
    }

    [Fact]
    public void The_live_sign_stays_until_the_camera_says_that_it_is_closed()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.Camera.OnOpening();

        robot.Safety.OnCurtainPressed(robot.Now);
        Assert.True(robot.Decision is { Sign: LightSign.Live, Camera: false, Microphone: false });
        robot.Safety.Camera.OnClosed();

        Assert.Equal(LightSign.Privacy, robot.Decision.Sign);
    }

    [Fact]
    public void The_curtain_closes_capture_only()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { Microphone = MicrophoneMode.Speak });
        robot.Safety.OnCurtainPressed(robot.Now);
        robot.LightsShowWhatTheyShould();

        Assert.True(robot.Decision is { Camera: false, Microphone: false, Publish: true, Voice: MicrophoneMode.Speak, Sign: LightSign.Privacy });

        robot.Safety.OnCurtainPressed(robot.Now);
        robot.LightsShowWhatTheyShould();
        Assert.True(robot.Decision is { Camera: true, Microphone: true });
    }

    [Fact]
    public void The_privacy_switch_closes_capture_and_voice()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { Microphone = MicrophoneMode.Speak });

        robot.Safety.OnPrivacySwitch(isPrivate: true, robot.Now);
        robot.LightsShowWhatTheyShould();

        Assert.True(robot.Decision is { Camera: false, Microphone: false, Voice: MicrophoneMode.Off, Sign: LightSign.Privacy });
    }

    [Fact]
    public void Nobody_there_means_dark_and_closed()
    {
        var robot = SafetyFixture.Live();

        robot.PupilIs(present: false);

        Assert.True(robot.Decision is { Camera: false, Microphone: false, Sign: LightSign.Dark, Publish: true });
    }

    [Fact]
    public void An_announced_observer_is_an_audience()
    {
        var robot = SafetyFixture.Live();

        robot.Safety.OnRoom(1, new RoomState { Observers = { "Ms Marsh" } }, robot.Now);

        Assert.True(robot.Decision.Camera);
    }

    [Theory]
    [InlineData(Capability.See, true, false)]
    [InlineData(Capability.Hear, false, true)]
    [InlineData(Capability.LookAround, false, false)]
    public void The_step_opens_only_what_it_includes(Capability granted, bool camera, bool microphone)
    {
        var robot = SafetyFixture.Live(granted);

        Assert.Equal((camera, microphone), (robot.Decision.Camera, robot.Decision.Microphone));
    }

    [Fact]
    public void A_lost_link_leaves_five_seconds_and_needs_link_and_grant_to_come_back()
    {
        var robot = SafetyFixture.Live();
        robot.LinkDown();
        robot.WaitLit(4.9);
        Assert.True(robot.Decision.Camera);

        robot.WaitLit(0.2);
        Assert.True(robot.Decision is { Camera: false, Sign: LightSign.Dark, Publish: false });

        robot.LinkUp();
        robot.WaitLit(0.1);
        Assert.False(robot.Decision.Publish);

        robot.Grant(1);
        robot.PupilIs(present: true);
        robot.WaitLit(0.1);
        Assert.True(robot.Decision is { Camera: true, Microphone: true });
    }

    [Fact]
    public void A_relay_that_comes_back_in_time_is_not_noticed_by_the_class()
    {
        var robot = SafetyFixture.Live();
        robot.LinkDown();
        robot.WaitLit(2);

        robot.LinkUp();
        robot.Grant(1);
        robot.WaitLit(1);
        robot.PupilIs(present: true);
        robot.WaitLit(10);

        Assert.True(robot.Decision.Camera);
        Assert.NotNull(robot.Safety.Grant);
    }

    [Fact]
    public void A_relay_that_comes_back_and_names_nobody_leaves_nobody_to_be_live_for()
    {
        var robot = SafetyFixture.Live();
        robot.LinkDown();
        robot.WaitLit(2);
        robot.LinkUp();
        robot.Grant(1);

        robot.WaitLit(3.1);

        Assert.True(robot.Decision is { Camera: false, Microphone: false, Publish: true, Sign: LightSign.Dark });
    }

    [Fact]
    public void The_room_of_another_session_is_nobody_here()
    {
        var robot = SafetyFixture.Live();
        robot.PupilIs(present: false);

        robot.PupilIs(present: true, fencingNumber: 9);

        Assert.False(robot.Decision.Camera);
    }

    [Fact]
    public void A_link_that_comes_and_goes_without_a_grant_does_not_prolong_the_five_seconds()
    {
        var robot = SafetyFixture.Live();
        robot.LinkDown();
        for (var i = 0; i < 10; i++)
        {
            robot.WaitLit(0.3);
            robot.LinkUp();
            robot.WaitLit(0.3);
            robot.LinkDown();
        }

        Assert.False(robot.Decision.Camera);
    }

    [Fact]
    public void A_camera_that_fails_leaves_the_sound_and_the_live_sign()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.Camera.OnOpening();

        robot.Safety.Camera.OnFailed("The camera has gone.", robot.Now);

        Assert.True(robot.Decision is { Camera: false, Microphone: true, Sign: LightSign.Live });
    }

    [Fact]
    public void The_fault_sign_means_that_nothing_works()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.Camera.OnFailed("The camera has gone.", robot.Now);
        robot.Safety.Microphone.OnFailed("The microphone has gone.", robot.Now);

        Assert.Equal(LightSign.Fault, robot.Decision.Sign);
    }

    [Fact]
    public void A_failed_camera_is_tried_again_with_growing_pauses_and_never_before_the_live_sign()
    {
        var robot = SafetyFixture.Live(Capability.See);
        var pauses = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            robot.Safety.Camera.OnFailed("The camera has gone.", robot.Now);
            var failedAt = robot.Now;
            robot.LightsShowWhatTheyShould();
            while (!robot.Decision.Camera)
            {
                Assert.False(robot.Decision.Camera && robot.Decision.Sign == LightSign.Fault);
                robot.WaitLit(0.1);
                Assert.True(robot.Now - failedAt < TimeSpan.FromSeconds(20));
            }

            pauses.Add((robot.Now - failedAt).TotalSeconds);
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 8], pauses.Select(pause => Math.Round(pause * 2) / 2));
    }

    [Theory]
    [InlineData("""{"handRaised":true}""", LightSign.HandRaised)]
    [InlineData("""{"needsAMinute":true}""", LightSign.NeedsAMinute)]
    [InlineData("""{"passive":true}""", LightSign.Passive)]
    public void The_pupils_signs_are_live_signs(string command, LightSign sign)
    {
        var robot = SafetyFixture.Live();

        robot.Send(Command.Parser.ParseJson(command));

        Assert.True(robot.Decision.Camera);
        Assert.Equal(sign, robot.Decision.Sign);
    }

    [Fact]
    public void A_raised_hand_goes_before_the_quiet_signs()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { Passive = true });
        robot.Send(new Command { NeedsAMinute = true });
        Assert.Equal(LightSign.NeedsAMinute, robot.Decision.Sign);

        robot.Send(new Command { HandRaised = true });

        Assert.Equal(LightSign.HandRaised, robot.Decision.Sign);
    }

    [Fact]
    public void Placed_and_waiting_for_the_pupil_shows_the_connecting_sign()
    {
        var robot = new SafetyFixture();
        robot.LinkUp();
        Assert.Equal(LightSign.Dark, robot.Decision.Sign);

        robot.Grant(1);

        Assert.Equal(LightSign.Connecting, robot.Decision.Sign);
    }
}

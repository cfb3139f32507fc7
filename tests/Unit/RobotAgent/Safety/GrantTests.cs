using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class GrantTests
{
    [Fact]
    public void A_grant_with_a_higher_fencing_number_is_taken()
    {
        var robot = SafetyFixture.WithPupil();

        robot.Grant(2);

        Assert.Equal(2UL, robot.Safety.Grant!.FencingNumber);
        Assert.Null(robot.TakeRefusal());
    }

    [Fact]
    public void A_grant_with_a_lower_fencing_number_is_refused_in_words()
    {
        var robot = SafetyFixture.WithPupil();
        robot.Grant(7);

        robot.Grant(6);

        Assert.Equal(7UL, robot.Safety.Grant!.FencingNumber);
        Assert.Contains("fencing number 6", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_withdrawn_grant_does_not_come_back_under_its_number()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.OnGrantWithdrawn("lesson", robot.Now);

        robot.Grant(1);

        Assert.Null(robot.Safety.Grant);
        Assert.NotNull(robot.TakeRefusal());
    }

    [Fact]
    public void The_withdrawal_of_another_session_changes_nothing()
    {
        var robot = SafetyFixture.Live();

        robot.Safety.OnGrantWithdrawn("another", robot.Now);

        Assert.True(robot.Decision.Camera);
    }

    [Fact]
    public void The_same_number_never_allows_more_than_before()
    {
        var robot = SafetyFixture.WithPupil(Capability.See);

        robot.Grant(1, Capability.See, Capability.Hear);

        Assert.False(robot.Safety.Grant!.Capabilities.Has(Capability.Hear));
        Assert.Contains("more than before", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_ad_hoc_session_is_refused_unless_the_robot_was_started_for_it()
    {
        var robot = new SafetyFixture(allowAdHoc: false);
        robot.LinkUp();

        robot.Safety.OnGrant(SafetyFixture.AGrant(1) with { IsAdHoc = true }, robot.Now);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("--allow-adhoc", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_booked_session_needs_no_flag()
    {
        var robot = new SafetyFixture(allowAdHoc: false);
        robot.LinkUp();

        robot.Grant(1);

        Assert.True(robot.Decision.Publish);
    }

    [Fact]
    public void Nothing_is_on_before_the_window_and_all_of_it_from_its_first_instant()
    {
        var robot = new SafetyFixture();
        robot.LinkUp(SafetyFixture.Morning.AddMinutes(-1).AddSeconds(-3));
        robot.Grant(1);
        robot.PupilIs(present: true);
        robot.WaitLit(2.9);
        Assert.False(robot.Decision.Publish);

        robot.WaitLit(0.2);

        Assert.True(robot.Decision is { Publish: true, Camera: true, Microphone: true });
    }

    [Fact]
    public void The_end_of_the_window_ends_everything_and_forgets_the_pupil()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { HandRaised = true });
        robot.WaitLit(44 * 60 + 59);
        Assert.True(robot.Decision.Camera);

        robot.WaitLit(2);

        Assert.True(robot.Decision is { Publish: false, Camera: false, Microphone: false, Voice: MicrophoneMode.Off });
        Assert.Equal(PupilWishes.None, robot.Safety.Wishes);
        Assert.Null(robot.Safety.Grant);
    }

    [Fact]
    public void A_window_that_is_over_is_refused()
    {
        var robot = new SafetyFixture();
        robot.LinkUp(SafetyFixture.Morning.AddHours(1));

        robot.Grant(1);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("over", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_is_far_from_beginning_is_refused()
    {
        var robot = new SafetyFixture();
        robot.LinkUp(SafetyFixture.Morning.AddMinutes(-5));

        robot.Grant(1);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("not begun", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relay_whose_clock_is_behind_the_last_known_time_gives_no_trusted_time()
    {
        var robot = new SafetyFixture();
        robot.LinkUp(SafetyFixture.Built.AddDays(-1));

        robot.Grant(1);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("clock is behind", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_pupil_finds_nothing_of_the_first()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { HandRaised = true });
        robot.Send(new Command { Microphone = MicrophoneMode.Speak });

        robot.Safety.OnGrant(SafetyFixture.AGrant(2) with { Session = "next-lesson" }, robot.Now);

        Assert.Equal(PupilWishes.None, robot.Safety.Wishes);
        Assert.False(robot.Decision.Camera);
        Assert.False(robot.Safety.HasAudience);
    }

    [Fact]
    public void A_new_grant_for_the_same_lesson_keeps_the_hand_up()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { HandRaised = true });

        robot.Grant(2);

        Assert.True(robot.Safety.Wishes.HandRaised);
    }

    [Fact]
    public void A_narrower_grant_for_the_same_lesson_takes_down_what_the_pupil_could_not_take_back()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new() { HandRaised = true });
        robot.Send(new() { Zoom = 2 });
        robot.Send(new() { Microphone = MicrophoneMode.Speak });

        robot.Grant(2, Capability.See, Capability.Hear);
        robot.LightsShowWhatTheyShould();

        Assert.True(robot.Safety.Wishes is { HandRaised: false, Zoom: 1, Microphone: MicrophoneMode.Off });
        Assert.True(robot.Decision is { Camera: true, Microphone: true, Sign: LightSign.Live });
    }

    [Fact]
    public void A_voice_that_was_narrowed_away_does_not_come_back_by_itself()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new() { Microphone = MicrophoneMode.Speak });

        robot.Grant(2, Capability.See, Capability.Hear);
        robot.Grant(3);
        robot.LightsShowWhatTheyShould();

        Assert.Equal(MicrophoneMode.Off, robot.Decision.Voice);
    }

    [Fact]
    public void A_grant_from_before_a_restart_is_refused_after_it()
    {
        var before = SafetyFixture.WithPupil();
        before.Grant(7);
        var robot = Restarted(before);

        robot.Grant(6);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("fencing number 6", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_session_that_was_on_goes_on_after_a_restart()
    {
        var robot = Restarted(SafetyFixture.Live());

        robot.Grant(1);

        Assert.True(robot.Decision.Publish);
    }

    [Fact]
    public void After_a_restart_too_the_same_number_never_allows_more_than_before()
    {
        var robot = Restarted(SafetyFixture.WithPupil(Capability.See));

        robot.Grant(1, Capability.See, Capability.Hear);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("more than before", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_restart_too_a_number_belongs_to_one_session()
    {
        var robot = Restarted(SafetyFixture.Live());

        robot.Safety.OnGrant(SafetyFixture.AGrant(1) with { Session = "another" }, robot.Now);

        Assert.Null(robot.Safety.Grant);
    }

    [Fact]
    public void A_withdrawn_grant_does_not_come_back_by_a_restart()
    {
        var before = SafetyFixture.Live();
        before.Safety.OnGrantWithdrawn("lesson", before.Now);
        var robot = Restarted(before);

        robot.Grant(1);

        Assert.Null(robot.Safety.Grant);
    }

    [Fact]
    public void A_grant_that_was_over_does_not_come_back_by_a_restart_and_a_clock_set_back()
    {
        var before = SafetyFixture.Live();
        before.WaitLit(46 * 60);
        var robot = Restarted(before);

        robot.Grant(1);

        Assert.Null(robot.Safety.Grant);
    }

    [Fact]
    public void A_refused_grant_shows_on_the_lights_and_says_why()
    {
        var robot = new SafetyFixture();
        robot.LinkUp();

        robot.Safety.OnGrantRefused("lesson", "forged", robot.Now);

        Assert.Equal(LightSign.SessionRefused, robot.Decision.Sign);
        Assert.Equal("forged", robot.Safety.GrantProblem);
        Assert.True(robot.Decision is { Publish: false, Camera: false, Microphone: false });
    }

    [Fact]
    public void A_forged_grant_does_not_disturb_the_session_that_is_on()
    {
        var robot = SafetyFixture.Live();

        robot.Safety.OnGrantRefused("lesson", "forged", robot.Now);

        Assert.True(robot.Decision is { Sign: LightSign.Live, Camera: true });
        Assert.Equal("forged", robot.Safety.GrantProblem);
    }

    [Fact]
    public void A_good_grant_ends_the_fault_of_a_bad_one()
    {
        var robot = new SafetyFixture();
        robot.LinkUp();
        robot.Safety.OnGrantRefused("lesson", "forged", robot.Now);

        robot.Grant(1);

        Assert.Null(robot.Safety.GrantProblem);
        Assert.Equal(LightSign.Connecting, robot.Decision.Sign);
    }

    [Fact]
    public void The_fault_of_a_refused_grant_ends_with_its_withdrawal()
    {
        var robot = new SafetyFixture();
        robot.LinkUp();
        robot.Safety.OnGrantRefused("lesson", "forged", robot.Now);

        robot.Safety.OnGrantWithdrawn("lesson", robot.Now);

        Assert.Null(robot.Safety.GrantProblem);
        Assert.Equal(LightSign.Dark, robot.Decision.Sign);
    }

    /// <summary>Switched off and on: what is on disk comes back, by way of its text.</summary>
    private static SafetyFixture Restarted(SafetyFixture before)
    {
        var robot = new SafetyFixture(seen: FencingMark.TryParse(before.Safety.FencingMark.ToString()));
        robot.LinkUp();
        return robot;
    }
}

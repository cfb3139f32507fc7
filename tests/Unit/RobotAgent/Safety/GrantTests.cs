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
        var grant = SafetyFixture.AGrant(1);
        grant.AdHoc = true;

        robot.Safety.OnGrant(grant, robot.Now);

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

    [Theory]
    [InlineData("ftp://relay/whip")]
    [InlineData("/whip/lesson")]
    [InlineData("")]
    public void A_grant_without_a_place_to_publish_is_refused(string url)
    {
        var robot = new SafetyFixture();
        robot.LinkUp();
        var grant = SafetyFixture.AGrant(1);
        grant.WhipUrl = url;

        robot.Safety.OnGrant(grant, robot.Now);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("whip_url", robot.TakeRefusal(), StringComparison.Ordinal);
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
        var next = SafetyFixture.AGrant(2);
        next.Session = "next-lesson";

        robot.Safety.OnGrant(next, robot.Now);

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
}

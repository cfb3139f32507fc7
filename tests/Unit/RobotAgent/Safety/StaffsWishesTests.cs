using AV1Relay.Hardware.Lights;
using AV1Relay.Protos.V1;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

/// <summary>What staff in the room wish from their page: the robot decides.</summary>
public sealed class StaffsWishesTests
{
    [Fact]
    public void The_curtain_is_drawn_and_lifted_from_a_page()
    {
        var robot = SafetyFixture.Live(Capability.See, Capability.Hear);
        Assert.True(robot.Decision.Camera);

        robot.Wish(drawn: true);
        Assert.Equal((true, false), (robot.Safety.IsCurtainDrawn, robot.Safety.IsCurtainAtRobot));
        Assert.False(robot.Decision.Camera || robot.Decision.Microphone);
        Assert.Equal(LightSign.Privacy, robot.Decision.Sign);

        robot.Wish(drawn: false);
        robot.LightsShowWhatTheyShould();
        Assert.True(robot.Decision.Camera && robot.Decision.Microphone);
        Assert.Null(robot.TakeRefusal());
    }

    [Fact]
    public void A_curtain_that_was_drawn_with_the_robots_button_is_not_lifted_from_a_page()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.OnCurtainPressed(robot.Now);

        robot.Wish(drawn: false);

        Assert.True(robot.Safety.IsCurtainDrawn);
        Assert.Contains("button", robot.TakeRefusal(), StringComparison.Ordinal);
        robot.Safety.OnCurtainPressed(robot.Now);
        Assert.False(robot.Safety.IsCurtainDrawn);
    }

    [Fact]
    public void Drawing_it_from_a_page_as_well_does_not_take_the_button_from_who_pressed_it()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.OnCurtainPressed(robot.Now);
        robot.Wish(drawn: true);

        robot.Wish(drawn: false);

        Assert.True(robot.Safety.IsCurtainDrawn);
    }

    [Fact]
    public void The_robots_button_lifts_what_was_drawn_from_a_page()
    {
        var robot = SafetyFixture.Live();
        robot.Wish(drawn: true);

        robot.Safety.OnCurtainPressed(robot.Now);

        Assert.False(robot.Safety.IsCurtainDrawn);
    }

    [Fact]
    public void The_privacy_switch_outlasts_every_wish()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.OnPrivacySwitch(isPrivate: true, robot.Now);

        robot.Wish(drawn: true);
        robot.Wish(drawn: false);
        robot.LightsShowWhatTheyShould();

        Assert.False(robot.Decision.Camera || robot.Decision.Microphone);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(499, true)]
    [InlineData(501, false)]
    [InlineData(-501, false)]
    public void A_wish_is_good_for_as_long_as_a_command(long ageMs, bool isTaken)
    {
        var robot = SafetyFixture.Live();

        robot.Wish(drawn: true, ageMs: ageMs);

        Assert.Equal(isTaken, robot.Safety.IsCurtainDrawn);
        Assert.Equal(isTaken, robot.TakeRefusal() is null);
    }

    [Fact]
    public void An_older_wish_that_comes_after_a_newer_one_is_dropped()
    {
        var robot = SafetyFixture.Live();
        robot.Wish(drawn: true, sequence: 900);

        robot.Wish(drawn: false, sequence: 899);

        Assert.True(robot.Safety.IsCurtainDrawn);
    }

    [Fact]
    public void Staff_and_pupil_count_apart()
    {
        var robot = SafetyFixture.Live();
        robot.Wish(drawn: true, sequence: 9_000);

        robot.Send(new Command { HandRaised = true, Sequence = 3 });

        Assert.True(robot.Safety.Wishes.HandRaised);
    }

    [Fact]
    public void A_wish_of_another_grant_and_one_without_a_link_are_refused()
    {
        var robot = SafetyFixture.Live();

        robot.Wish(drawn: true, fencingNumber: 7);
        robot.LinkDown();
        robot.Wish(drawn: true);

        Assert.False(robot.Safety.IsCurtainDrawn);
    }

    [Fact]
    public void It_stays_drawn_while_the_session_goes_on_under_new_grants_and_links()
    {
        var robot = SafetyFixture.Live();
        robot.Wish(drawn: true);

        robot.Grant(2);
        Assert.True(robot.Safety.IsCurtainDrawn);
        robot.LinkDown();
        robot.Wait(20);
        robot.LinkUp();
        robot.Safety.OnGrantWithdrawn("lesson", robot.Now);
        Assert.False(robot.Safety.IsCurtainDrawn); // nothing is on
        robot.Grant(3);
        Assert.True(robot.Safety.IsCurtainDrawn);
    }

    [Fact]
    public void The_next_session_begins_with_an_open_curtain()
    {
        var robot = SafetyFixture.Live();
        robot.Wish(drawn: true);

        robot.Safety.OnGrant(SafetyFixture.AGrant(2) with { Session = "the next lesson" }, robot.Now);

        Assert.False(robot.Safety.IsCurtainDrawn);
    }

    [Fact]
    public void A_hand_that_was_seen_goes_down_and_the_pupil_can_tell()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { HandRaised = true });

        robot.HandIsSeen();
        Assert.Equal((false, true), (robot.Safety.Wishes.HandRaised, robot.Safety.Wishes.HandSeen));

        robot.Send(new Command { HandRaised = true });
        Assert.Equal((true, false), (robot.Safety.Wishes.HandRaised, robot.Safety.Wishes.HandSeen));
        robot.Send(new Command { HandRaised = false });
        Assert.False(robot.Safety.Wishes.HandSeen); // lowered by the pupil
    }

    [Fact]
    public void Without_a_hand_there_is_nothing_to_have_seen()
    {
        var robot = SafetyFixture.Live();

        robot.HandIsSeen();

        Assert.False(robot.Safety.Wishes.HandSeen);
    }
}

using AV1Relay.Hardware.Lights;
using AV1Relay.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class CurtainTests
{
    [Fact]
    public void A_curtain_drawn_at_the_robot_outlasts_a_restart_and_the_next_session()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.OnCurtainPressed(robot.Now);

        GoOnAfterRestart(robot);

        Assert.True(robot.Decision is { Sign: LightSign.Privacy, Camera: false, Microphone: false });
        Assert.True(robot.Safety.IsCurtainAtRobot);
    }

    [Fact]
    public void The_button_lifts_it_after_the_restart()
    {
        var robot = SafetyFixture.Live();
        robot.Safety.OnCurtainPressed(robot.Now);
        GoOnAfterRestart(robot);

        robot.Safety.OnCurtainPressed(robot.Now);
        robot.LightsShowWhatTheyShould();

        Assert.True(robot.Decision is { Camera: true, Microphone: true });
    }

    [Fact]
    public void A_curtain_drawn_from_a_page_outlasts_a_restart_in_the_same_session()
    {
        var robot = SafetyFixture.Live();
        robot.Wish(drawn: true);

        GoOnAfterRestart(robot);

        Assert.True(robot.Decision is { Sign: LightSign.Privacy, Camera: false });
        Assert.False(robot.Safety.IsCurtainAtRobot);
    }

    [Fact]
    public void Another_session_after_the_restart_does_not_find_the_curtain_of_the_one_before()
    {
        var robot = SafetyFixture.Live();
        robot.Wish(drawn: true);
        robot.Restart();
        robot.LinkUp();

        robot.Safety.OnGrant(SafetyFixture.AGrant(2) with { Session = "another" }, robot.Now);
        robot.PupilIs(present: true);
        robot.LightsShowWhatTheyShould();

        Assert.True(robot.Decision.Camera);
    }

    [Theory]
    [InlineData("open", false, null)]
    [InlineData("at-robot", true, null)]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n", false, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void The_mark_is_read_back(string line, bool atRobot, string? hash) => Assert.Equal(new CurtainMark(atRobot, hash), CurtainMark.TryParse(line));

    [Theory]
    [InlineData("")]
    [InlineData("lifted")]
    [InlineData("0123")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeX")]
    public void Anything_else_is_not_a_mark(string line) => Assert.Null(CurtainMark.TryParse(line));

    private static void GoOnAfterRestart(SafetyFixture robot)
    {
        robot.Restart();
        robot.LinkUp();
        robot.Grant(1);
        robot.PupilIs(present: true);
        robot.LightsShowWhatTheyShould();
    }
}

using AV1Relay.Hardware.Lights;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class CertificateLifeTests
{
    [Fact]
    public void A_session_ends_in_the_instant_in_which_the_robots_certificate_does()
    {
        var robot = LiveUntil(SafetyFixture.Morning.AddSeconds(2));

        robot.WaitLit(1.9);
        Assert.True(robot.Decision.Camera);
        robot.Wait(0.2);

        Assert.True(robot.Decision is { Publish: false, Camera: false, Microphone: false, Sign: LightSign.CertificateEnded });
    }

    [Fact]
    public void A_renewed_certificate_carries_the_session_on()
    {
        var robot = LiveUntil(SafetyFixture.Morning.AddSeconds(2));

        robot.Safety.OnCertificateRenewed(SafetyFixture.Morning.AddDays(60), robot.Now);
        robot.WaitLit(3);

        Assert.True(robot.Decision.Camera);
    }

    [Fact]
    public void A_robot_that_wakes_up_after_its_end_says_so_without_any_relay()
    {
        var robot = new SafetyFixture(certificateEnds: SafetyFixture.Built);

        Assert.Equal(LightSign.CertificateEnded, robot.Decision.Sign);
        Assert.Contains("enrol it again", robot.Safety.Certificate.Problem(robot.Now), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relay_whose_clock_is_behind_does_not_bring_it_back()
    {
        var robot = new SafetyFixture(certificateEnds: SafetyFixture.Built.AddMinutes(30));
        robot.Wait(TimeSpan.FromHours(1));

        robot.LinkUp(wall: SafetyFixture.Built);

        Assert.True(robot.Safety.Certificate.IsOver(robot.Now));
    }

    [Fact]
    public void A_grant_under_it_is_refused_in_words()
    {
        var robot = new SafetyFixture(certificateEnds: SafetyFixture.Built);
        robot.LinkUp();

        robot.Grant(1);

        Assert.Null(robot.Safety.Grant);
        Assert.Contains("certificate ended", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relay_with_an_impossible_clock_shows_on_the_lights_as_such()
    {
        var robot = new SafetyFixture();

        robot.LinkUp(wall: SafetyFixture.Built.AddDays(-1));
        robot.Grant(1);

        Assert.True(robot.Decision is { Publish: false, Sign: LightSign.TimeUnknown });
    }

    private static SafetyFixture LiveUntil(DateTimeOffset certificateEnds)
    {
        var robot = new SafetyFixture(certificateEnds: certificateEnds);
        robot.LinkUp();
        robot.Grant(1);
        robot.PupilIs(present: true);
        robot.LightsShowWhatTheyShould();
        Assert.True(robot.Decision.Camera);
        return robot;
    }
}

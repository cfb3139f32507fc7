using AV1Relay.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class HeadLeaseTests
{
    [Fact]
    public void The_head_moves_where_the_pupil_points()
    {
        var robot = SafetyFixture.Live();

        robot.Send(SafetyFixture.Look(30, 10));

        Assert.Equal(new HeadOutput.MoveTo(new(30, 10)), robot.TakeHead());
    }

    [Fact]
    public void The_head_holds_when_nobody_asks_any_more()
    {
        var robot = SafetyFixture.Live();
        robot.Send(SafetyFixture.Look(30));
        robot.TakeHead();

        robot.WaitLit(RobotSafety.HeadLeaseValidFor.TotalSeconds - 0.01);
        Assert.Null(robot.TakeHead());
        robot.WaitLit(0.02);

        Assert.Equal(new HeadOutput.Hold(HoldReason.LeaseExpired), robot.TakeHead());
    }

    [Fact]
    public void Asking_again_keeps_it_moving()
    {
        var robot = SafetyFixture.Live();
        for (var i = 0; i < 20; i++)
        {
            robot.Send(SafetyFixture.Look(140));
            Assert.IsType<HeadOutput.MoveTo>(robot.TakeHead());
            robot.WaitLit(0.15);
            Assert.Null(robot.TakeHead());
        }
    }

    [Fact]
    public void A_refused_command_does_not_renew_the_lease()
    {
        var robot = SafetyFixture.Live();
        robot.Send(SafetyFixture.Look(140));
        robot.TakeHead();
        robot.WaitLit(0.7);

        robot.Send(SafetyFixture.Look(500));
        robot.WaitLit(0.1);

        Assert.IsType<HeadOutput.Hold>(robot.TakeHead());
    }

    [Fact]
    public void Another_wish_does_not_renew_the_lease()
    {
        var robot = SafetyFixture.Live();
        robot.Send(SafetyFixture.Look(140));
        robot.TakeHead();
        robot.WaitLit(0.7);

        robot.Send(new() { HandRaised = true });
        robot.WaitLit(0.1);

        Assert.IsType<HeadOutput.Hold>(robot.TakeHead());
    }

    [Fact]
    public void A_lost_link_holds_at_once_and_lowers_the_head_after_five_seconds()
    {
        var robot = SafetyFixture.Live();
        robot.Send(SafetyFixture.Look(140));
        robot.TakeHead();

        robot.LinkDown();
        Assert.Equal(new HeadOutput.Hold(HoldReason.LinkLost), robot.TakeHead());
        robot.WaitLit(4.9);
        Assert.Null(robot.TakeHead());
        robot.WaitLit(0.2);

        Assert.IsType<HeadOutput.Rest>(robot.TakeHead());
    }

    [Fact]
    public void No_command_moves_the_head_while_the_link_is_down()
    {
        var robot = SafetyFixture.Live();
        robot.LinkDown();
        robot.TakeHead();

        robot.Send(SafetyFixture.Look(10));

        Assert.Null(robot.TakeHead());
        Assert.NotNull(robot.TakeRefusal());
    }

    [Fact]
    public void The_head_wakes_when_the_pupil_comes_and_rests_when_the_pupil_goes()
    {
        var robot = SafetyFixture.WithPupil();
        Assert.Equal(new HeadOutput.Wake(Ahead: true), robot.TakeHead());

        robot.PupilIs(present: false);
        Assert.IsType<HeadOutput.Rest>(robot.TakeHead());
        robot.PupilIs(present: true);

        Assert.Equal(new HeadOutput.Wake(Ahead: false), robot.TakeHead());
    }
}

using AV1Relay.Hardware.Camera;
using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using Xunit;
using HeadPose = AV1Relay.Hardware.Head.HeadPose;
using HeadRange = AV1Relay.Hardware.Head.HeadRange;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class RoomPlacesTests
{
    private readonly SafetyFixture _robot = SafetyFixture.Live();

    [Fact]
    public void The_board_is_straight_ahead_until_somebody_has_shown_it()
    {
        Assert.Equal(new HeadPose(0, 0), LookAt(Preset.Board));

        Show(Preset.Board, 30, 8);

        Assert.Equal(new HeadPose(30, 8), LookAt(Preset.Board));
    }

    [Theory]
    [InlineData(Preset.Teacher)]
    [InlineData(Preset.Buddy)]
    public void Nobody_is_looked_at_whose_place_nobody_has_shown(Preset preset)
    {
        Assert.Null(LookAt(preset));
        Assert.Contains("where that is", _robot.TakeRefusal(), StringComparison.Ordinal);

        Show(preset, -40, 2);

        Assert.Equal(new HeadPose(-40, 2), LookAt(preset));
    }

    [Fact]
    public void Showing_a_place_moves_nothing()
    {
        Show(Preset.Board, 30, 8);

        Assert.Null(_robot.TakeRefusal());
        Assert.Null(_robot.TakeHead());
        Assert.Null(_robot.Safety.Wishes.Target);
    }

    [Fact]
    public void A_place_can_be_shown_anew_and_forgotten_alone_or_with_all()
    {
        Show(Preset.Board, 30, 8);
        Show(Preset.Buddy, 70, 0);
        Show(Preset.Board, 20, 5);
        Assert.Equal(new RoomPlaces(new(20, 5), null, new(70, 0)), Places);

        Forget(Preset.Board);
        Assert.Equal(new RoomPlaces(Buddy: new(70, 0)), Places);
        Forget(Preset.Unspecified);
        Assert.Equal(RoomPlaces.None, Places);
    }

    [Theory]
    [InlineData("""{"roomPlace":{"preset":"PRESET_BOARD","pose":{"panDegrees":151}}}""")]
    [InlineData("""{"roomPlace":{"preset":"PRESET_BOARD","pose":{"tiltDegrees":31}}}""")]
    [InlineData("""{"roomPlace":{"preset":"PRESET_BOARD","pose":{"panDegrees":"NaN"}}}""")]
    [InlineData("""{"roomPlace":{"pose":{}}}""")]
    [InlineData("""{"roomPlace":{"preset":99,"pose":{}}}""")]
    [InlineData("""{"roomPlace":{"preset":99}}""")]
    public void A_place_that_the_head_cannot_look_at_is_none(string command)
    {
        _robot.Send(Command.Parser.ParseJson(command));

        Assert.Equal(1UL, _robot.Safety.OutOfRangeCommands);
        Assert.Equal(RoomPlaces.None, Places);
    }

    [Fact]
    public void A_lost_link_and_a_new_grant_of_the_session_forget_nothing()
    {
        Show(Preset.Buddy, 70, 0);
        _robot.LinkDown();
        _robot.Wait(10);
        _robot.LinkUp();

        _robot.Grant(2);

        Assert.Equal(new HeadPose(70, 0), Places.Buddy);
    }

    [Fact]
    public void The_next_session_finds_nothing_of_this_one()
    {
        Show(Preset.Buddy, 70, 0);
        _robot.Safety.OnGrantWithdrawn("lesson", _robot.Now);

        _robot.Grant(2);

        Assert.Equal(RoomPlaces.None, Places);
    }

    [Fact]
    public void A_robot_whose_privacy_switch_was_flipped_may_stand_elsewhere()
    {
        Show(Preset.Buddy, 70, 0);

        _robot.Safety.OnPrivacySwitch(isPrivate: true, _robot.Now);

        Assert.Equal(RoomPlaces.None, Places);
    }

    [Fact]
    public void A_robot_that_was_switched_off_may_stand_elsewhere()
    {
        Show(Preset.Buddy, 70, 0);

        _robot.Restart();
        _robot.LinkUp();
        _robot.Grant(1);

        Assert.Equal(RoomPlaces.None, Places);
    }

    [Fact]
    public void The_virtual_classroom_is_known_to_each_session()
    {
        var robot = new RobotSafety(
            HeadRange.Reference, allowAdHoc: true, new(SafetyFixture.Built, SafetyFixture.CertificateEnds, FencingMark.None, CurtainMark.Open) { Room = RoomPlaces.VirtualClassroom });

        Assert.Equal(ClassroomPresets.Teacher, robot.Wishes.Places.Teacher);
    }

    private RoomPlaces Places => _robot.Safety.Wishes.Places;

    private HeadPose? LookAt(Preset preset)
    {
        _robot.Send(new Command { Preset = preset });
        return (_robot.TakeHead() as HeadOutput.MoveTo)?.Target;
    }

    private void Show(Preset preset, double pan, double tilt) =>
        _robot.Send(new Command { RoomPlace = new() { Preset = preset, Pose = new() { PanDegrees = pan, TiltDegrees = tilt } } });

    private void Forget(Preset preset) => _robot.Send(new Command { RoomPlace = new() { Preset = preset } });
}

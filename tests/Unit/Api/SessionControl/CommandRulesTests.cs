using AV1Relay.Api.SessionControl;
using AV1Relay.Protos.V1;
using Xunit;
using Capability = AV1Relay.Domain.Sessions.Capability;

namespace AV1Relay.Tests.Unit.Api.SessionControl;

public sealed class CommandRulesTests
{
    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(180, 90, 4, true)]
    [InlineData(-180, -90, 1, true)]
    [InlineData(180.1, 0, 0, false)]
    [InlineData(0, -90.1, 0, false)]
    [InlineData(0, 0, 0.5, false)]
    [InlineData(0, 0, 4.01, false)]
    [InlineData(0, 0, -1, false)]
    [InlineData(double.NaN, 0, 0, false)]
    [InlineData(0, double.PositiveInfinity, 0, false)]
    [InlineData(0, 0, double.NaN, false)]
    public void A_head_target_lies_within_what_a_head_may_do(double pan, double tilt, double zoom, bool isGood) => Assert.Equal(
        isGood,
        CommandRules.IsWellFormed(new Command { HeadTarget = new HeadPose { PanDegrees = pan, TiltDegrees = tilt, Zoom = zoom } }));

    [Fact]
    public void A_command_asks_for_something_known()
    {
        Assert.False(CommandRules.IsWellFormed(new Command()));
        Assert.False(CommandRules.IsWellFormed(new Command { Preset = Preset.Unspecified }));
        Assert.False(CommandRules.IsWellFormed(new Command { Preset = (Preset)99 }));
        Assert.False(CommandRules.IsWellFormed(new Command { Mood = (Mood)99 }));
        Assert.False(CommandRules.IsWellFormed(new Command { Microphone = MicrophoneMode.Unspecified }));
        Assert.False(CommandRules.IsWellFormed(new Command { HeadSpeed = HeadSpeed.Unspecified }));
        Assert.False(CommandRules.IsWellFormed(new Command { HeadSpeed = (HeadSpeed)99 }));
        Assert.True(CommandRules.IsWellFormed(new Command { HeadSpeed = HeadSpeed.Gentle }));
        Assert.False(CommandRules.IsWellFormed(new Command { Zoom = 5 }));
        Assert.True(CommandRules.IsWellFormed(new Command { Preset = Preset.Board }));
        Assert.True(CommandRules.IsWellFormed(new Command { HandRaised = false }));
    }

    [Theory]
    [InlineData("{\"preset\":1,\"pose\":{\"panDegrees\":40}}", true)]
    [InlineData("{\"preset\":3}", true)]
    [InlineData("{}", true)] // all are forgotten
    [InlineData("{\"pose\":{}}", false)]
    [InlineData("{\"preset\":99}", false)]
    [InlineData("{\"preset\":99,\"pose\":{}}", false)]
    [InlineData("{\"preset\":1,\"pose\":{\"panDegrees\":181}}", false)]
    [InlineData("{\"preset\":1,\"pose\":{\"tiltDegrees\":\"NaN\"}}", false)]
    public void A_place_is_a_preset_and_a_pose_or_nothing_more_of_it(string place, bool isGood) =>
        Assert.Equal(isGood, CommandRules.IsWellFormed(new Command { RoomPlace = RoomPlace.Parser.ParseJson(place) }));

    [Fact]
    public void Each_command_needs_its_capability()
    {
        Assert.Equal(Capability.LookAround, CommandRules.Needs(new Command { Preset = Preset.Board }));
        Assert.Equal(Capability.LookAround, CommandRules.Needs(new Command { RoomPlace = new RoomPlace() }));
        Assert.Equal(Capability.LookAround, CommandRules.Needs(new Command { HeadSpeed = HeadSpeed.Gentle }));
        Assert.Equal(Capability.LookAround, CommandRules.Needs(new Command { HeadTarget = new HeadPose() }));
        Assert.Equal(
            Capability.LookAround | Capability.Zoom, CommandRules.Needs(new Command { HeadTarget = new HeadPose { Zoom = 2 } }));
        Assert.Equal(Capability.Zoom, CommandRules.Needs(new Command { Zoom = 2 }));
        Assert.Equal(Capability.LightsAndHand, CommandRules.Needs(new Command { HandRaised = true }));
        Assert.Equal(Capability.LightsAndHand, CommandRules.Needs(new Command { NeedsAMinute = true }));
        Assert.Equal(Capability.Expressions, CommandRules.Needs(new Command { Mood = Mood.Happy }));
        Assert.Equal(Capability.Whisper, CommandRules.Needs(new Command { Microphone = MicrophoneMode.Whisper }));
        Assert.Equal(Capability.Speak, CommandRules.Needs(new Command { Microphone = MicrophoneMode.Speak }));
        Assert.Equal(Capability.None, CommandRules.Needs(new Command { Microphone = MicrophoneMode.Off }));
    }
}

using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class CommandTests
{
    public static TheoryData<string, Capability> Needed => new()
    {
        { """{"headTarget":{"panDegrees":10}}""", Capability.LookAround },
        { """{"preset":"PRESET_BOARD"}""", Capability.LookAround },
        { """{"roomPlace":{"preset":"PRESET_BUDDY","pose":{"panDegrees":70}}}""", Capability.LookAround },
        { """{"zoom":2}""", Capability.Zoom },
        { """{"handRaised":true}""", Capability.LightsAndHand },
        { """{"passive":true}""", Capability.LightsAndHand },
        { """{"needsAMinute":true}""", Capability.LightsAndHand },
        { """{"mood":"MOOD_HAPPY"}""", Capability.Expressions },
        { """{"microphone":"MICROPHONE_MODE_WHISPER"}""", Capability.Whisper },
        { """{"microphone":"MICROPHONE_MODE_SPEAK"}""", Capability.Speak },
    };

    [Theory]
    [MemberData(nameof(Needed))]
    public void A_command_is_carried_out_with_its_capability_alone(string command, Capability needed)
    {
        var robot = SafetyFixture.Live(needed);

        robot.Send(Command.Parser.ParseJson(command));

        Assert.Null(robot.TakeRefusal());
        Assert.NotEqual(PupilWishes.None, robot.Safety.Wishes);
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public void A_command_is_refused_with_every_other_capability(string command, Capability needed)
    {
        var robot = SafetyFixture.Live([.. Enum.GetValues<Capability>().Where(other => other != needed)]);

        robot.Send(Command.Parser.ParseJson(command));

        Assert.Contains("step", robot.TakeRefusal(), StringComparison.Ordinal);
        Assert.Equal(PupilWishes.None, robot.Safety.Wishes);
        Assert.Null(robot.TakeHead());
    }

    [Fact]
    public void A_pupil_who_likes_it_gentle_is_turned_gently_and_the_next_pupil_is_not()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { HeadSpeed = HeadSpeed.Gentle });

        robot.Send(SafetyFixture.Look(20));
        Assert.Equal(HeadSpeed.Gentle, Assert.IsType<HeadOutput.MoveTo>(robot.TakeHead()).Speed);

        robot.Safety.OnGrantWithdrawn("lesson", robot.Now);
        robot.Grant(2);
        Assert.Equal(HeadSpeed.Usual, robot.Safety.Wishes.Speed);
    }

    [Fact]
    public void A_pace_that_nobody_knows_is_refused()
    {
        var robot = SafetyFixture.Live();

        robot.Send(new Command { HeadSpeed = (HeadSpeed)9 });

        Assert.Contains("out of range", robot.TakeRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Being_quiet_is_always_allowed()
    {
        var robot = SafetyFixture.Live(Capability.See);

        robot.Send(new Command { Microphone = MicrophoneMode.Off });

        Assert.Null(robot.TakeRefusal());
    }

    [Theory]
    [InlineData(499, true)]
    [InlineData(501, false)]
    [InlineData(-499, true)]
    [InlineData(-501, false)] // a stamp in the future would keep it fresh for ever
    public void A_command_is_good_for_half_a_second_of_the_relays_clock(int ageMs, bool isTaken)
    {
        var robot = SafetyFixture.Live();

        robot.Send(new Command { HandRaised = true, IssuedAtMs = robot.RelayNowMs - ageMs });

        Assert.Equal(isTaken, robot.Safety.Wishes.HandRaised);
        Assert.Equal(isTaken ? 0UL : 1UL, robot.Safety.StaleCommands);
        Assert.Equal(isTaken, robot.TakeRefusal() is null);
    }

    [Fact]
    public void A_repeated_or_older_command_is_dropped_and_counted()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { HandRaised = true, Sequence = 50 });

        robot.Send(new Command { HandRaised = false, Sequence = 50 });
        robot.Send(new Command { HandRaised = false, Sequence = 49 });

        Assert.True(robot.Safety.Wishes.HandRaised);
        Assert.Equal(2UL, robot.Safety.OutOfOrderCommands);
        Assert.Equal(50UL, robot.Safety.LastCommandSequence);
    }

    [Fact]
    public void A_new_grants_controller_counts_from_where_it_likes()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { HandRaised = true, Sequence = 50 });
        robot.Grant(2);

        robot.Send(new Command { HandRaised = false, Sequence = 1 }, fencingNumber: 2);

        Assert.False(robot.Safety.Wishes.HandRaised);
    }

    [Fact]
    public void A_command_of_an_earlier_grant_is_dropped()
    {
        var robot = SafetyFixture.Live();
        robot.Grant(2);

        robot.Send(new Command { HandRaised = true }, fencingNumber: 1);

        Assert.False(robot.Safety.Wishes.HandRaised);
        Assert.NotNull(robot.TakeRefusal());
    }

    [Theory]
    [InlineData("""{"headTarget":{"panDegrees":151}}""")]
    [InlineData("""{"headTarget":{"tiltDegrees":-26}}""")]
    [InlineData("""{"headTarget":{"panDegrees":"NaN"}}""")]
    [InlineData("""{"headTarget":{"panDegrees":"Infinity"}}""")]
    [InlineData("""{"headTarget":{"zoom":4.1}}""")]
    [InlineData("""{"headTarget":{"zoom":-1}}""")]
    [InlineData("""{"zoom":0}""")]
    [InlineData("""{"zoom":"NaN"}""")]
    [InlineData("""{"preset":0}""")]
    [InlineData("""{"preset":99}""")]
    [InlineData("""{"mood":0}""")]
    [InlineData("""{"mood":99}""")]
    [InlineData("""{"microphone":0}""")]
    [InlineData("""{"microphone":99}""")]
    [InlineData("{}")]
    public void What_the_robot_cannot_do_is_dropped_and_counted(string command)
    {
        var robot = SafetyFixture.Live();

        robot.Send(Command.Parser.ParseJson(command));

        Assert.Equal(1UL, robot.Safety.OutOfRangeCommands);
        Assert.Equal(PupilWishes.None, robot.Safety.Wishes);
        Assert.Null(robot.TakeHead());
        Assert.NotNull(robot.TakeRefusal());
    }

    [Fact]
    public void A_head_target_carries_its_zoom_where_the_step_has_zoom()
    {
        var robot = SafetyFixture.Live();

        robot.Send(SafetyFixture.Look(10, 5, zoom: 2));

        Assert.Equal(2, robot.Safety.Wishes.Zoom);
    }

    [Fact]
    public void A_head_target_without_a_zoom_leaves_it_alone()
    {
        var robot = SafetyFixture.Live();
        robot.Send(new Command { Zoom = 3 });

        robot.Send(SafetyFixture.Look(10));

        Assert.Equal(3, robot.Safety.Wishes.Zoom);
    }

    [Fact]
    public void Refusals_that_nobody_fetches_do_not_pile_up()
    {
        var robot = SafetyFixture.Live();
        for (var i = 0; i < 1000; i++) robot.Send(new Command { Zoom = 99 });

        var count = 0;
        while (robot.TakeRefusal() is not null) count++;

        Assert.InRange(count, 1, 16);
    }

    [Theory]
    [InlineData(MicrophoneMode.Whisper)]
    [InlineData(MicrophoneMode.Speak)]
    public void The_voice_is_let_through_as_the_pupil_chose(MicrophoneMode mode)
    {
        var robot = SafetyFixture.Live();
        Assert.Equal(MicrophoneMode.Off, robot.Decision.Voice);

        robot.Send(new Command { Microphone = mode });

        Assert.Equal(mode, robot.Decision.Voice);
    }
}

using AV1Relay.Api.SessionControl;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;
using Xunit;
using Capability = AV1Relay.Domain.Sessions.Capability;

namespace AV1Relay.Tests.Unit.Api.SessionControl;

public sealed class CommandGateTests
{
    private const string Tablet = "device:tablet";
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(5);
    private readonly CommandGate _gate = new(firstBase: 1_000);
    private TimeSpan _now = Start;

    [Fact]
    public void Commands_in_order_and_in_time_go_through() =>
        Assert.All<ulong>([1, 2, 7], sequence => Assert.Equal(CommandVerdict.Accepted, Judge(Turn(sequence))));

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    public void A_repeated_or_lower_sequence_is_dropped(ulong late)
    {
        Judge(Turn(3));

        Assert.Equal(CommandVerdict.OutOfOrder, Judge(Turn(late)));
        Assert.Equal(CommandVerdict.Accepted, Judge(Turn(4)));
    }

    [Theory]
    [InlineData(500, CommandVerdict.Accepted)]
    [InlineData(501, CommandVerdict.Stale)]
    [InlineData(-500, CommandVerdict.Accepted)]
    [InlineData(-501, CommandVerdict.Stale)]
    public void Only_what_was_asked_half_a_second_ago_is_still_wanted(int ageMs, object expected)
    {
        var command = Turn(1);
        command.IssuedAtMs = (long)_now.TotalMilliseconds - ageMs;

        Assert.Equal(expected, Judge(command));
    }

    [Fact]
    public void A_time_far_out_does_not_overflow()
    {
        var (first, last) = (Turn(1), Turn(2));
        (first.IssuedAtMs, last.IssuedAtMs) = (long.MinValue, long.MaxValue);

        Assert.Equal(CommandVerdict.Stale, Judge(first));
        Assert.Equal(CommandVerdict.Stale, Judge(last));
    }

    [Fact]
    public void Fifty_a_second_are_enough()
    {
        for (var sequence = 1UL; sequence <= 50; sequence++)
            Assert.Equal(CommandVerdict.Accepted, Judge(Turn(sequence)));
        Assert.Equal(CommandVerdict.TooFast, Judge(Turn(51)));

        _now += TimeSpan.FromMilliseconds(20);
        Assert.Equal(CommandVerdict.Accepted, Judge(Turn(52)));
        Assert.Equal(CommandVerdict.TooFast, Judge(Turn(53)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(CommandGate.MaxSequence + 1)]
    [InlineData(ulong.MaxValue)]
    public void A_sequence_that_no_page_counts_is_malformed_and_takes_no_control(ulong sequence)
    {
        Assert.Equal(CommandVerdict.Malformed, Judge(Turn(sequence)));

        Assert.Null(_gate.Controller);
        Assert.Equal(CommandVerdict.Accepted, Judge(Turn(CommandGate.MaxSequence)));
    }

    [Fact]
    public void Who_is_not_in_control_uses_up_nothing_of_who_is()
    {
        Judge(Turn(1));
        for (var sequence = 1UL; sequence <= 100; sequence++)
            Assert.Equal(CommandVerdict.SomebodyElse, Judge(Turn(sequence), "device:phone"));

        Assert.Equal(CommandVerdict.Accepted, Judge(Turn(2)));
    }

    [Fact]
    public void What_the_step_leaves_out_is_refused()
    {
        var seeing = new CapabilitySet(Capability.See | Capability.Hear);

        Assert.Equal(CommandVerdict.OutsideStep, _gate.Judge(Turn(1), Tablet, seeing, false, _now));
    }

    [Fact]
    public void Another_device_waits_until_the_one_in_control_has_gone()
    {
        Judge(Turn(1));

        Assert.Equal(CommandVerdict.SomebodyElse, Judge(Turn(1), "device:phone"));
        _now += CommandGate.ControlHeldFor;
        Assert.Equal(CommandVerdict.SomebodyElse, _gate.Judge(Turn(1), "device:phone", CapabilitySet.Everything, controllerWatches: true, _now));
        Assert.Equal(CommandVerdict.Accepted, Judge(Turn(1), "device:phone"));
        Assert.Equal(CommandVerdict.SomebodyElse, Judge(Turn(2)));
    }

    [Fact]
    public void A_page_that_was_loaded_anew_may_count_from_the_start_and_the_robot_sees_numbers_rise()
    {
        Assert.Equal(CommandVerdict.Accepted, Judge(Turn(40)));
        var before = _gate.ForRobot(Turn(40)).Sequence;
        Assert.Equal(CommandVerdict.OutOfOrder, Judge(Turn(1)));

        _gate.OnWatch(Tablet);

        Assert.Equal(CommandVerdict.Accepted, Judge(Turn(1)));
        var after = _gate.ForRobot(Turn(1)).Sequence;
        Assert.True(after > before);
        Assert.Equal(1UL, _gate.ForController(after));
        Assert.Equal(0UL, _gate.ForController(before));
    }

    [Fact]
    public void A_stranger_who_watches_does_not_reset_the_count()
    {
        Judge(Turn(5));

        _gate.OnWatch("device:phone");

        Assert.Equal(CommandVerdict.OutOfOrder, Judge(Turn(5)));
    }

    private Command Turn(ulong sequence) => new()
    {
        Sequence = sequence,
        IssuedAtMs = (long)_now.TotalMilliseconds,
        HeadTarget = new HeadPose { PanDegrees = 10, TiltDegrees = -5 },
    };

    private CommandVerdict Judge(Command command, string identity = Tablet) =>
        _gate.Judge(command, identity, CapabilitySet.Everything, controllerWatches: false, _now);
}

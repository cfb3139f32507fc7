using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Link;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Link;

public sealed class LinkOutboxTests
{
    private readonly LinkOutbox _outbox;
    private bool _isLive;
    private double _pan;

    public LinkOutboxTests()
    {
        _outbox = new(() => new RobotState { Pose = new() { PanDegrees = _pan } }, () => new Telemetry(), () => _isLive);
        _outbox.Start(TimeSpan.Zero);
    }

    [Fact]
    public void A_new_link_hears_of_the_clock_and_the_state_at_once() =>
        Assert.Equal([RobotMessage.WhatOneofCase.Ping, RobotMessage.WhatOneofCase.State], Drain(TimeSpan.Zero).Select(message => message.WhatCase));

    [Fact]
    public void The_first_pings_come_quickly_and_then_every_two_seconds()
    {
        var pings = Run(TimeSpan.FromSeconds(9), RobotMessage.WhatOneofCase.Ping).Select(at => at.TotalSeconds).ToList();

        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 2.4, 4.4, 6.4, 8.4], pings.Select(at => Math.Round(at, 2)));
    }

    [Fact]
    public void While_live_the_state_goes_out_ten_times_a_second()
    {
        _isLive = true;

        Assert.InRange(Run(TimeSpan.FromSeconds(10), RobotMessage.WhatOneofCase.State).Count, 95, 101);
    }

    [Fact]
    public void While_idle_the_state_goes_out_every_five_seconds() =>
        Assert.Equal(3, Run(TimeSpan.FromSeconds(12), RobotMessage.WhatOneofCase.State).Count);

    [Fact]
    public void A_change_goes_out_at_once_with_what_is_true_then()
    {
        Drain(TimeSpan.FromSeconds(1));
        _outbox.MarkChanged();
        _pan = 33;

        var now = TimeSpan.FromSeconds(1.02);
        Assert.True(_outbox.NextDue() <= now);
        Assert.Equal(33, Assert.Single(Drain(now)).State.Pose.PanDegrees);
    }

    [Fact]
    public void A_flood_of_changes_is_one_state_every_ten_milliseconds_at_most()
    {
        var states = 0;
        for (var ms = 0; ms < 1000; ms++)
        {
            _outbox.MarkChanged();
            states += Drain(TimeSpan.FromMilliseconds(ms)).Count(message => message.WhatCase == RobotMessage.WhatOneofCase.State);
        }

        Assert.InRange(states, 90, 101);
    }

    [Fact]
    public void Telemetry_goes_every_five_seconds_and_never_before_a_state_that_is_due()
    {
        _isLive = true;
        var order = new List<RobotMessage.WhatOneofCase>();
        for (var ms = 0; ms < 20_000; ms += 100) order.AddRange(Drain(TimeSpan.FromMilliseconds(ms)).Select(message => message.WhatCase));

        Assert.Equal(3, order.Count(what => what == RobotMessage.WhatOneofCase.Telemetry));
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] == RobotMessage.WhatOneofCase.Telemetry) Assert.Equal(RobotMessage.WhatOneofCase.State, order[i - 1]);
        }
    }

    [Fact]
    public void Refusals_are_kept_for_this_link_only_and_the_newest_ones_win()
    {
        for (var i = 0UL; i < 100; i++) _outbox.Post(new() { CommandSequence = i });

        var refused = Drain(TimeSpan.FromSeconds(1)).Where(message => message.WhatCase == RobotMessage.WhatOneofCase.Refusal).Select(message => message.Refusal.CommandSequence).ToList();

        Assert.Equal(Enumerable.Range(68, 32).Select(i => (ulong)i), refused);
        _outbox.Post(new());
        _outbox.Start(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(Drain(TimeSpan.FromSeconds(2)), message => message.WhatCase == RobotMessage.WhatOneofCase.Refusal);
    }

    private List<TimeSpan> Run(TimeSpan duration, RobotMessage.WhatOneofCase what)
    {
        var times = new List<TimeSpan>();
        for (var now = TimeSpan.Zero; now < duration; now = _outbox.NextDue() > now ? _outbox.NextDue() : now + TimeSpan.FromMilliseconds(1))
            times.AddRange(Drain(now).Where(message => message.WhatCase == what).Select(_ => now));
        return times;
    }

    private List<RobotMessage> Drain(TimeSpan now)
    {
        var messages = new List<RobotMessage>();
        while (_outbox.TryTake(now, out var message)) messages.Add(message);
        return messages;
    }
}

using AV1Relay.Api.RobotLinks;
using AV1Relay.Protos.V1;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.RobotLinks;

public sealed class RobotOutboxTests
{
    private readonly RobotOutbox _outbox = new();

    [Fact]
    public void The_newest_command_of_a_kind_wins_and_sequences_rise()
    {
        _outbox.Post(Head(1));
        _outbox.Post(Hand(2));
        _outbox.Post(Head(3));
        _outbox.Post(Head(4));

        Assert.Equal([2UL, 4UL], Take().Select(message => message.Command.Sequence));
    }

    [Fact]
    public void Where_the_board_is_and_where_the_buddy_is_are_two_things()
    {
        _outbox.Post(Place(1, Preset.Board));
        _outbox.Post(Place(2, Preset.Buddy));
        _outbox.Post(Place(3, Preset.Board));

        Assert.Equal([2UL, 3UL], Take().Select(message => message.Command.Sequence));
    }

    [Fact]
    public void What_waits_is_bounded_by_the_number_of_kinds()
    {
        for (var sequence = 0UL; sequence < 10_000; sequence++)
        {
            _outbox.Post(Head(sequence));
            _outbox.Post(Hand(sequence));
            _outbox.Post(new RelayMessage { Pong = new Pong() });
            _outbox.Post(new RelayMessage { Room = new RoomState() });
        }

        Assert.Equal(4, Take().Count);
    }

    [Fact]
    public void Commands_of_an_earlier_grant_are_forgotten_with_it()
    {
        _outbox.Post(Head(1));
        _outbox.Post(new RelayMessage { GrantWithdrawn = new GrantWithdrawn() });
        _outbox.Post(new RelayMessage { Grant = new Grant { Session = "next" } });

        Assert.Equal(
            [RelayMessage.WhatOneofCase.GrantWithdrawn, RelayMessage.WhatOneofCase.Grant],
            Take().Select(message => message.WhatCase));
    }

    [Fact]
    public async Task Posting_wakes_the_sender()
    {
        var waiting = _outbox.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);

        _outbox.Post(Head(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.True(_outbox.TryTake(out _));
        Assert.False(_outbox.TryTake(out _));
    }

    private static RelayMessage Head(ulong sequence) =>
        new() { Command = new Command { Sequence = sequence, HeadTarget = new HeadPose { PanDegrees = sequence } } };

    private static RelayMessage Place(ulong sequence, Preset preset) =>
        new() { Command = new Command { Sequence = sequence, RoomPlace = new RoomPlace { Preset = preset, Pose = new HeadPose() } } };

    private static RelayMessage Hand(ulong sequence) => new() { Command = new Command { Sequence = sequence, HandRaised = true } };

    private List<RelayMessage> Take()
    {
        var taken = new List<RelayMessage>();
        while (_outbox.TryTake(out var message))
            taken.Add(message);
        return taken;
    }
}

using AV1Relay.RobotAgent.Media;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Boot = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rtp_timestamps_run_on_evenly_when_the_boards_clock_is_set_right()
    {
        var board = new BoardTime(Boot);
        var steady = new SteadyTime(board);
        var video = new CaptureClock(90_000, offset: 7);
        var before = video.At(steady.GetUtcNow());

        board.Set(TimeSpan.FromDays(300));
        board.Advance(TimeSpan.FromMilliseconds(40));
        var after = video.At(steady.GetUtcNow());

        Assert.Equal(Boot + TimeSpan.FromDays(300) + TimeSpan.FromMilliseconds(40), board.GetUtcNow());
        Assert.Equal(40u * 90, after.RtpTimestamp - before.RtpTimestamp);
    }

    [Fact]
    public void Clocks_that_ran_before_and_after_a_step_agree_on_how_long_ago_something_was()
    {
        var board = new BoardTime(Boot);
        var steady = new SteadyTime(board);
        var captured = steady.GetUtcNow();
        var mark = steady.GetTimestamp();

        board.Set(TimeSpan.FromHours(-5));
        board.Advance(TimeSpan.FromMilliseconds(33));

        Assert.Equal(steady.GetElapsedTime(mark), steady.GetUtcNow() - captured);
    }

    /// <summary>A board whose wall clock can be set without its monotonic clock noticing.</summary>
    private sealed class BoardTime(DateTimeOffset start) : TimeProvider
    {
        private readonly FakeTimeProvider _monotonic = new(start);
        private TimeSpan _step;

        public override long TimestampFrequency => _monotonic.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _monotonic.GetUtcNow() + _step;

        public override long GetTimestamp() => _monotonic.GetTimestamp();

        public void Set(TimeSpan step) => _step = step;

        public void Advance(TimeSpan by) => _monotonic.Advance(by);
    }
}

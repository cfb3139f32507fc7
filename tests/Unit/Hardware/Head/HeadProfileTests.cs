using AV1Relay.Hardware.Head;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Head;

public sealed class HeadProfileTests
{
    private static readonly double Seconds = HeadProfile.Tick.TotalSeconds;
    private readonly HeadProfile _profile = new(HeadRange.Reference, new(0, 0));

    public static TheoryData<HeadPace> Paces => [HeadPace.Gentle, HeadPace.Usual, HeadPace.Brisk];

    [Theory]
    [MemberData(nameof(Paces))]
    public void Speed_acceleration_and_jerk_stay_in_bounds_whatever_is_asked_and_when(HeadPace pace)
    {
        var random = new Random(7);
        var watch = new Derivatives();
        for (var tick = 0; tick < 20_000; tick++)
        {
            if (random.Next(40) == 0) _profile.MoveTo(new((random.NextDouble() * 400) - 200, (random.NextDouble() * 80) - 40), pace);
            var pose = _profile.Next();
            Assert.True(HeadRange.Reference.Contains(pose), $"{pose} is outside");
            watch.Add(pose.Pan);
            Assert.InRange(Math.Abs(watch.Speed), 0, pace.MaxSpeed + 1e-6);
            Assert.InRange(Math.Abs(watch.Acceleration), 0, pace.Acceleration + 1);
            Assert.InRange(Math.Abs(watch.Jerk), 0, pace.MaxJerk + 100);
        }
    }

    [Theory]
    [MemberData(nameof(Paces))]
    public void It_comes_to_rest_exactly_on_its_target_and_never_beyond(HeadPace pace)
    {
        foreach (var target in (double[])[0.05, 1, 25, -140, 150])
        {
            _profile.StartFrom(new(0, 0));
            _profile.MoveTo(new(target, 0), pace);
            var before = 0.0;
            for (var tick = 0; tick < 1000 && !_profile.IsStill; tick++)
            {
                var pan = _profile.Next().Pan;
                Assert.InRange(Math.Abs(pan), Math.Abs(before) - 1e-9, Math.Abs(target) + 1e-9);
                before = pan;
            }

            Assert.True(_profile.IsStill);
            Assert.Equal(target, _profile.Pose.Pan);
        }
    }

    [Fact]
    public void A_new_target_on_the_way_back_does_not_make_it_jump()
    {
        var watch = new Derivatives();
        _profile.MoveTo(new(100, 0), HeadPace.Usual);
        for (var tick = 0; tick < 60; tick++) watch.Add(_profile.Next().Pan);

        _profile.MoveTo(new(-100, 0), HeadPace.Usual);
        for (var tick = 0; tick < 400; tick++)
        {
            watch.Add(_profile.Next().Pan);
            Assert.InRange(Math.Abs(watch.Jerk), 0, HeadPace.Usual.MaxJerk + 1e-3);
        }

        Assert.Equal(-100, _profile.Pose.Pan);
    }

    [Theory]
    [InlineData(0.02, 30)]
    [InlineData(0.5, 80)]
    public void A_command_is_seen_in_the_head_soon(double degrees, int withinMs)
    {
        _profile.MoveTo(new(30, 0), HeadPace.Usual);
        var ticks = 0;
        while (_profile.Next().Pan < degrees) ticks++;

        Assert.InRange((ticks + 1) * HeadProfile.Tick.TotalMilliseconds, 0, withinMs);
    }

    [Fact]
    public void Holding_at_full_speed_comes_to_rest_within_a_sixth_of_a_second()
    {
        _profile.MoveTo(new(150, 0), HeadPace.Usual);
        for (var tick = 0; tick < 60; tick++) _profile.Next();

        _profile.Hold();
        var ticks = 0;
        for (; !_profile.IsStill; ticks++) _profile.Next();

        Assert.InRange(ticks * HeadProfile.Tick.TotalMilliseconds, 50, 170);
    }

    [Fact]
    public void A_quarter_turn_takes_a_second_and_two_when_gentle()
    {
        Assert.InRange(TimeFor(HeadPace.Usual), 0.95, 1.1);
        Assert.InRange(TimeFor(HeadPace.Gentle), 1.9, 2.3);
    }

    [Fact]
    public void A_pace_changes_with_the_next_start_and_not_on_the_way()
    {
        _profile.MoveTo(new(90, 0), HeadPace.Gentle);
        for (var tick = 0; tick < 50; tick++) _profile.Next();

        _profile.MoveTo(new(-90, 0), HeadPace.Brisk);
        var watch = new Derivatives();
        while (!_profile.IsStill)
        {
            watch.Add(_profile.Next().Pan);
            Assert.InRange(Math.Abs(watch.Speed), 0, HeadPace.Gentle.MaxSpeed + 1e-6);
        }
    }

    private double TimeFor(HeadPace pace)
    {
        _profile.StartFrom(new(0, 0));
        _profile.MoveTo(new(90, 0), pace);
        var ticks = 0;
        for (; !_profile.IsStill; ticks++) _profile.Next();
        return ticks * Seconds;
    }

    /// <summary>Differences between ticks; 0 until there are enough of them.</summary>
    private sealed class Derivatives
    {
        private readonly double[] _last = new double[4];
        private int _count;

        public double Speed => _count < 2 ? 0 : (_last[0] - _last[1]) / Seconds;

        public double Acceleration => _count < 3 ? 0 : (_last[0] - (2 * _last[1]) + _last[2]) / (Seconds * Seconds);

        public double Jerk => _count < 4 ? 0 : (_last[0] - (3 * _last[1]) + (3 * _last[2]) - _last[3]) / (Seconds * Seconds * Seconds);

        public void Add(double position)
        {
            Array.Copy(_last, 0, _last, 1, 3);
            _last[0] = position;
            _count++;
        }
    }
}

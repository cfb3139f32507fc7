using System.Globalization;
using AV1Relay.Api.Limits;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Limits;

public sealed class WrongTriesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly WrongTries _tries = new(triesBeforePause: 5, firstPause: Minute, maxSources: 3);
    private TimeSpan _now = TimeSpan.FromHours(2);

    [Fact]
    public void The_fifth_wrong_try_brings_a_pause()
    {
        Guess("a", 4);
        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("a", _now));

        Guess("a", 1);
        Assert.Equal(Minute, _tries.WaitFor("a", _now));
        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("b", _now));

        _now += Minute;
        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("a", _now));
    }

    [Fact]
    public void Each_further_pause_is_twice_as_long_up_to_a_quarter_of_an_hour_or_so()
    {
        var pauses = new List<double>();
        for (var round = 0; round < 6; round++)
        {
            Guess("a", 5);
            pauses.Add(_tries.WaitFor("a", _now).TotalMinutes);
            _now += _tries.WaitFor("a", _now);
        }

        Assert.Equal([1, 2, 4, 8, 16, 16], pauses);
    }

    [Fact]
    public void Getting_it_right_clears_the_record()
    {
        Guess("a", 4);
        _tries.OnRight("a");
        Guess("a", 4);

        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("a", _now));
    }

    [Fact]
    public void An_hour_of_quiet_is_forgiven()
    {
        Guess("a", 4);
        _now += TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1);
        Guess("a", 1);

        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("a", _now));
    }

    [Fact]
    public void The_table_stays_small_and_keeps_who_guessed_last()
    {
        Guess("a", 5);
        for (var other = 0; other < 2; other++)
        {
            _now += TimeSpan.FromSeconds(1);
            Guess(other.ToString(CultureInfo.InvariantCulture), 1);
        }

        Assert.NotEqual(TimeSpan.Zero, _tries.WaitFor("a", _now));
        Guess("one too many", 1);
        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("a", _now)); // quiet longest, so forgotten
    }

    private void Guess(string source, int times)
    {
        for (var time = 0; time < times; time++)
            _tries.OnWrong(source, _now);
    }
}

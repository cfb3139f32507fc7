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
    public void A_source_can_be_made_to_pause_after_one_wrong_try()
    {
        var tries = new WrongTries(triesBeforePause: 5, TimeSpan.FromMinutes(1), maxSources: 10);
        tries.Charge("a", TimeSpan.Zero);

        tries.Pause("a", TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromMinutes(1), tries.WaitFor("a", TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, tries.WaitFor("b", TimeSpan.Zero));
    }

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
    public void Tries_side_by_side_are_counted_before_any_of_them_is_answered()
    {
        var waits = Enumerable.Range(0, 100).Select(_ => _tries.Charge("a", _now)).ToList();

        Assert.Equal(5, waits.Count(wait => wait == TimeSpan.Zero));
    }

    [Fact]
    public void A_try_that_is_refunded_was_none_and_its_pause_ends()
    {
        Guess("a", 4);
        Assert.Equal(TimeSpan.Zero, _tries.Charge("a", _now));
        Assert.Equal(Minute, _tries.WaitFor("a", _now));

        _tries.Refund("a");

        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("a", _now));
        Guess("a", 1);
        Assert.Equal(Minute, _tries.WaitFor("a", _now)); // the first pause still
    }

    [Fact]
    public void The_table_stays_small_and_forgets_who_has_been_quiet_longest()
    {
        for (var source = 0; source < 4; source++)
        {
            Guess(source.ToString(CultureInfo.InvariantCulture), 4);
            _now += TimeSpan.FromSeconds(1);
        }

        Guess("0", 1); // forgotten, so its first; now the second was quiet longest
        Guess("3", 1);
        Assert.Equal(TimeSpan.Zero, _tries.WaitFor("0", _now));
        Assert.Equal(Minute, _tries.WaitFor("3", _now));
    }

    [Fact]
    public void Who_pauses_is_never_forgotten_and_newcomers_share_what_is_left()
    {
        foreach (var source in new[] { "a", "b", "c" })
            Guess(source, 5);

        for (var newcomer = 0; newcomer < 5; newcomer++)
            Assert.Equal(TimeSpan.Zero, _tries.Charge($"new {newcomer}", _now));

        Assert.Equal(Minute, _tries.Charge("new 5", _now));
        Assert.All(["a", "b", "c"], source => Assert.Equal(Minute, _tries.WaitFor(source, _now)));
    }

    private void Guess(string source, int times)
    {
        for (var time = 0; time < times; time++)
            _tries.OnWrong(source, _now);
    }
}

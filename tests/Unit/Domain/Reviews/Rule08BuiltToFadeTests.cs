using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Reviews;

public sealed class Rule08BuiltToFadeTests
{
    private static readonly FadeSettings Settings = new(periods: 3, smallestRise: Duration.FromMinutes(30));

    [Fact]
    public void Rising_robot_use_while_steps_stall_asks_for_a_review() => Assert.True(Read((60, 2), (80, 2), (100, 1)).AsksForReview);

    [Fact]
    public void It_says_why_in_words_and_that_nothing_stops()
        => Assert.Contains("nothing stops", Read((60, 2), (80, 2), (100, 1)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Rising_robot_use_with_more_steps_in_person_asks_for_nothing() => Assert.False(Read((60, 2), (80, 2), (100, 3)).AsksForReview);

    [Fact]
    public void A_small_rise_is_none() => Assert.False(Read((60, 2), (70, 2), (89, 2)).AsksForReview);

    [Fact]
    public void Robot_use_that_falls_on_the_way_does_not_rise() => Assert.False(Read((60, 2), (50, 2), (100, 2)).AsksForReview);

    [Fact]
    public void With_too_few_periods_nothing_is_asked() => Assert.False(Read((60, 2), (100, 2)).AsksForReview);

    [Fact]
    public void Only_the_latest_periods_count() => Assert.True(Read((500, 9), (60, 2), (80, 2), (100, 1)).AsksForReview);

    [Fact]
    public void Periods_are_put_in_order()
    {
        RobotPeriod[] backwards = [.. Periods((60, 2), (80, 2), (100, 1)).Reverse()];

        Assert.True(RobotAgainstSteps.Read(backwards, Settings).AsksForReview);
    }

    [Fact]
    public void Robot_time_stands_against_steps_in_person()
    {
        var read = Read((60, 2), (80, 3));

        Assert.Equal((Duration.FromMinutes(140), 5), (read.RobotTime, read.InPersonSteps));
    }

    [Fact]
    public void It_never_cuts_off()
    {
        var rising = Read((60, 2), (80, 2), (100, 1));
        var plan = Active().Hold(new Review(
            default, ReviewOn, NamedStep.Of(Meet), [new("EP")], "Met.", 0, ReviewDecision.Stay, ReviewOn.PlusWeeks(4), Say(), rising, ActAt(1))).Value;

        Assert.Empty(PlanFacts.Of(plan, ReviewRules).WhyNotBook(ReviewOn));
    }

    private static RobotAgainstSteps Read(params (int Minutes, int Steps)[] periods) => RobotAgainstSteps.Read(Periods(periods), Settings);

    private static IEnumerable<RobotPeriod> Periods(params (int Minutes, int Steps)[] periods) => periods.Select((period, week) => new RobotPeriod(
        new DateInterval(Today.PlusWeeks(week), Today.PlusWeeks(week).PlusDays(6)), Duration.FromMinutes(period.Minutes), period.Steps));
}

using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Reviews;

public sealed class Rule08BuiltToFadeTests
{
    private static readonly FadeSettings SixWeeks = new(periods: 6, smallestRise: Duration.FromMinutes(30));
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
    public void Robot_use_that_falls_does_not_rise() => Assert.False(Read((100, 2), (80, 2), (60, 2)).AsksForReview);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void One_week_without_the_robot_does_not_hide_a_rise(int week)
    {
        var minutes = new[] { 60, 80, 100, 120, 140, 160 };
        minutes[week] = 0;

        Assert.True(RobotAgainstSteps.Read(Periods([.. minutes.Select(minute => (minute, 2))]), SixWeeks).AsksForReview);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void One_week_with_much_of_the_robot_is_no_rise(int week)
    {
        var minutes = new[] { 60, 60, 60, 60, 60, 60 };
        minutes[week] = 300;

        Assert.False(RobotAgainstSteps.Read(Periods([.. minutes.Select(minute => (minute, 2))]), SixWeeks).AsksForReview);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void One_good_week_in_person_does_not_hide_that_steps_stall(int week)
    {
        var steps = new[] { 2, 2, 2, 2, 2, 2 };
        steps[week] = 4;

        Assert.True(RobotAgainstSteps.Read(Periods([.. steps.Select((count, number) => (60 + (20 * number), count))]), SixWeeks).AsksForReview);
    }

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

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void Neither_time_nor_steps_are_negative(int minutes, int steps)
        => Assert.Throws<ArgumentException>(() => new RobotPeriod(new DateInterval(Today, Today), Duration.FromMinutes(minutes), steps));

    [Theory]
    [InlineData(1, 30)]
    [InlineData(3, 0)]
    public void A_rise_is_some_time_from_one_period_to_another(int periods, int minutes)
        => Assert.Throws<ArgumentException>(() => new FadeSettings(periods, Duration.FromMinutes(minutes)));

    [Fact]
    public void It_is_among_what_needs_the_key_adult()
    {
        var item = Assert.Single(SeeAt(Today.PlusWeeks(3), RobotUseRises.In(Active(), Read((60, 2), (80, 2), (100, 1)))));

        Assert.Equal(Urgency.Soon, item.Urgency);
        Assert.StartsWith("The robot is used more and more", item.Reason, StringComparison.Ordinal);
        Assert.StartsWith("Hold a review", item.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    public void After_the_grace_it_is_among_what_needs_the_lead(int daysAfter, int items)
    {
        var need = RobotUseRises.In(Active(), Read((60, 2), (80, 2), (100, 1)))!; // it asks for a review

        Assert.Equal(items, NeedsMe.For(Lead, [need], need.Since.PlusDays(daysAfter).AtMidnight(), OverviewSettings.Default).Count);
    }

    [Fact]
    public void It_needs_nobody_when_nothing_is_asked_for() => Assert.Null(RobotUseRises.In(Active(), Read((60, 2), (80, 2), (100, 3))));

    [Fact]
    public void It_needs_nobody_once_a_review_was_held()
        => Assert.Null(RobotUseRises.In(Active().Hold(ReviewOf(heldOn: Today.PlusWeeks(3))).Value, Read((60, 2), (80, 2), (100, 1))));

    [Fact]
    public void A_review_from_before_does_not_settle_it()
        => Assert.NotNull(RobotUseRises.In(Active().Hold(ReviewOf(heldOn: Today.PlusWeeks(1))).Value, Read((60, 2), (80, 2), (100, 1))));

    [Fact]
    public void Of_a_closed_plan_nothing_is_asked()
        => Assert.Null(RobotUseRises.In(Active().Close(ActAt(1), Say()).Value, Read((60, 2), (80, 2), (100, 1))));

    [Fact]
    public void It_never_cuts_off()
    {
        var rising = Read((60, 2), (80, 2), (100, 1));
        var plan = Active().Hold(new Review(
            default, ReviewOn, NamedStep.Of(Meet), [new("EP")], "Met.", 0, ReviewDecision.Stay, ReviewOn.PlusWeeks(4), Say(), rising, ActAt(1))).Value;

        Assert.Empty(PlanFacts.Of(plan, ReviewRules).WhyNotBook(ReviewOn));
    }

    private static IReadOnlyList<OverviewItem> SeeAt(LocalDate today, Need? need)
        => NeedsMe.For(KeyAdult, need is null ? [] : [need], today.AtMidnight(), OverviewSettings.Default);

    private static RobotAgainstSteps Read(params (int Minutes, int Steps)[] periods) => RobotAgainstSteps.Read(Periods(periods), Settings);

    private static IEnumerable<RobotPeriod> Periods(params (int Minutes, int Steps)[] periods) => periods.Select((period, week) => new RobotPeriod(
        new DateInterval(Today.PlusWeeks(week), Today.PlusWeeks(week).PlusDays(6)), Duration.FromMinutes(period.Minutes), period.Steps));
}

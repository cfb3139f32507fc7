using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Reviews;

public sealed class Rule07ReviewsFallDueTests
{
    private static readonly ReviewSettings Settings = new(dueDaysBefore: 7, leadAfterDays: 5, longOverdueAfterDays: 20, longestGapWeeks: 13);

    [Fact]
    public void A_plan_without_a_next_review_date_is_not_activated()
        => Assert.Equal("plan.no-review-date", Assert.Single(Draft().Activate(null, Today, ReviewRules, [], ActAt(), Say()).Refusals).Code);

    [Fact]
    public void A_plan_whose_next_review_is_today_is_not_activated()
        => Assert.Equal("plan.review-date-past", Assert.Single(Draft().Activate(Today, Today, ReviewRules, [], ActAt(), Say()).Refusals).Code);

    [Fact]
    public void An_active_plan_without_a_review_date_can_not_even_be_restored()
        => Assert.Throws<ArgumentException>(() => new SupportPlan(
            new PlanId(Id(20)), Pupil, default, Goal, KeyAdult, Lead, StepLadder.FromListed([Meet]), PlanStatus.Active, null, [], [], [], [], Active().Changes[..1]));

    [Theory]
    [InlineData(-8, ReviewStanding.NotDue)]
    [InlineData(-7, ReviewStanding.Due)]
    [InlineData(0, ReviewStanding.Due)]
    [InlineData(1, ReviewStanding.OverdueForKeyAdult)]
    [InlineData(5, ReviewStanding.OverdueForKeyAdult)]
    [InlineData(6, ReviewStanding.OverdueForLead)]
    [InlineData(20, ReviewStanding.OverdueForLead)]
    [InlineData(21, ReviewStanding.LongOverdue)]
    [InlineData(400, ReviewStanding.LongOverdue)]
    public void A_review_grows_more_urgent_by_the_authoritys_days(int daysAfter, ReviewStanding standing)
        => Assert.Equal(standing, Active().StandingOfReview(ReviewOn.PlusDays(daysAfter), Settings));

    [Fact]
    public void A_plan_that_is_not_active_has_no_review_due() => Assert.Equal(ReviewStanding.NotDue, Draft().StandingOfReview(ReviewOn.PlusDays(400), Settings));

    [Fact]
    public void The_key_adult_sees_it_first() => Assert.Equal([KeyAdult], WhoSees(ReviewOn.PlusDays(1)));

    [Fact]
    public void Then_the_lead_sees_it_too() => Assert.Equal([KeyAdult, Lead], WhoSees(ReviewOn.PlusDays(6)));

    [Fact]
    public void Nobody_is_bothered_before_it_is_due() => Assert.Empty(WhoSees(ReviewOn.PlusDays(-8)));

    [Fact]
    public void An_overdue_review_does_not_stop_bookings() => Assert.Empty(WhyNotBook(Active(), ReviewOn.PlusDays(20)));

    [Fact]
    public void A_review_that_is_long_overdue_stops_bookings()
        => Assert.Equal("booking.review-overdue", Assert.Single(WhyNotBook(Active(), ReviewOn.PlusDays(21))).Code);

    [Fact]
    public void Once_it_is_reviewed_a_plan_can_book_again()
    {
        var late = ReviewOn.PlusDays(30);

        Assert.Empty(WhyNotBook(Active().Hold(ReviewOf(heldOn: late)).Value, late));
    }

    [Fact]
    public void A_draft_books_nothing() => Assert.Equal("booking.plan-not-active", Assert.Single(WhyNotBook(Draft(), Today)).Code);

    [Fact]
    public void A_closed_plan_books_nothing()
        => Assert.Equal("booking.plan-not-active", Assert.Single(WhyNotBook(Active().Close(ActAt(1), Say()).Value, Today)).Code);

    [Fact]
    public void A_review_sets_the_next_date()
    {
        var next = ReviewOn.PlusWeeks(3);

        Assert.Equal(next, Active().Hold(ReviewOf(next: next)).Value.NextReviewOn);
    }

    [Fact]
    public void A_review_that_ends_the_plan_closes_it() => Assert.Equal(PlanStatus.Closed, Active().Hold(ReviewOf(decision: ReviewDecision.End)).Value.Status);

    [Fact]
    public void A_review_is_brought_forward() => Assert.Equal(Today, Active().BringReviewForward(Today, Today, ActAt(), Say()).Value.NextReviewOn);

    [Fact]
    public void A_draft_has_no_review_to_bring_forward()
        => Assert.Equal("plan.not-active", Assert.Single(Draft().BringReviewForward(Today, Today, ActAt(), Say()).Refusals).Code);

    [Fact]
    public void A_review_is_not_put_off()
        => Assert.Equal("plan.review-only-earlier", Assert.Single(Active().BringReviewForward(ReviewOn.PlusDays(1), Today, ActAt(), Say()).Refusals).Code);

    [Fact]
    public void A_review_is_not_brought_forward_into_the_past()
        => Assert.Equal("plan.review-date-past", Assert.Single(Active().BringReviewForward(Today.PlusDays(-1), Today, ActAt(), Say()).Refusals).Code);

    [Fact]
    public void A_review_in_the_future_is_not_held()
        => Assert.Equal("review.in-future", Assert.Single(Active().HoldReview(ReviewOf(), ReviewOn.PlusDays(-1), Settings).Refusals).Code);

    [Fact]
    public void The_next_review_is_at_most_the_authoritys_weeks_after_this_one()
        => Assert.Equal(
            "plan.review-too-far", Assert.Single(Active().HoldReview(ReviewOf(next: ReviewOn.PlusWeeks(13).PlusDays(1)), ReviewOn, Settings).Refusals).Code);

    [Fact]
    public void The_next_review_may_be_the_authoritys_weeks_after_this_one()
        => Assert.False(Active().HoldReview(ReviewOf(next: ReviewOn.PlusWeeks(13)), ReviewOn, Settings).IsRefused);

    [Fact]
    public void A_plan_whose_next_review_is_too_far_ahead_is_not_activated()
        => Assert.Equal(
            "plan.review-too-far",
            Assert.Single(Draft().Activate(Today.PlusWeeks(13).PlusDays(1), Today, Settings, [], ActAt(), Say()).Refusals).Code);

    [Fact]
    public void There_is_some_time_between_two_reviews() => Assert.Throws<ArgumentException>(() => new ReviewSettings(7, 5, 20, longestGapWeeks: 0));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(7, -1)]
    public void Days_are_not_negative(int dueDaysBefore, int leadAfterDays)
        => Assert.Throws<ArgumentException>(() => new ReviewSettings(dueDaysBefore, leadAfterDays, 20, longestGapWeeks: 13));

    [Fact]
    public void The_lead_is_told_before_bookings_stop() => Assert.Throws<ArgumentException>(() => new ReviewSettings(7, leadAfterDays: 10, longOverdueAfterDays: 9, longestGapWeeks: 13));

    /// <summary>As a booking is checked.</summary>
    private static IEnumerable<Refusal> WhyNotBook(SupportPlan plan, LocalDate date) => PlanFacts.Of(plan, Settings).WhyNotBook(date);

    /// <summary>As each finds it in the list of what needs them.</summary>
    private static IEnumerable<PersonId> WhoSees(LocalDate today) => new[] { KeyAdult, Lead }.Where(person => NeedsMe.For(
        person, [ReviewDue.In(Active(), Settings)!], today.AtMidnight(), OverviewSettings.Default).Count > 0); // it is active, so one falls due
}

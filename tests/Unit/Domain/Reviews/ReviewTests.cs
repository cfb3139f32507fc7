using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Reviews;

public sealed class ReviewTests
{
    [Fact]
    public void Everything_that_is_missing_is_told_at_once()
        => Assert.Equal(
            ["review.nobody-came", "review.nothing-tried", "review.outcome-out-of-range", "plan.pupil-not-heard", "plan.no-review-date"],
            Codes(Write([], "", 3, ReviewDecision.Stay, null, null)));

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void The_outcome_reaches_from_minus_two_to_plus_two(int outcome)
        => Assert.Equal(outcome, Write([new("EP")], "Met.", outcome, ReviewDecision.Stay, ReviewOn.PlusDays(1), Say()).Value.Outcome);

    [Fact]
    public void The_next_review_is_after_this_one()
        => Assert.Equal(["review.next-not-later"], Codes(Write([new("EP")], "Met.", 0, ReviewDecision.Fade, ReviewOn, Say())));

    [Fact]
    public void A_plan_that_ends_has_no_next_review()
        => Assert.Equal(["review.ends-and-goes-on"], Codes(Write([new("EP")], "Met.", 0, ReviewDecision.End, ReviewOn.PlusDays(1), Say())));

    [Fact]
    public void A_review_that_misses_something_can_not_be_made()
        => Assert.Throws<ArgumentException>(() => new Review(
            default, ReviewOn, NamedStep.Of(Meet), [], "Met.", 0, ReviewDecision.Stay, ReviewOn.PlusDays(1), Say(), NoRobotYet, ActAt()));

    [Fact]
    public void Whoever_came_has_a_role() => Assert.Throws<ArgumentException>(() => new ReviewParticipant(" "));

    [Fact]
    public void A_draft_is_not_reviewed() => Assert.Equal("plan.not-active", Assert.Single(Draft().Hold(ReviewOf()).Refusals).Code);

    [Fact]
    public void A_review_is_recorded_once()
        => Assert.Equal("review.recorded-already", Assert.Single(Active().Hold(ReviewOf()).Value.Hold(ReviewOf()).Refusals).Code);

    [Fact]
    public void A_review_does_not_come_before_one_that_is_recorded()
        => Assert.Equal(
            "review.earlier-than-last",
            Assert.Single(Active().Hold(ReviewOf()).Value.Hold(ReviewOf(31, ReviewOn.PlusDays(-1))).Refusals).Code);

    private static Outcome<Review> Write(
        ReviewParticipant[] participants, string tried, int outcome, ReviewDecision decision, LocalDate? next, PupilsSay? say)
        => Review.Write(new ReviewId(Id(30)), ReviewOn, NamedStep.Of(Meet), participants, tried, outcome, decision, next, say, NoRobotYet, ActAt());

    private static string[] Codes(Outcome<Review> outcome) => [.. outcome.Refusals.Select(refusal => refusal.Code)];
}

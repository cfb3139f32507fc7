using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class Rule09ConfidentialPartsTests
{
    private static readonly PlanSection Open = new(new SectionId(Id(50)), "What helps", "Quiet");
    private static readonly PlanSection Kept = new(new SectionId(Id(51)), "At home", "Only for school", isConfidential: true);

    [Fact]
    public void Confidential_parts_are_left_out_by_default() => Assert.Equal([Open], WithBoth().View().Sections);

    [Fact]
    public void Confidential_parts_are_there_for_who_asks_for_them_on_purpose() => Assert.Equal([Open, Kept], WithBoth().View(withConfidential: true).Sections);

    [Fact]
    public void A_part_can_be_marked_confidential_later() => Assert.Empty(WithBoth().MarkConfidential(Open.Id, ActAt(5)).Value.View().Sections);

    [Fact]
    public void A_part_of_a_closed_plan_can_still_be_marked()
        => Assert.Empty(WithBoth().Close(ActAt(4), Say()).Value.MarkConfidential(Open.Id, ActAt(5)).Value.View().Sections);

    [Fact]
    public void Marking_is_kept_in_the_history()
        => Assert.Equal(PlanChangeKind.MarkedConfidential, WithBoth().MarkConfidential(Open.Id, ActAt(5)).Value.Changes[^1].Kind);

    [Fact]
    public void A_confidential_review_is_left_out_and_so_is_what_the_pupil_said_in_it()
    {
        var said = Say("Only for the people in this room.");
        var view = Active().Hold(ReviewOf(say: said, isConfidential: true)).Value.View();

        Assert.Empty(view.Reviews);
        Assert.DoesNotContain(said, view.PupilsSays);
    }

    [Fact]
    public void A_review_can_be_marked_confidential_later()
    {
        var review = ReviewOf();

        Assert.Empty(Active().Hold(review).Value.MarkConfidential(review.Id, ActAt(300)).Value.View().Reviews);
    }

    [Fact]
    public void What_the_pupil_said_in_confidence_is_left_out()
        => Assert.DoesNotContain("private", Active().ChangePeople(Lead, Lead, ActAt(1), Say("private", isConfidential: true)).Value.View().PupilsSays.Select(say => say.Words));

    [Fact]
    public void What_the_pupil_said_in_confidence_in_an_open_review_is_left_out()
        => Assert.Null(Assert.Single(Active().Hold(ReviewOf(say: Say("private", isConfidential: true))).Value.View().Reviews).Say);

    [Fact]
    public void A_confidential_part_that_is_written_again_stays_confidential()
        => Assert.Equal([Open], WithBoth().WriteSection(new PlanSection(Kept.Id, "At home", "Rewritten"), ActAt(5), Say()).Value.View().Sections);

    [Fact]
    public void A_part_is_not_opened_up_without_the_pupils_say()
        => Assert.Equal("plan.pupil-not-heard", Assert.Single(WithBoth().OpenUp(Kept.Id, ActAt(5), null).Refusals).Code);

    [Fact]
    public void A_part_is_opened_up_with_the_pupils_say()
        => Assert.Equal(Kept.Id, WithBoth().OpenUp(Kept.Id, ActAt(5), Say()).Value.View().Sections[^1].Id);

    [Fact]
    public void A_part_of_a_closed_plan_is_not_opened_up()
        => Assert.Equal("plan.closed", Assert.Single(WithBoth().Close(ActAt(4), Say()).Value.OpenUp(Kept.Id, ActAt(5), Say()).Refusals).Code);

    [Fact]
    public void A_review_is_not_opened_up_without_the_pupils_say()
    {
        var review = ReviewOf(isConfidential: true);

        Assert.Equal("plan.pupil-not-heard", Assert.Single(Active().Hold(review).Value.OpenUp(review.Id, ActAt(300), null).Refusals).Code);
    }

    [Fact]
    public void What_the_pupil_said_when_a_part_was_written_is_left_out_as_it_may_quote_a_confidential_one()
        => Assert.DoesNotContain("about home", WrittenWith("about home").View().PupilsSays.Select(say => say.Words));

    [Fact]
    public void What_the_pupil_said_when_a_part_was_opened_up_is_left_out_as_it_may_quote_another()
        => Assert.DoesNotContain("about home", WithBoth().OpenUp(Kept.Id, ActAt(5), Say("about home")).Value.View().PupilsSays.Select(say => say.Words));

    [Fact]
    public void What_the_pupil_said_when_a_part_was_written_is_there_for_who_asks_for_confidential_parts()
        => Assert.Contains("about home", WrittenWith("about home").View(withConfidential: true).PupilsSays.Select(say => say.Words));

    [Fact]
    public void A_confidential_part_that_is_taken_out_does_not_come_back_as_an_open_one()
    {
        var without = WithBoth().RemoveSection(Kept.Id, ActAt(5), Say()).Value;

        Assert.Equal(
            "plan.section-removed", Assert.Single(without.WriteSection(new PlanSection(Kept.Id, "At home", "Now open"), ActAt(6), Say()).Refusals).Code);
    }

    [Fact]
    public void A_removed_part_that_is_there_can_not_even_be_restored()
    {
        var plan = WithBoth();

        Assert.Throws<ArgumentException>(() => new SupportPlan(
            plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, plan.Ladder, plan.Status, plan.NextReviewOn,
            plan.Sections, [Kept.Id], plan.Moves, plan.Reviews, plan.Changes));
    }

    [Fact]
    public void A_part_that_is_not_there_is_neither_removed_nor_marked_nor_opened_up()
    {
        var none = new SectionId(Id(59));

        Assert.All(
            new[] { WithBoth().RemoveSection(none, ActAt(5), Say()), WithBoth().MarkConfidential(none, ActAt(5)), WithBoth().OpenUp(none, ActAt(5), Say()) },
            outcome => Assert.Equal("plan.no-such-section", Assert.Single(outcome.Refusals).Code));
    }

    [Fact]
    public void A_review_that_is_not_there_is_neither_marked_nor_opened_up()
    {
        var none = new ReviewId(Id(59));

        Assert.All(
            new[] { WithBoth().MarkConfidential(none, ActAt(5)), WithBoth().OpenUp(none, ActAt(5), Say()) },
            outcome => Assert.Equal("review.not-found", Assert.Single(outcome.Refusals).Code));
    }

    [Fact]
    public void A_review_is_opened_up_with_the_pupils_say()
    {
        var review = ReviewOf(isConfidential: true);

        Assert.Single(Active().Hold(review).Value.OpenUp(review.Id, ActAt(300), Say()).Value.View().Reviews);
    }

    private static SupportPlan WrittenWith(string words) => Active().WriteSection(Kept, ActAt(1), Say(words)).Value;

    private static SupportPlan WithBoth() => Active().WriteSection(Open, ActAt(1), Say()).Value.WriteSection(Kept, ActAt(2), Say()).Value;
}

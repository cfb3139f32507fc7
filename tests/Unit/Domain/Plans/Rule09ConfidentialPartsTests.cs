using AV1Relay.Domain.Plans;
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
    public void A_part_can_be_marked_confidential_later() => Assert.Empty(WithBoth().MarkConfidential(Open.Id, true, ActAt(5)).Value.View().Sections);

    [Fact]
    public void A_part_of_a_closed_plan_can_still_be_marked()
        => Assert.Empty(WithBoth().Close(ActAt(4), Say()).Value.MarkConfidential(Open.Id, true, ActAt(5)).Value.View().Sections);

    [Fact]
    public void Marking_is_kept_in_the_history()
        => Assert.Equal(PlanChangeKind.Confidentiality, WithBoth().MarkConfidential(Open.Id, true, ActAt(5)).Value.Changes[^1].Kind);

    [Fact]
    public void A_confidential_review_is_left_out_and_so_is_what_the_pupil_said_in_it()
    {
        var said = Say("Only for the people in this room.");
        var view = Active().HoldReview(ReviewOf(say: said, isConfidential: true)).Value.View();

        Assert.Empty(view.Reviews);
        Assert.DoesNotContain(said, view.PupilsSays);
    }

    [Fact]
    public void A_review_can_be_marked_confidential_later()
    {
        var review = ReviewOf();

        Assert.Empty(Active().HoldReview(review).Value.MarkConfidential(review.Id, true, ActAt(300)).Value.View().Reviews);
    }

    [Fact]
    public void What_the_pupil_said_in_confidence_is_left_out()
        => Assert.DoesNotContain("private", Active().ChangePeople(Lead, Lead, ActAt(1), Say("private", isConfidential: true)).Value.View().PupilsSays.Select(say => say.Words));

    [Fact]
    public void What_the_pupil_said_in_confidence_in_an_open_review_is_left_out()
        => Assert.Null(Assert.Single(Active().HoldReview(ReviewOf(say: Say("private", isConfidential: true))).Value.View().Reviews).Say);

    private static SupportPlan WithBoth() => Active().WriteSection(Open, ActAt(1), Say()).Value.WriteSection(Kept, ActAt(2), Say()).Value;
}

using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class SupportPlanTests
{
    [Fact]
    public void A_goal_is_named_and_so_is_the_place_in_person() => Assert.Throws<ArgumentException>(() => new InPersonGoal("Art club", " "));

    [Fact]
    public void A_pupil_has_one_active_plan()
    {
        var other = new SupportPlan(
            new PlanId(Id(99)), Pupil, default, Goal, KeyAdult, Lead, StepLadder.FromListed([Meet]), PlanStatus.Active, ReviewOn, [], [], [], [], Active().Changes[..1]);

        Assert.Equal("plan.another-active", Assert.Single(Draft().Activate(ReviewOn, Today, ReviewRules, [other], ActAt(), Say()).Refusals).Code);
    }

    [Fact]
    public void Another_pupils_active_plan_does_not_stand_in_the_way()
    {
        var other = new SupportPlan(
            new PlanId(Id(99)), new PupilId(Id(98)), default, Goal, KeyAdult, Lead, StepLadder.FromListed([Meet]), PlanStatus.Active, ReviewOn, [], [], [], [], Active().Changes[..1]);

        Assert.False(Draft().Activate(ReviewOn, Today, ReviewRules, [other], ActAt(), Say()).IsRefused);
    }

    [Fact]
    public void Another_draft_of_the_pupil_does_not_stand_in_the_way()
    {
        var other = SupportPlan.Draft(new PlanId(Id(99)), Pupil, default, Goal, KeyAdult, Lead, StepLadder.FromListed([Meet]), ActAt(), Say()).Value;

        Assert.False(Draft().Activate(ReviewOn, Today, ReviewRules, [other], ActAt(), Say()).IsRefused);
    }

    [Fact]
    public void A_plan_that_is_active_is_not_activated_again()
    {
        var plan = Active();

        Assert.Equal("plan.active-already", Assert.Single(plan.Activate(ReviewOn, Today, ReviewRules, [plan], ActAt(), Say()).Refusals).Code);
    }

    private static readonly PlanSection Part = new(new SectionId(Id(50)), "What helps", "Quiet");
    private static readonly Review Held = ReviewOf();
    private static readonly Dictionary<string, Func<SupportPlan, Outcome<SupportPlan>>> Changes = new()
    {
        ["activate"] = plan => plan.Activate(ReviewOn, Today, ReviewRules, [], ActAt(2), Say()),
        ["goal"] = plan => plan.ChangeGoal(new InPersonGoal("Lunch", "The hall"), ActAt(2), Say()),
        ["people"] = plan => plan.ChangePeople(Lead, Lead, ActAt(2), Say()),
        ["up"] = plan => plan.StepUp(PupilAgrees(2), KeyAdultAgrees(2), ActAt(2), Say()),
        ["down"] = plan => plan.StepDown(ActAt(2), Say()),
        ["add"] = plan => plan.AddStep(StepOf(14, "Club", 3), ActAt(2), Say()),
        ["change"] = plan => plan.ChangeStep(StepOf(12, "Watch music", 4), ActAt(2), Say()),
        ["split"] = plan => plan.SplitStep(Visit.Id, [StepOf(15, "Part", 3), StepOf(16, "Part", 4)], ActAt(2), Say()),
        ["remove"] = plan => plan.RemoveStep(Visit.Id, ActAt(2), Say()),
        ["reorder"] = plan => plan.ReorderSteps([new(Meet.Id, 2), new(Visit.Id, 3), new(Watch.Id, 4)], ActAt(2), Say()),
        ["write"] = plan => plan.WriteSection(new PlanSection(new SectionId(Id(51)), "At home", ""), ActAt(2), Say()),
        ["remove part"] = plan => plan.RemoveSection(Part.Id, ActAt(2), Say()),
        ["open up"] = plan => plan.OpenUp(Part.Id, ActAt(2), Say()),
        ["open up review"] = plan => plan.OpenUp(Held.Id, ActAt(2), Say()),
        ["review"] = plan => plan.Hold(ReviewOf(31, ReviewOn.PlusWeeks(1))),
        ["review date"] = plan => plan.BringReviewForward(Today, Today, ActAt(2), Say()),
        ["close"] = plan => plan.Close(ActAt(2), Say()),
    };

    public static TheoryData<string> EachChange => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(EachChange))]
    public void A_closed_plan_changes_no_more(string change)
    {
        var closed = Active().UpAt(1).WriteSection(Part, ActAt(1), Say()).Value.Hold(Held).Value.Close(ActAt(1), Say()).Value;

        Assert.Contains("plan.closed", Changes[change](closed).Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public void A_section_is_in_its_plan_once() => Assert.Throws<ArgumentException>(() => Restored(sections: [Part, Part]));

    [Fact]
    public void A_review_is_in_its_plan_once() => Assert.Throws<ArgumentException>(() => Restored(reviews: [Held, Held]));

    [Theory]
    [InlineData(PlanStatus.Draft)]
    [InlineData(PlanStatus.Closed)]
    public void A_plan_that_is_not_active_has_no_review_date(PlanStatus status) => Assert.Throws<ArgumentException>(() => Restored(status));

    [Fact]
    public void A_change_is_kept_with_who_and_when_and_why()
    {
        var act = new Act(Lead, After(3), "The pupil asked for it.");

        Assert.Equal(act, Active().ChangePeople(Lead, Lead, act, Say()).Value.Changes[^1].Act);
    }

    [Fact]
    public void A_plan_is_rebuilt_from_what_was_kept()
    {
        var plan = Active().UpAt(1).Hold(ReviewOf()).Value;

        var rebuilt = new SupportPlan(
            plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, new StepLadder(plan.Ladder.Steps, plan.Ladder.Current.Id),
            plan.Status, plan.NextReviewOn, plan.Sections, plan.RemovedSections, plan.Moves, plan.Reviews, plan.Changes);

        Assert.Equal(plan.Ladder.Current, rebuilt.Ladder.Current);
        Assert.Equal(plan.Changes.AsEnumerable(), rebuilt.Changes.AsEnumerable());
        Assert.Equal((plan.Goal, plan.NextReviewOn, plan.Status), (rebuilt.Goal, rebuilt.NextReviewOn, rebuilt.Status));
    }

    private static SupportPlan Restored(PlanStatus status = PlanStatus.Active, ImmutableArray<PlanSection> sections = default, ImmutableArray<Review> reviews = default)
    {
        var plan = Active();
        return new SupportPlan(
            plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, plan.Ladder, status, plan.NextReviewOn, sections, [], [], reviews, plan.Changes);
    }
}

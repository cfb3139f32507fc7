using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
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
            new PlanId(Id(99)), Pupil, default, Goal, KeyAdult, Lead, StepLadder.FromListed([Meet]), PlanStatus.Active, ReviewOn, [], [], [], []);

        Assert.Equal("plan.another-active", Assert.Single(Draft().Activate(ReviewOn, Today, ReviewRules, [other], ActAt(), Say()).Refusals).Code);
    }

    [Fact]
    public void Another_pupils_active_plan_does_not_stand_in_the_way()
    {
        var other = new SupportPlan(
            new PlanId(Id(99)), new PupilId(Id(98)), default, Goal, KeyAdult, Lead, StepLadder.FromListed([Meet]), PlanStatus.Active, ReviewOn, [], [], [], []);

        Assert.False(Draft().Activate(ReviewOn, Today, ReviewRules, [other], ActAt(), Say()).IsRefused);
    }

    [Fact]
    public void A_plan_that_is_active_is_not_activated_again()
    {
        var plan = Active();

        Assert.Equal("plan.active-already", Assert.Single(plan.Activate(ReviewOn, Today, ReviewRules, [plan], ActAt(), Say()).Refusals).Code);
    }

    [Fact]
    public void A_closed_plan_changes_no_more()
        => Assert.Equal("plan.closed", Assert.Single(Active().Close(ActAt(1), Say()).Value.AddStep(StepOf(14, "Club", 3), ActAt(2), Say()).Refusals).Code);

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
            plan.Status, plan.NextReviewOn, plan.Sections, plan.Moves, plan.Reviews, plan.Changes);

        Assert.Equal(plan.Ladder.Current, rebuilt.Ladder.Current);
        Assert.Equal(plan.Changes.AsEnumerable(), rebuilt.Changes.AsEnumerable());
        Assert.Equal((plan.Goal, plan.NextReviewOn, plan.Status), (rebuilt.Goal, rebuilt.NextReviewOn, rebuilt.Status));
    }
}

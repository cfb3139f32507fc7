using System.Collections.Immutable;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Plans;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

/// <summary>The plan's own history has old and new value of each change, in words: it can be erased with the plan.</summary>
public sealed class Rule11HistoryTests
{
    private static readonly PlanSection Helps = new(new SectionId(Id(50)), "What helps", "Quiet");

    [Fact]
    public void A_goal_is_kept_as_it_was_and_as_it_is()
        => Assert.Equal(
            [new ValueChange("goal", "Art club with two friends; The art room", "Lunch; The hall", isPersonal: true)],
            Last(Active().ChangeGoal(new InPersonGoal("Lunch", "The hall"), ActAt(1), Say()).Value));

    [Fact]
    public void A_key_adult_is_kept_by_id()
        => Assert.Equal(
            [new ValueChange("key adult", KeyAdult.ToString(), Lead.ToString(), isPersonal: false)],
            Last(Active().ChangePeople(Lead, Lead, ActAt(1), Say()).Value));

    [Fact]
    public void A_step_is_kept_with_all_that_it_says()
        => Assert.Equal(
            [
                new ValueChange(
                    "step",
                    "Watch art through the robot; feels 4; 20 minutes, 2 a week; School; The key adult; the robot may: see",
                    "Watch art through the robot; feels 4; 20 minutes, 2 a week; School; The key adult; without the robot",
                    isPersonal: true),
            ],
            Last(Active().ChangeStep(StepOf(12, Watch.Situation, 4), ActAt(1), Say()).Value));

    [Fact]
    public void A_new_order_is_kept_with_the_old_one()
        => Assert.Contains(
            new ValueChange(
                "ladder",
                "Meet the key adult in the park, Watch art through the robot, Sit in the empty art room",
                "Meet the key adult in the park, Sit in the empty art room, Watch art through the robot",
                isPersonal: true),
            Last(Active().ReorderSteps([new(Meet.Id, 2), new(Visit.Id, 3), new(Watch.Id, 4)], ActAt(1), Say()).Value));

    [Fact]
    public void A_split_of_the_pupils_step_says_where_the_pupil_is_now()
        => Assert.Contains(
            new ValueChange("current step", Meet.Id.ToString(), Id(15).ToString(), isPersonal: false),
            Last(Active().SplitStep(Meet.Id, [StepOf(15, "Door", 1), StepOf(16, "Room", 2)], ActAt(1), Say()).Value));

    [Fact]
    public void A_part_that_is_taken_out_is_kept_in_the_history()
        => Assert.Equal(
            [new ValueChange("part", "What helps\nQuiet", null, isPersonal: true)],
            Last(Active().WriteSection(Helps, ActAt(1), Say()).Value.RemoveSection(Helps.Id, ActAt(2), Say()).Value));

    [Fact]
    public void A_review_that_is_held_is_named_with_the_dates_that_it_changed()
        => Assert.Equal(
            [
                new ValueChange("next review", "2026-12-07", "2027-01-04", isPersonal: false),
                new ValueChange("review", null, Id(30).ToString(), isPersonal: false),
            ],
            Last(Active().Hold(ReviewOf()).Value));

    [Fact]
    public void A_draft_begins_with_all_that_it_says()
        => Assert.Equal(
            ["status", "key adult", "lead", "current step", "goal", "ladder", "step", "step", "step"], Last(Draft()).Select(value => value.Name));

    [Fact]
    public void Each_change_and_each_move_is_a_version_of_its_own()
    {
        var plan = Active().UpAt(1).ChangePeople(Lead, Lead, ActAt(2), Say()).Value.StepDown(ActAt(3), Say()).Value;

        Assert.Equal([1, 2, 4], plan.Changes.Select(change => change.Version));
        Assert.Equal([3, 5], plan.Moves.Select(move => move.Version));
        Assert.Equal(5, plan.Version);
    }

    [Fact]
    public void What_the_pupil_said_stands_in_the_order_of_versions_though_it_was_at_one_time()
        => Assert.Equal(
            ["Mornings are hard. Art is good.", "Mornings are hard. Art is good.", "enough", "done"],
            Active().UpAt(1).StepDown(ActAt(2), Say("enough")).Value.Close(ActAt(2), Say("done")).Value.PupilsSays.Select(say => say.Words));

    [Fact]
    public void A_plan_with_a_gap_in_its_history_can_not_be_restored()
    {
        var plan = Active().UpAt(1);

        Assert.Throws<ArgumentException>(() => new SupportPlan(
            plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, plan.Ladder, plan.Status, plan.NextReviewOn, [], [], plan.Moves, [], plan.Changes[1..]));
    }

    [Fact]
    public void A_plan_without_a_history_can_not_be_restored()
    {
        var plan = Active();

        Assert.Throws<ArgumentException>(() => new SupportPlan(
            plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, plan.Ladder, plan.Status, plan.NextReviewOn, [], [], [], [], []));
    }

    private static ImmutableArray<ValueChange> Last(SupportPlan plan) => plan.Changes[^1].Values;
}

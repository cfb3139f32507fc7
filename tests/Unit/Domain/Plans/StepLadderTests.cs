using System.Globalization;
using AV1Relay.Domain.Plans;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class StepLadderTests
{
    [Fact]
    public void Listed_situations_are_put_in_order_least_feared_first()
        => Assert.Equal([Meet, Watch, Visit], StepLadder.FromListed([Visit, Meet, Watch]).Steps);

    [Fact]
    public void Situations_that_feel_the_same_stay_as_listed()
    {
        var club = StepOf(14, "Club", 4);

        Assert.Equal([Meet, club, Watch], StepLadder.FromListed([club, Watch, Meet]).Steps);
    }

    [Fact]
    public void A_new_ladder_starts_at_the_least_feared_step() => Assert.Equal(Meet, StepLadder.FromListed([Visit, Meet]).Current);

    [Fact]
    public void A_ladder_without_steps_can_not_be_made() => Assert.Throws<ArgumentException>(() => StepLadder.FromListed([]));

    [Fact]
    public void A_ladder_whose_ratings_fall_can_not_be_made()
        => Assert.Throws<ArgumentException>(() => new StepLadder([Visit, Meet], Visit.Id));

    [Fact]
    public void A_step_is_on_its_ladder_once() => Assert.Throws<ArgumentException>(() => StepLadder.FromListed([Meet, Meet]));

    [Fact]
    public void The_current_step_is_on_the_ladder() => Assert.Throws<ArgumentException>(() => new StepLadder([Meet, Watch], Visit.Id));

    [Fact]
    public void An_added_step_goes_where_its_rating_belongs()
    {
        var club = StepOf(14, "Club", 4);

        Assert.Equal([Meet, Watch, club, Visit], Active().AddStep(club, ActAt(1), Say()).Value.Ladder.Steps);
    }

    [Fact]
    public void A_smaller_step_that_is_added_leaves_the_pupil_where_they_are()
        => Assert.Equal(Meet, Active().AddStep(StepOf(14, "Talk on the phone", 0), ActAt(1), Say()).Value.Ladder.Current);

    [Fact]
    public void A_draft_starts_at_its_least_feared_step_whatever_is_added()
    {
        var phone = StepOf(14, "Talk on the phone", 0);

        Assert.Equal(phone, Draft().AddStep(phone, ActAt(1), Say()).Value.Ladder.Current);
    }

    [Fact]
    public void A_step_that_is_there_is_not_added_again()
        => Assert.Equal("ladder.step-twice", Assert.Single(Active().AddStep(Watch, ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void A_step_with_another_rating_goes_where_that_belongs()
        => Assert.Equal(
            ["Meet the key adult in the park", "Sit in the empty art room", "Watch art through the robot"],
            Active().ChangeStep(StepOf(12, Watch.Situation, 9), ActAt(1), Say()).Value.Ladder.Steps.Select(step => step.Situation));

    [Fact]
    public void A_split_of_the_pupils_step_leaves_the_pupil_at_the_smallest_part()
    {
        Step door = StepOf(15, "At the door", 1), room = StepOf(16, "In the room", 2);

        var ladder = Active().SplitStep(Meet.Id, [room, door], ActAt(1), Say()).Value.Ladder;

        Assert.Equal([door, room, Watch, Visit], ladder.Steps);
        Assert.Equal(door, ladder.Current);
    }

    [Fact]
    public void A_ladder_that_was_kept_without_steps_is_none() => Assert.Throws<ArgumentException>(() => new StepLadder(default, Meet.Id));

    [Fact]
    public void A_step_that_is_not_there_is_neither_changed_nor_split_nor_removed()
    {
        var none = StepOf(59, "Gone", 3);

        Assert.All(
            new[]
            {
                Active().ChangeStep(none, ActAt(1), Say()),
                Active().SplitStep(none.Id, [StepOf(15, "Part", 3), StepOf(16, "Part", 3)], ActAt(1), Say()),
                Active().RemoveStep(none.Id, ActAt(1), Say()),
            },
            outcome => Assert.Equal("ladder.no-such-step", Assert.Single(outcome.Refusals).Code));
    }

    [Fact]
    public void A_split_makes_two_or_more_steps()
        => Assert.Equal(
            "ladder.split-into-one", Assert.Single(Active().SplitStep(Watch.Id, [StepOf(15, "Part", 3)], ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void A_split_makes_no_step_that_is_rated_higher()
        => Assert.Equal(
            "ladder.split-is-bigger",
            Assert.Single(Active().SplitStep(Watch.Id, [StepOf(15, "Part", 3), StepOf(16, "Part", 5)], ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void Parts_of_a_split_are_steps_of_their_own()
        => Assert.Equal(
            "ladder.step-twice",
            Assert.Single(Active().SplitStep(Watch.Id, [StepOf(15, "Part", 3), StepOf(15, "Part", 3)], ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void A_step_is_removed_where_the_pupil_is_not()
        => Assert.Equal([Meet, Visit], Active().RemoveStep(Watch.Id, ActAt(1), Say()).Value.Ladder.Steps);

    [Fact]
    public void The_step_where_the_pupil_is_stays()
        => Assert.Equal("ladder.pupil-is-here", Assert.Single(Active().RemoveStep(Meet.Id, ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void In_a_draft_nobody_is_at_a_step_yet()
        => Assert.Equal(Watch, Draft().RemoveStep(Meet.Id, ActAt(1), Say()).Value.Ladder.Current);

    [Fact]
    public void The_last_step_stays() => Assert.Equal("ladder.last-step", Assert.Single(Draft(Meet).RemoveStep(Meet.Id, ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void Steps_are_reordered_with_the_ratings_that_they_have_there()
    {
        var reordered = Active().ReorderSteps([new(Visit.Id, 1), new(Meet.Id, 2), new(Watch.Id, 4)], ActAt(1), Say()).Value.Ladder;

        Assert.Equal([Visit.Id, Meet.Id, Watch.Id], reordered.Steps.Select(step => step.Id));
        Assert.Equal(Meet.Id, reordered.Current.Id);
    }

    [Fact]
    public void An_order_in_which_ratings_fall_is_refused()
        => Assert.Equal(
            "ladder.ratings-fall",
            Assert.Single(Active().ReorderSteps([new(Visit.Id, 7), new(Meet.Id, 2), new(Watch.Id, 4)], ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void An_order_of_other_steps_is_refused()
        => Assert.Equal("ladder.other-steps", Assert.Single(Active().ReorderSteps([new(Meet.Id, 2), new(Meet.Id, 2), new(Watch.Id, 4)], ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void Whatever_is_done_to_a_ladder_its_ratings_never_fall_and_no_change_moves_the_pupil_to_a_step_that_is_rated_higher()
    {
        var random = new Random(20261109);
        var plan = Active().UpAt(1);
        for (var turn = 2; turn < 2_000; turn++)
        {
            var before = plan.Ladder;
            var any = before.Steps[random.Next(before.Steps.Length)];
            var part = StepOf(turn * 10, turn.ToString(CultureInfo.InvariantCulture), random.Next(11));
            var outcome = random.Next(5) switch
            {
                0 => plan.AddStep(part, ActAt(turn), Say()),
                1 => plan.SplitStep(any.Id, [part, StepOf(turn * 10 + 1, "other part", random.Next(11))], ActAt(turn), Say()),
                2 => plan.RemoveStep(any.Id, ActAt(turn), Say()),
                3 => plan.StepDown(ActAt(turn), Say()),
                _ => plan.ReorderSteps([.. before.Steps.OrderBy(_ => random.Next()).Select(step => new RatedStep(step.Id, step.ExpectedRating))], ActAt(turn), Say()),
            };
            if (!outcome.TryGet(out var next, out _)) continue;
            plan = next;
            Assert.True(plan.Ladder.Current.ExpectedRating <= before.Current.ExpectedRating);
            Assert.True(plan.Ladder.Steps.Zip(plan.Ladder.Steps.Skip(1)).All(pair => pair.First.ExpectedRating <= pair.Second.ExpectedRating));
        }
    }
}

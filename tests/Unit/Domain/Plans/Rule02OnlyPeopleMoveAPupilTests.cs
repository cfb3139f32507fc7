using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Sessions;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class Rule02OnlyPeopleMoveAPupilTests
{
    [Fact]
    public void Pupil_and_key_adult_step_up_together() => Assert.Equal(Watch, Active().UpAt(5).Ladder.Current);

    [Fact]
    public void A_pupil_who_has_not_agreed_stays_on_the_same_step()
        => Assert.Equal(["ladder.pupil-has-not-agreed"], Codes(Active(), pupil: null, KeyAdultAgrees(5)));

    [Fact]
    public void A_pupil_whose_key_adult_has_not_agreed_stays_on_the_same_step()
        => Assert.Equal(["ladder.key-adult-has-not-agreed"], Codes(Active(), PupilAgrees(5), keyAdult: null));

    [Fact]
    public void All_that_stands_in_the_way_is_told_at_once()
        => Assert.Equal(
            ["plan.not-active", "ladder.at-top", "ladder.pupil-has-not-agreed", "ladder.key-adult-has-not-agreed"], Codes(Draft(Meet), null, null));

    [Fact]
    public void Somebody_elses_agreement_is_not_the_pupils()
        => Assert.Equal(["ladder.pupil-has-not-agreed"], Codes(Active(), PupilAgrees(5) with { Who = Lead.ToString() }, KeyAdultAgrees(5)));

    [Fact]
    public void Another_adult_does_not_agree_for_the_key_adult()
        => Assert.Equal(["ladder.key-adult-has-not-agreed"], Codes(Active(), PupilAgrees(5), KeyAdultAgrees(5) with { Who = Lead.ToString() }));

    [Fact]
    public void A_parents_agreement_is_not_the_pupils()
        => Assert.Equal(
            ["ladder.pupil-has-not-agreed"], Codes(Active(), PupilAgrees(5) with { Capacity = AgreementCapacity.Parent }, KeyAdultAgrees(5)));

    [Fact]
    public void One_agreement_is_good_for_one_step_only()
    {
        var upAgain = Move(Meet, Watch);
        var plan = Active().UpAt(5).StepDown(ActAt(6), Say()).Value;

        Assert.Equal(["ladder.pupil-has-not-agreed", "ladder.key-adult-has-not-agreed"], Codes(plan, PupilAgrees(5, upAgain), KeyAdultAgrees(5, upAgain)));
    }

    public static TheoryData<AgreedTo> Others => new()
    {
        Move(Watch, Visit),
        Move(Meet, Visit),
        Move(Watch, Meet),
        new AgreedTo.Move(new PlanId(Id(99)), Meet.Id, Watch.Id),
        new AgreedTo.Session(new(Id(20))),
        new AgreedTo.ReducedTimetable(new(Id(20)), ReviewOn),
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_yes_of_the_pupil_to_something_else_is_none_to_this_step(AgreedTo other)
        => Assert.Equal(["ladder.pupil-has-not-agreed"], Codes(Active(), PupilAgrees(5, other), KeyAdultAgrees(5)));

    [Theory]
    [MemberData(nameof(Others))]
    public void A_yes_of_the_key_adult_to_something_else_is_none_to_this_step(AgreedTo other)
        => Assert.Equal(["ladder.key-adult-has-not-agreed"], Codes(Active(), PupilAgrees(5), KeyAdultAgrees(5, other)));

    public static TheoryData<AgreedTo> OtherSteps => new() { Move(Watch, Meet), Move(Meet, Visit), Move(Visit, Watch) };

    [Theory]
    [MemberData(nameof(OtherSteps))]
    public void A_move_up_agreed_to_as_another_can_not_even_be_restored(AgreedTo other)
        => Assert.Throws<ArgumentException>(() => new StepMove(
            3, StepDirection.Up, NamedStep.Of(Meet), NamedStep.Of(Watch), ActAt(), [PupilAgrees(1), KeyAdultAgrees(1), PupilAgrees(1, other)], null));

    [Fact]
    public void Who_was_asked_about_going_back_is_kept_and_what_was_agreed_to_something_else_is_not()
    {
        Agreement back = PupilAgrees(2, Move(Watch, Meet)), other = KeyAdultAgrees(2);

        Assert.Equal([back], Active().UpAt(1).StepDown(ActAt(3), Say(), [back, other]).Value.Moves[^1].Agreements);
    }

    [Fact]
    public void A_key_adults_yes_from_before_the_last_move_does_not_count()
    {
        var plan = Active().UpAt(5).StepDown(ActAt(6), Say()).Value;

        Assert.Equal(["ladder.key-adult-has-not-agreed"], Codes(plan, PupilAgrees(7), KeyAdultAgrees(6)));
    }

    [Fact]
    public void A_new_yes_counts_after_going_back() => Assert.Empty(Codes(Active().UpAt(5).StepDown(ActAt(6), Say()).Value, PupilAgrees(7), KeyAdultAgrees(7)));

    [Fact]
    public void A_former_key_adult_does_not_agree_any_more()
        => Assert.Equal(
            ["ladder.key-adult-has-not-agreed"], Codes(Active().ChangePeople(Lead, Lead, ActAt(1), Say()).Value, PupilAgrees(5), KeyAdultAgrees(5)));

    [Fact]
    public void An_agreement_to_a_ladder_that_has_changed_since_does_not_count()
    {
        var changed = Active().AddStep(StepOf(14, "Club", 3), ActAt(6), Say()).Value;

        var up = Move(Meet, changed.Ladder.Above!); // the club

        Assert.Equal(["ladder.pupil-has-not-agreed"], Codes(changed, PupilAgrees(5, up), KeyAdultAgrees(7, up)));
    }

    [Fact]
    public void An_agreement_that_is_still_to_come_does_not_count()
        => Assert.Equal(["ladder.pupil-has-not-agreed"], Codes(Active(), PupilAgrees(99), KeyAdultAgrees(5)));

    [Fact]
    public void Above_the_top_step_there_is_none()
        => Assert.Contains("ladder.at-top", Codes(Active().UpAt(1).UpAt(2), PupilAgrees(5, Move(Watch, Visit)), KeyAdultAgrees(5, Move(Watch, Visit))));

    [Fact]
    public void Going_back_needs_no_reason_and_no_agreement() => Assert.Equal(Meet, Active().UpAt(1).StepDown(ActAt(2), Say()).Value.Ladder.Current);

    [Fact]
    public void Below_the_first_step_a_smaller_one_can_be_made()
        => Assert.Equal("ladder.at-first", Assert.Single(Active().StepDown(ActAt(1), Say()).Refusals).Code);

    [Fact]
    public void A_move_is_kept_with_who_and_when_and_the_agreements()
    {
        var move = Assert.Single(Active().UpAt(5).Moves);

        Assert.Equal((StepDirection.Up, NamedStep.Of(Meet), NamedStep.Of(Watch), ActAt(5)), (move.Direction, move.From, move.To, move.Act));
        Assert.Equal([PupilAgrees(5), KeyAdultAgrees(5)], move.Agreements);
    }

    [Fact]
    public void Old_moves_stay_readable_when_their_step_is_gone()
    {
        var plan = Active().UpAt(1).RemoveStep(Meet.Id, ActAt(2), Say()).Value;

        Assert.Equal(Meet.Situation, plan.Moves[0].From.Situation);
    }

    [Fact]
    public void A_move_up_without_agreements_can_not_even_be_restored()
        => Assert.All(
            new[] { PupilAgrees(1), KeyAdultAgrees(1) },
            alone => Assert.Throws<ArgumentException>(
                () => new StepMove(3, StepDirection.Up, NamedStep.Of(Meet), NamedStep.Of(Watch), ActAt(), [alone], null)));

    [Fact]
    public void A_review_that_decides_to_step_up_moves_nobody()
        => Assert.Equal(Meet, Active().Hold(ReviewOf(decision: ReviewDecision.StepUp)).Value.Ladder.Current);

    [Fact]
    public void No_suggestion_says_step_up()
        => Assert.Equal(["Repeat", "Split", "StepDown"], Enum.GetNames<SuggestionKind>());

    [Fact]
    public void An_agreement_from_before_the_plan_was_activated_does_not_count()
    {
        var plan = Draft().Activate(ReviewOn, Today, ReviewRules, [], ActAt(3), Say()).Value;

        Assert.Equal(["ladder.pupil-has-not-agreed"], Codes(plan, PupilAgrees(2), KeyAdultAgrees(5)));
    }

    [Fact]
    public void An_agreement_from_before_the_plan_was_drafted_does_not_count()
    {
        var plan = Active();
        var drafted = new SupportPlan(
            plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, plan.Ladder, plan.Status, plan.NextReviewOn,
            [], [], [], [], [new PlanChange(1, PlanChangeKind.Drafted, "Drafted the plan.", [], ActAt(3), Say())]);

        Assert.Equal(["ladder.key-adult-has-not-agreed"], Codes(drafted, PupilAgrees(5), KeyAdultAgrees(3)));
    }

    public static TheoryData<int, int, Capability?> More => new() { { 21, 2, Capability.See }, { 20, 3, Capability.See }, { 20, 2, Capability.See | Capability.Speak } };

    [Theory]
    [MemberData(nameof(More))]
    public void The_step_where_the_pupil_is_is_not_changed_to_ask_more(int minutes, int sessions, Capability? robot)
        => Assert.Equal(
            "ladder.asks-more", Assert.Single(Active().UpAt(1).ChangeStep(Sized(Watch.Id, minutes, sessions, robot), ActAt(2), Say()).Refusals).Code);

    [Theory]
    [MemberData(nameof(More))]
    public void The_step_where_the_pupil_is_is_not_split_into_one_that_asks_more(int minutes, int sessions, Capability? robot)
        => Assert.Equal(
            "ladder.asks-more",
            Assert.Single(Active().UpAt(1).SplitStep(
                Watch.Id, [Sized(new StepId(Id(60)), minutes, sessions, robot), Sized(new StepId(Id(61)), 5, 1, null)], ActAt(2), Say()).Refusals).Code);

    [Fact]
    public void A_step_in_person_where_the_pupil_is_does_not_become_one_with_the_robot()
        => Assert.Equal(
            "ladder.asks-more", Assert.Single(Active().ChangeStep(Sized(Meet.Id, 20, 2, Capability.None), ActAt(2), Say()).Refusals).Code);

    [Theory]
    [InlineData(20, 2, Capability.See)]
    [InlineData(5, 1, Capability.None)]
    [InlineData(5, 1, null)]
    public void The_step_where_the_pupil_is_may_always_ask_less(int minutes, int sessions, Capability? robot)
        => Assert.False(Active().UpAt(1).ChangeStep(Sized(Watch.Id, minutes, sessions, robot), ActAt(2), Say()).IsRefused);

    [Fact]
    public void A_step_where_the_pupil_is_not_may_ask_more()
        => Assert.False(Active().ChangeStep(Sized(Watch.Id, 60, 5, Capability.Speak), ActAt(2), Say()).IsRefused);

    [Fact]
    public void In_a_draft_the_first_step_may_still_ask_more()
        => Assert.False(Draft().ChangeStep(Sized(Meet.Id, 60, 5, Capability.Speak), ActAt(2), Say()).IsRefused);

    private static Step Sized(StepId id, int minutes, int sessions, Capability? robot) => new(
        id, "Art", 4, Duration.FromMinutes(minutes), sessions, "School", "The key adult",
        robot is { } flags ? new RobotUse(new CapabilitySet(flags)) : null);

    private static string[] Codes(SupportPlan plan, Agreement? pupil, Agreement? keyAdult)
        => [.. plan.StepUp(pupil, keyAdult, ActAt(10)).Refusals.Select(refusal => refusal.Code)];
}

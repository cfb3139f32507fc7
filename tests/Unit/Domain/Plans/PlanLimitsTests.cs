using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class PlanLimitsTests
{
    private static readonly Step[] FullLadder = [.. Enumerable.Range(0, PlanLimits.MostSteps).Select(number => StepOf(100 + number, $"Step {number}", number / 5))];

    [Fact]
    public void A_full_ladder_takes_no_step_more()
    {
        Assert.Equal(["ladder.too-many-steps"], Codes(Draft(FullLadder).AddStep(StepOf(90, "One more", 5), ActAt(1), Say())));
        Assert.Equal(
            ["ladder.too-many-steps"],
            Codes(Draft(FullLadder).SplitStep(FullLadder[^1].Id, [StepOf(91, "Half", 3), StepOf(92, "Whole", 4)], ActAt(1), Say())));
    }

    [Fact]
    public void A_longer_ladder_is_not_drafted_and_one_from_before_can_still_be_changed()
    {
        var longer = StepLadder.FromListed([.. FullLadder, StepOf(90, "One more", 9)]);
        Assert.Equal(
            ["ladder.too-many-steps"],
            Codes(SupportPlan.Draft(Draft().Id, Pupil, Draft().School, Goal, KeyAdult, Lead, longer, ActAt(), Say())));

        var plan = Draft();
        var kept = new SupportPlan(
            plan.Id, plan.Pupil, plan.School, plan.Goal, plan.KeyAdult, plan.Lead, longer, plan.Status, null, [], [], [], [], plan.Changes);
        Assert.False(kept.ChangeGoal(Goal, ActAt(1), Say()).IsRefused);
    }

    [Fact]
    public void A_step_lasts_and_is_tried_as_much_as_school_days_hold()
    {
        Assert.False(Draft().AddStep(Lasting(PlanLimits.MostMinutes, PlanLimits.MostAWeek), ActAt(1), Say()).IsRefused);
        Assert.Equal(["ladder.step-too-long"], Codes(Draft().AddStep(Lasting(PlanLimits.MostMinutes + 1, 1), ActAt(1), Say())));
        Assert.Equal(["ladder.step-too-often"], Codes(Draft().AddStep(Lasting(20, PlanLimits.MostAWeek + 1), ActAt(1), Say())));

        static Step Lasting(int minutes, int aWeek) =>
            new(new StepId(Guid.NewGuid()), "Stay", Step.HighestRating, NodaTime.Duration.FromMinutes(minutes), aWeek, "", "", null);
    }

    public static TheoryData<string, int> Texts => new()
    {
        { "situation", PlanLimits.LongestWords },
        { "goal", PlanLimits.LongestWords },
        { "place", PlanLimits.LongestName },
        { "part", PlanLimits.LongestPart },
        { "say", PlanLimits.LongestWords },
        { "tried", PlanLimits.LongestWords },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_has_its_longest(string text, int longest)
    {
        Assert.False(Write(text, new string('a', longest)).IsRefused);
        Assert.Equal(["plan.text-too-long"], Codes(Write(text, new string('a', longest + 1))));
    }

    [Fact]
    public void A_full_plan_grows_no_more_and_says_what_to_do()
    {
        var refusal = Assert.Single(Full().WriteSection(Part(999, PlanLimits.LongestPart), ActAt(2), Say()).Refusals);

        Assert.Equal("plan.too-big", refusal.Code);
        Assert.Contains("draft a new one", refusal.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_a_full_plan_smaller_protects_it_steps_down_or_ends_it_is_not_refused()
    {
        var full = Full();
        Assert.True(full.ChangeGoal(Goal, ActAt(2), Say(new string('a', PlanLimits.LongestWords))).IsRefused);

        Assert.False(full.RemoveSection(full.Sections[0].Id, ActAt(2), Say()).IsRefused);
        Assert.False(full.MarkConfidential(full.Sections[0].Id, ActAt(2)).IsRefused);
        Assert.False(full.StepDown(ActAt(2), Say(new string('a', PlanLimits.LongestWords))).IsRefused);
        Assert.False(full.Close(ActAt(2), Say(new string('a', PlanLimits.LongestWords))).IsRefused);
    }

    /// <summary>At its second step, so that there is one to go down to, and with no room for two pages more.</summary>
    private static SupportPlan Full()
    {
        var plan = Active().UpAt(1);
        for (var number = 0; ; number++)
        {
            var length = PlanLimits.LongestPart;
            var next = plan.WriteSection(Part(number, length), ActAt(1), Say("a"));
            if (next.IsRefused) break;
            plan = next.Value;
        }

        for (var number = 500; ; number++)
        {
            var next = plan.WriteSection(Part(number, 1_000), ActAt(1), Say("a"));
            if (next.IsRefused) return plan;
            plan = next.Value;
        }
    }

    private static PlanSection Part(int number, int length) => new(new SectionId(Id(1_000 + number)), "Part", new string('a', length));

    private static Outcome<SupportPlan> Write(string what, string text) => what switch
    {
        "situation" => Draft().AddStep(StepOf(90, text, 5), ActAt(1), Say()),
        "goal" => Draft().ChangeGoal(new InPersonGoal(text, "School"), ActAt(1), Say()),
        "place" => Draft().ChangeGoal(new InPersonGoal("Choir", text), ActAt(1), Say()),
        "part" => Draft().WriteSection(new PlanSection(new SectionId(Id(90)), "Mornings", text), ActAt(1), Say()),
        "say" => Draft().ChangeGoal(Goal, ActAt(1), Say(text)),
        "tried" => Active().Hold(new Review(
            new ReviewId(Id(90)), ReviewOn, NamedStep.Of(Meet), [new ReviewParticipant("pupil")], text, 1, ReviewDecision.Stay, ReviewOn.PlusWeeks(4), Say(),
            NoRobotYet, ActAt(100))),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static IEnumerable<string> Codes(Outcome<SupportPlan> outcome) => outcome.Refusals.Select(refusal => refusal.Code);
}

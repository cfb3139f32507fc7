using AV1Relay.Api.Staff;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Plans;
using AV1Relay.Tests.Unit.Domain.Plans;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Api.Staff;

public sealed class PlanMessagesTests
{
    private const char Widest = '漢'; // three bytes

    [Fact]
    public void What_the_pupil_said_to_plan_and_review_is_told()
    {
        var plan = Active().Hold(ReviewOf(say: Say("It is getting easier."))).Value;

        var written = PlanMessages.Write(new ReadPlan(plan.School, plan.View(), 3));

        Assert.Equal(["Mornings are hard. Art is good.", "Mornings are hard. Art is good."], written.PupilsSays.Select(say => say.Words));
        Assert.Equal(("after lunch", "art"), (Assert.Single(written.PupilsSays[0].Manageable), Assert.Single(written.PupilsSays[0].Motivating)));
        Assert.Equal("It is getting easier.", Assert.Single(written.Reviews).Say.Words);
    }

    [Fact]
    public void What_the_pupil_said_in_confidence_is_not()
    {
        var plan = Active().Hold(ReviewOf(say: Say("For you alone.", isConfidential: true))).Value.ChangeGoal(Goal, ActAt(200), Say("Nor this.", isConfidential: true)).Value;

        var written = PlanMessages.Write(new ReadPlan(plan.School, plan.View(), 4));

        Assert.Null(Assert.Single(written.Reviews).Say);
        Assert.DoesNotContain(written.PupilsSays, say => say.Words == "Nor this.");
    }

    /// <summary>As full as it gets, in the widest letters, and then stepped down from the top of the longest ladder with the longest words each time.</summary>
    [Fact]
    public void The_biggest_plan_there_can_be_fits_into_a_reply()
    {
        var plan = Active([.. Enumerable.Range(0, PlanLimits.MostSteps).Select(number => StepOf(100 + number, $"Step {number}", number / 5))]);
        while (plan.Ladder.Above is not null) plan = plan.UpAt(plan.Version);
        for (var number = 0; ; number++)
        {
            var part = new PlanSection(new SectionId(Id(1_000 + number)), "Part", new string(Widest, 1_000));
            if (plan.WriteSection(part, ActAt(100), LongestSay()).IsRefused) break;
            plan = plan.WriteSection(part, ActAt(100), LongestSay()).Value;
        }

        while (plan.Ladder.Below is not null) plan = plan.StepDown(ActAt(200), LongestSay()).Value;
        plan = plan.Close(ActAt(300), LongestSay()).Value;

        var size = PlanMessages.Write(new ReadPlan(plan.School, plan.View(withConfidential: true), plan.Version)).CalculateSize();
        Assert.InRange(size, StaffLimits.MaxReplyBytes / 2, StaffLimits.MaxReplyBytes);
    }

    private static PupilsSay LongestSay() => new(
        new string(Widest, PlanLimits.LongestWords),
        [.. Enumerable.Repeat(new string(Widest, PlanLimits.LongestName), PlanLimits.MostNamed)],
        [.. Enumerable.Repeat(new string(Widest, PlanLimits.LongestName), PlanLimits.MostNamed)]);
}

using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using AV1Relay.Storage.Records;
using AV1Relay.Tests.Unit.Domain.Booking;
using AV1Relay.Tests.Unit.Domain.Plans;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public sealed class RecordJsonTests
{
    [Fact]
    public void A_plan_with_everything_in_it_comes_back_as_it_was()
    {
        var plan = PlanFixture.Active().UpAt(10)
            .WriteSection(new PlanSection(new SectionId(PlanFixture.Id(40)), "Mornings", "Quiet start"), PlanFixture.ActAt(20), PlanFixture.Say("Yes \"please\" – ñ")).Value
            .Hold(PlanFixture.ReviewOf(decision: ReviewDecision.Stay)).Value;

        var document = RecordJson.Write(plan);
        var back = RecordJson.Read<SupportPlan>(document);

        Assert.Equal(document, RecordJson.Write(back));
        Assert.Equal(plan.Ladder.Current.Id, back.Ladder.Current.Id);
        Assert.Equal(plan.Changes.Length, back.Changes.Length);
        Assert.Equal(plan.Moves[0].Agreements.Length, back.Moves[0].Agreements.Length);
        Assert.Equal("Yes \"please\" – ñ", back.Changes[^2].Say?.Words);
    }

    [Theory]
    [InlineData(SessionState.Proposed)]
    [InlineData(SessionState.Agreed)]
    [InlineData(SessionState.Ready)]
    [InlineData(SessionState.Live)]
    [InlineData(SessionState.Ended)]
    [InlineData(SessionState.Reflected)]
    [InlineData(SessionState.Declined)]
    [InlineData(SessionState.Cancelled)]
    [InlineData(SessionState.Missed)]
    public void A_session_comes_back_in_the_state_it_was_in(SessionState state)
    {
        var document = RecordJson.Write(Bookable.In(state));

        var back = RecordJson.Read<ScheduledSession>(document);

        Assert.Equal(state, back.State);
        Assert.Equal(document, RecordJson.Write(back));
    }
}

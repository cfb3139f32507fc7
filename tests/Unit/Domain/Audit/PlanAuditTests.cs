using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Audit;

/// <summary>Domain rule 11 for plans: each change in the audit, with none of the words that may have to be erased.</summary>
public sealed class PlanAuditTests
{
    private const string Words = "Zebedee";
    private static readonly Act Wordy = new(KeyAdult, After(3), Words);
    private static readonly PlanSection Part = new(new SectionId(Id(50)), Words, Words);
    private static readonly Step Rung = StepOf(14, Words, 3);

    private static readonly Dictionary<string, SupportPlan> Changed = new()
    {
        ["plan.drafted"] = SupportPlan.Draft(
            new PlanId(Id(20)), Pupil, default, new InPersonGoal(Words, Words), KeyAdult, Lead, StepLadder.FromListed([Rung]), Wordy, Say(Words)).Value,
        ["plan.activated"] = Draft().Activate(ReviewOn, Today, ReviewRules, [], Wordy, Say(Words)).Value,
        ["plan.changed"] = Active().ChangeGoal(new InPersonGoal(Words, Words), Wordy, Say(Words)).Value,
        ["plan.changed "] = WithPart(),
        ["plan.changed  "] = WithPart().RemoveSection(Part.Id, Wordy, Say(Words)).Value,
        ["plan.people-changed"] = Active().ChangePeople(Lead, Lead, Wordy, Say(Words)).Value,
        ["plan.ladder-changed"] = Active().AddStep(Rung, Wordy, Say(Words)).Value,
        ["plan.confidential-marked"] = WithPart().MarkConfidential(Part.Id, Wordy).Value,
        ["plan.confidential-opened-up"] = WithPart().MarkConfidential(Part.Id, Wordy).Value.OpenUp(Part.Id, Wordy, Say(Words)).Value,
        ["review.brought-forward"] = Active().BringReviewForward(Today, Today, Wordy, Say(Words)).Value,
        ["review.held"] = Active().Hold(ReviewOf(say: Say(Words))).Value,
        ["plan.closed"] = Active().Close(Wordy, Say(Words)).Value,
        ["plan.stepped-up"] = Active().StepUp(PupilAgrees(2) with { Words = Words }, KeyAdultAgrees(2), Wordy, Say(Words)).Value,
        ["plan.stepped-down"] = Active().UpAt(2).StepDown(Wordy, Say(Words)).Value,
    };

    public static TheoryData<string> EachChange => [.. Changed.Keys];

    [Theory, MemberData(nameof(EachChange))]
    public void The_last_change_is_recorded_under_its_name(string slug) =>
        Assert.Equal(slug.Trim(), PlanAudit.OfLastChange(Changed[slug]).What.Value);

    [Theory, MemberData(nameof(EachChange))]
    public void No_words_of_anybody_are_in_it(string slug) =>
        Assert.DoesNotContain(Words, PlanAudit.OfLastChange(Changed[slug]).ToEntry().ToString(), StringComparison.Ordinal);

    [Theory, MemberData(nameof(EachChange))]
    public void Each_change_says_what_it_changed(string slug) => Assert.NotEmpty(PlanAudit.OfLastChange(Changed[slug]).Values);

    [Fact]
    public void For_each_kind_of_change_somebody_has_said_how_it_is_recorded() =>
        Assert.Equal(Enum.GetValues<PlanChangeKind>().Order(), Changed.Values.SelectMany(plan => plan.Changes).Select(change => change.Kind).Distinct().Order());

    [Fact]
    public void Dates_and_states_are_written_as_they_were_and_are() =>
        Assert.Equal(
            $"next review: \"2026-12-07\" → nothing; pupils say: nothing → version 3; status: \"Active\" → \"Closed\"", Detail(Active().Close(ActAt(1), Say()).Value));

    [Fact]
    public void Words_are_told_as_the_versions_that_hold_them() =>
        Assert.Equal(
            "goal: version 2 → version 3; pupils say: nothing → version 3; why: kept with the record",
            Detail(Active().ChangeGoal(new InPersonGoal("Lunch", "The hall"), Wordy, Say()).Value));

    [Fact]
    public void A_move_says_from_which_step_to_which() =>
        Assert.Equal(
            $"agreements: nothing → version 3; current step: \"{Meet.Id}\" → \"{Watch.Id}\"", Detail(Active().UpAt(1)));

    [Fact]
    public void A_part_that_is_marked_confidential_is_named_by_its_id() =>
        Assert.StartsWith($"confidential parts: nothing → \"{Part.Id}\"", Detail(Changed["plan.confidential-marked"]), StringComparison.Ordinal);

    private static string Detail(SupportPlan plan) => PlanAudit.OfLastChange(plan).ToEntry().Detail;

    private static SupportPlan WithPart() => Active().WriteSection(Part, Wordy, Say(Words)).Value;
}

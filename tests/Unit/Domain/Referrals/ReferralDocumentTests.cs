using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Referrals;
using AV1Relay.Tests.Unit.Domain.Plans;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Referrals.Given;

namespace AV1Relay.Tests.Unit.Domain.Referrals;

public sealed class ReferralDocumentTests
{
    private static readonly ReferralNames Names = new("A pupil", "A school", "The SENDCo");

    [Fact]
    public void The_pupil_comes_first_and_then_plan_reviews_contacts_and_ledger()
        => Assert.Equal(
            [
                "What is asked for, and why",
                "What the pupil says", "In the review, Monday 7 December 2026", "To the plan, Monday 14 December 2026",
                "Support plan", "Goal and ladder, Monday 14 December 2026", "What helps, Monday 14 December 2026",
                "Reviews", "Review, Monday 7 December 2026",
                "Reduced timetable", "Reduced timetable, Monday 12 January 2026",
                "Contacts", "Regular contact, Monday 14 December 2026",
                "Engagement with the robot (not attendance)", "Week by week, Monday 14 December 2026",
                "Professional advice", "Advice, Monday 9 November 2026",
            ],
            Headings(SignedOff()));

    [Theory]
    [InlineData("Quiet corners")] // the plan's text
    [InlineData("Goal, in person: Art club with two friends (The art room).")]
    [InlineData("Meet the key adult in the park")] // its ladder
    [InlineData("I like art.")] // what the pupil said in a review
    [InlineData("What was tried: Met twice in the park.")]
    [InlineData("Outcome: +1 of −2 to +2. Decided: stay at this step.")]
    [InlineData("Spoke about Monday.")] // contacts
    [InlineData("The parents: We can bring her at nine.")] // a reduced timetable
    [InlineData("From Monday 12 January 2026 to Friday 20 March 2026.")]
    [InlineData("Small steps.")] // advice
    [InlineData("20")] // minutes
    public void It_holds(string words) => Assert.Contains(words, Words(SignedOff()));

    [Fact]
    public void Confidential_parts_are_left_out()
        => Assert.DoesNotContain(Words(SignedOff()), words => words is "Only for school" or "Said in confidence.");

    [Theory]
    [InlineData("Only for school")]
    [InlineData("Said in confidence.")]
    public void Confidential_parts_are_in_it_where_somebody_asked_for_them_on_purpose(string words)
        => Assert.Contains(words, Words(Draft().Assemble(Sources(withConfidential: true), Assembly).Value));

    [Fact]
    public void Ratings_are_not_in_it() => Assert.DoesNotContain(Words(SignedOff()), words => words == "7"); // the step that is most feared

    [Fact]
    public void Where_nothing_is_recorded_it_says_so()
    {
        var nothing = new ReferralSources(
            PlanFixture.Draft().View(), new ContactLog(PlanFixture.Pupil, PlanFixture.Today, []).View(), new EngagementLedger(PlanFixture.Pupil), [], null, [], London);

        Assert.Equal(
            ["No next review is planned.", "No review is included.", "No contact is included.", "Nothing is recorded."],
            Draft().Assemble(nothing, Assembly).Value.Evidence.Where(item => item.Source is not EvidenceSource.PupilsSay).Select(item => item.Paragraphs[^1]));
    }

    [Fact]
    public void Another_pupils_contacts_are_no_evidence()
        => Assert.Throws<ArgumentException>(() => new ReferralSources(
            Plan.View(), new ContactLog(default, PlanFixture.Today, []).View(), Ledger, [], null, [], London));

    [Fact]
    public void Another_pupils_ledger_is_no_evidence()
        => Assert.Throws<ArgumentException>(() => new ReferralSources(Plan.View(), Log.View(), new EngagementLedger(default), [], null, [], London));

    [Fact]
    public void Another_pupils_reduced_timetable_is_no_evidence()
        => Assert.Throws<ArgumentException>(
            () => new ReferralSources(Plan.View(), Log.View(), Ledger, [Arrangements.Given.Active().View()], null, [], London));

    [Fact]
    public void A_draft_of_a_reduced_timetable_is_no_evidence()
        => Assert.DoesNotContain(
            Draft().Assemble(new(Plan.View(), Log.View(), Ledger, [DraftTimetable().View()], null, [], London), Assembly).Value.Evidence,
            item => item.Source == EvidenceSource.Arrangement);

    [Fact]
    public void Nobody_adds_words_in_the_place_of_a_record()
        => Assert.Throws<ArgumentException>(
            () => new ReferralSources(Plan.View(), Log.View(), Ledger, [], null, [Advice with { Source = EvidenceSource.Contact }], London));

    [Fact]
    public void Another_plan_is_no_evidence()
        => Assert.Throws<ArgumentException>(
            () => Referral.Draft(default, PlanFixture.Pupil, default, ReferralKind.InclusionService, "", Assembly).Assemble(Sources(), Assembly));

    [Fact]
    public void A_draft_says_that_it_is_one() => Assert.Equal("Draft: not signed off.", Standing(Assembled()));

    [Fact]
    public void It_says_who_signed_it_off_and_when()
        => Assert.Equal("Read and signed off by The SENDCo on Tuesday 15 December 2026.", Standing(SignedOff()));

    [Fact]
    public void It_says_when_it_was_sent_and_to_whom()
        => Assert.EndsWith("Sent to Inclusion service on Wednesday 16 December 2026.", Standing(Sent()), StringComparison.Ordinal);

    [Fact]
    public void It_says_of_which_day_its_evidence_is() => Assert.Contains("Monday 14 December 2026", Words(SignedOff()));

    [Fact]
    public void A_row_fits_its_table() => Assert.Throws<ArgumentException>(() => new DocumentBlock.Table(["Day", "How"], [["Monday"]]));

    private static IEnumerable<string> Headings(Referral referral)
        => Document(referral).Blocks.OfType<DocumentBlock.Heading>().Select(heading => heading.Text);

    private static IEnumerable<string> Words(Referral referral) => Document(referral).Blocks.SelectMany(block => block switch
    {
        DocumentBlock.Paragraph paragraph => [paragraph.Text],
        DocumentBlock.Table table => table.Rows.SelectMany(row => row),
        _ => Enumerable.Empty<string>(),
    });

    private static string Standing(Referral referral) => Assert.IsType<DocumentBlock.Paragraph>(Document(referral).Blocks[0]).Text;

    private static ReferralDocument Document(Referral referral) => ReferralDocument.Of(referral, Names, London);
}

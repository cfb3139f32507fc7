using AV1Relay.Domain.Referrals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Referrals;

public sealed class ReferralDocumentTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly ReferralNames Names = new("A pupil", "A school", "The SENDCo");

    [Fact]
    public void Parts_come_in_the_same_order_however_evidence_was_found()
    {
        var shuffled = Given.Draft().Assemble(Given.Evidence.Reverse(), Given.KeyAdult).Value;

        Assert.Equal(Headings(Given.Assembled()), Headings(shuffled));
    }

    [Fact]
    public void The_pupil_comes_first_and_reviews_in_the_order_of_their_dates()
        => Assert.Equal(
            [
                "What is asked for, and why",
                "What the pupil says", "In the review, 10 February 2026",
                "Reviews", "First review, 10 January 2026", "Second review, 10 February 2026",
                "Contacts", "Contacts in February, 20 February 2026",
            ],
            Headings(Given.Assembled()));

    [Fact]
    public void A_draft_says_that_it_is_one() => Assert.Equal("Draft: not signed off.", Standing(Given.Assembled()));

    [Fact]
    public void It_says_who_signed_it_off_and_when() => Assert.Equal("Read and signed off by The SENDCo on 3 March 2026.", Standing(Given.SignedOff()));

    [Fact]
    public void It_says_when_it_was_sent_and_to_whom()
        => Assert.EndsWith(
            "Sent to Inclusion service on 2 March 2026.",
            Standing(Given.SignedOff().Send("Inclusion service", Given.KeyAdult).Value), StringComparison.Ordinal);

    [Fact]
    public void Tables_of_evidence_are_in_it()
        => Assert.Contains(ReferralDocument.Of(Given.Assembled(), Names, London).Blocks, block => block is DocumentTable { Header: ["Day", "How"] });

    private static IEnumerable<string> Headings(Referral referral)
        => ReferralDocument.Of(referral, Names, London).Blocks.OfType<DocumentHeading>().Select(heading => heading.Text);

    private static string Standing(Referral referral)
        => Assert.IsType<DocumentParagraph>(ReferralDocument.Of(referral, Names, London).Blocks[0]).Text;
}

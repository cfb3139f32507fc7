using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Agreements;

/// <summary>What somebody answers on their own page, they alone answer: a record that another person made never looks like it.</summary>
internal static class WrittenDownForOthers
{
    private static readonly Refusal NotOnTheirPage = new(
        "agreement.not-on-their-page", "An answer on somebody's own page is given there, by themselves.",
        "Choose how they told you: in person, on the phone, or in writing.");

    /// <param name="recorded">Null: they answered for themselves.</param>
    public static Refusal? WhyNot(AgreementManner manner, Act? recorded) => recorded is not null && manner == AgreementManner.Page ? NotOnTheirPage : null;
}

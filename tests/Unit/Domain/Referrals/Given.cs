using AV1Relay.Domain.People;
using AV1Relay.Domain.Referrals;
using NodaTime;

namespace AV1Relay.Tests.Unit.Domain.Referrals;

internal static class Given
{
    public static readonly Act KeyAdult = new(new PersonId(Guid.Parse("00000000-0000-0000-0000-000000000001")), Instant.FromUtc(2026, 3, 2, 9, 0));
    public static readonly Act Lead = new(new PersonId(Guid.Parse("00000000-0000-0000-0000-000000000002")), Instant.FromUtc(2026, 3, 3, 9, 0));

    public static readonly EvidenceItem[] Evidence =
    [
        new(EvidenceSource.Contact, new(2026, 2, 20), "Contacts in February", [], new DocumentTable(["Day", "How"], [["20 February", "Call"]])),
        new(EvidenceSource.Review, new(2026, 2, 10), "Second review", ["Stayed at the same step."]),
        new(EvidenceSource.Review, new(2026, 1, 10), "First review", ["Two steps tried."]),
        new(EvidenceSource.PupilsSay, new(2026, 2, 10), "In the review", ["I like art."]),
    ];

    public static Referral Draft()
        => Referral.Draft(default, default, default, ReferralKind.InclusionService, "Tuition while the pupil can't come in.", KeyAdult);

    public static Referral Assembled() => Draft().Assemble(Evidence, KeyAdult).Value;

    public static Referral Read(Act by) => Assembled().Read(Assembled().Version, by).Value;

    public static Referral SignedOff() => Read(Lead).SignOff(Lead).Value;
}

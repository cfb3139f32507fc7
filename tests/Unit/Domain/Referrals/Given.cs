using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Domain.Plans;
using NodaTime;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Referrals;

internal static class Given
{
    public static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    public static readonly Act Assembly = new(PlanFixture.KeyAdult, Instant.FromUtc(2026, 12, 14, 9, 0));
    public static readonly Act SignOff = new(PlanFixture.Lead, Instant.FromUtc(2026, 12, 15, 9, 0));
    public static readonly Act Sending = Assembly with { At = Instant.FromUtc(2026, 12, 16, 9, 0) };
    public static readonly Act Answering = Assembly with { At = Instant.FromUtc(2027, 1, 6, 9, 0) };

    public static readonly PlanSection Open = new(new SectionId(Id(50)), "What helps", "Quiet corners");
    public static readonly PlanSection Kept = new(new SectionId(Id(51)), "At home", "Only for school", isConfidential: true);

    public static readonly SupportPlan Plan = Active().WriteSection(Open, ActAt(1), Say()).Value.WriteSection(Kept, ActAt(2), Say()).Value
        .Hold(ReviewOf(say: Say("I like art."))).Value;

    private static readonly Contact Call = new(
        new ContactId(Id(60)), PlanFixture.KeyAdult, ContactWith.Parent, After(60), ContactManner.Call, "Spoke about Monday.", ReviewOn, ActAt(70));

    public static readonly ContactLog Log = new(
        Pupil, Today, [Call, Call with { Id = new ContactId(Id(61)), Note = "Said in confidence.", IsConfidential = true }]);

    public static readonly EngagementLedger Ledger = new(
        Pupil,
        [
            new EngagementEntry(
                new EngagementEntryId(Id(70)), Pupil, Plan.Id,
                new StepTried(Meet.Id, null, Today.At(new LocalTime(10, 5)), Duration.FromMinutes(20), 0, leftEarly: false, PupilLocation.OtherPlace), new EndedBy.Staff(PlanFixture.KeyAdult), After(80), []),
        ]);

    public static readonly EvidenceItem Advice = new(EvidenceSource.Professional, Today, "Advice", ["Small steps."]);

    public static ReferralSources Sources(bool withConfidential = false) => new(
        Plan.View(withConfidential), Log.View(withConfidential), Ledger, [Timetable().View(withConfidential)], null, [Advice], London);

    /// <summary>A reduced timetable of the same pupil.</summary>
    private static Arrangement Timetable()
    {
        var one = Arrangements.Given.Extended();
        return new Arrangement(one.Id, Pupil, one.Terms, one.Written, one.AuthorisedPerson, one.Parent, one.Activated, one.Reviews, one.Ending);
    }

    public static Arrangement DraftTimetable() => Arrangement.Draft(default, Pupil, Arrangements.Given.Terms, Arrangements.Given.KeyAdult);

    public static Referral Draft()
        => Referral.Draft(default, Pupil, Plan.Id, ReferralKind.InclusionService, "Tuition while the pupil can't come in.", Assembly);

    public static Referral Assembled() => Draft().Assemble(Sources(), Assembly).Value;

    public static Referral Read(Act by) => Assembled().Read(Assembled().Version, by).Value;

    public static Referral SignedOff() => Read(SignOff).SignOff(SignOff).Value;

    public static Referral Sent() => SignedOff().Send("Inclusion service", Sending).Value;
}

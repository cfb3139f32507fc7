using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

/// <summary>A reduced timetable from Monday 12 January to Friday 20 February 2026, for a pupil of twelve.</summary>
internal static class Given
{
    public static readonly LocalDate Today = new(2026, 1, 8);
    public static readonly LocalDate FirstDay = new(2026, 1, 12);
    public static readonly LocalDate LastDay = new(2026, 2, 20);
    public static readonly LocalDate ReviewDay = new(2026, 2, 5);
    public static readonly LocalDate Birth = new(2013, 5, 4);
    public static readonly Act KeyAdult = new(new PersonId(Guid.Parse("00000000-0000-0000-0000-000000000001")), Instant.FromUtc(2026, 1, 8, 9, 0), "Agreed in the meeting");
    public static readonly Act Activation = KeyAdult with { At = Instant.FromUtc(2026, 1, 8, 12, 0) };
    public static readonly Act After = KeyAdult with { At = Instant.FromUtc(2026, 2, 5, 16, 0) };

    public static readonly PupilId Pupil = new(Guid.Parse("00000000-0000-0000-0000-0000000000ee"));
    public static readonly PersonId Mother = new(Guid.Parse("00000000-0000-0000-0000-000000000003"));
    public static readonly Parenthood LivesWithMother = new(Mother, Pupil, livesWith: true, new(2013, 5, 4), null, KeyAdult);

    public static readonly ArrangementFacts Facts = new(Today, Birth, CompulsorySchoolAge.England, ArrangementLimits.None, [LivesWithMother], []);
    public static readonly ArrangementFacts FactsInReview = Facts with { Today = ReviewDay };

    public static readonly ArrangementId Id = new(Guid.Parse("00000000-0000-0000-0000-0000000000cc"));
    public static readonly AgreedTo ToIt = To(LastDay);
    public static readonly Agreement Parent = new(Mother.ToString(), AgreementCapacity.Parent, ToIt, Instant.FromUtc(2026, 1, 8, 11, 0), AgreementManner.Call);
    public static readonly Agreement Authorised = new("head-1", AgreementCapacity.AuthorisedPerson, ToIt, Instant.FromUtc(2026, 1, 8, 10, 0), AgreementManner.InPerson);

    public static readonly AgreedTimetable Mornings = TimetableFrom(FirstDay, new(9, 0), new(11, 0));

    public static readonly ArrangementTerms Terms = new()
    {
        ExceptionalCircumstances = "Whole days are more than the pupil can manage at present.",
        From = FirstDay,
        Until = LastDay,
        Timetable = Mornings,
        ReviewOn = ReviewDay,
        Plan = new PlanId(Guid.Parse("00000000-0000-0000-0000-0000000000aa")),
        PlaceInPlan = "Mornings first, then lunch, then whole days.",
        SafeguardingOffSite = "The key adult calls each afternoon; no answer means a visit the same day.",
        Consultation = new Consultation(new(2026, 1, 6), new PupilsSay("Art is all right.", ["First lesson"], ["Art"]), "We can bring her at nine."),
        ConfirmedTemporary = KeyAdult,
        ConfirmedNotForBehaviour = KeyAdult,
    };

    public static readonly ArrangementReview ExtendingReview = new(
        new ReviewId(Guid.Parse("00000000-0000-0000-0000-0000000000bb")), ReviewDay, ArrangementDecision.Extend, new PupilsSay("A bit longer, please.", [], []), "We agree.");

    public static readonly ArrangementExtension Extension = new(
        new(2026, 3, 20),
        TimetableFrom(new(2026, 2, 21), new(9, 0), new(13, 0)),
        Authorised with { To = To(new(2026, 3, 20)), At = Instant.FromUtc(2026, 2, 5, 15, 0) },
        Parent with { To = To(new(2026, 3, 20)), At = Instant.FromUtc(2026, 2, 5, 15, 0) });

    public static Arrangement Draft(ArrangementTerms terms)
        => Arrangement.Draft(Id, Pupil, terms, KeyAdult);

    public static Arrangement Agreed(ArrangementTerms terms)
        => Draft(terms).Agree(Authorised with { To = To(terms.Until) }, Facts).Value.Agree(Parent with { To = To(terms.Until) }, Facts).Value;

    public static AgreedTo To(LocalDate? until) => new AgreedTo.ReducedTimetable(Id, until);

    public static Arrangement Active() => Agreed(Terms).Activate(Facts, Activation).Value;

    public static Arrangement Extended()
        => Active().Extend(ExtendingReview, Extension, new(2026, 3, 12), FactsInReview, After).Value;

    public static AgreedTimetable TimetableFrom(LocalDate from, LocalTime start, LocalTime end)
        => new([new AgreedWeek(from, [new AgreedTime(IsoDayOfWeek.Monday, start, end), new AgreedTime(IsoDayOfWeek.Thursday, start, end)])]);
}

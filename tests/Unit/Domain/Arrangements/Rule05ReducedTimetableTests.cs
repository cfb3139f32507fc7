using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

/// <summary>A reduced timetable comes into force once everything that rule 5 asks for is there.</summary>
public sealed class Rule05ReducedTimetableTests
{
    public static TheoryData<string, Func<ArrangementTerms, ArrangementTerms>> Missing => new()
    {
        { "arrangement.circumstances-missing", terms => terms with { ExceptionalCircumstances = " " } },
        { "arrangement.start-missing", terms => terms with { From = null } },
        { "arrangement.end-missing", terms => terms with { Until = null } },
        { "arrangement.times-missing", terms => terms with { Timetable = null } },
        { "arrangement.times-late", terms => terms with { Timetable = Given.TimetableFrom(Given.FirstDay.PlusDays(1), new(9, 0), new(10, 0)) } },
        { "arrangement.temporary-unconfirmed", terms => terms with { ConfirmedTemporary = null } },
        { "arrangement.plan-missing", terms => terms with { Plan = null } },
        { "arrangement.plan-missing", terms => terms with { PlaceInPlan = "" } },
        { "arrangement.consultation-missing", terms => terms with { Consultation = null } },
        { "arrangement.review-missing", terms => terms with { ReviewOn = null } },
        { "arrangement.review-outside", terms => terms with { ReviewOn = Given.LastDay.PlusDays(1) } },
        { "arrangement.review-outside", terms => terms with { ReviewOn = Given.FirstDay.PlusDays(-1) } },
        { "arrangement.safeguarding-missing", terms => terms with { SafeguardingOffSite = "" } },
        { "arrangement.behaviour-unconfirmed", terms => terms with { ConfirmedNotForBehaviour = null } },
        { "arrangement.end-passed", terms => terms with { From = new(2025, 12, 1), Until = new(2026, 1, 7), ReviewOn = new(2026, 1, 7), Timetable = Given.TimetableFrom(new(2025, 12, 1), new(9, 0), new(10, 0)) } },
        { "arrangement.start-passed", terms => terms with { From = Given.Today.PlusDays(-1), Timetable = Given.TimetableFrom(Given.Today.PlusDays(-1), new(9, 0), new(10, 0)) } },
        { "arrangement.end-before-start", terms => terms with { From = new(2026, 3, 2), ReviewOn = null } },
    };

    [Theory]
    [MemberData(nameof(Missing), DisableDiscoveryEnumeration = true)]
    public void It_cannot_be_activated_without(string code, Func<ArrangementTerms, ArrangementTerms> without)
    {
        ArgumentNullException.ThrowIfNull(without);

        Assert.Contains(code, Codes(Activate(Given.Agreed(without(Given.Terms)))));
    }

    [Fact]
    public void With_all_of_it_it_is_activated() => Assert.Equal(Given.Activation, Activate(Given.Agreed(Given.Terms)).Value.Activated);

    [Fact]
    public void Every_missing_part_is_named_at_once_each_with_what_to_do()
    {
        var refusals = Given.Draft(new ArrangementTerms()).Activate(Given.Facts with { BornOn = null }, Given.Activation).Refusals;

        Assert.Equal(13, refusals.DistinctBy(refusal => refusal.Code).Count(refusal => refusal.NextStep.Length > 0));
    }

    [Fact]
    public void It_cannot_be_activated_without_a_parent()
        => Assert.Equal(["arrangement.parent-missing"], Codes(Activate(Given.Draft(Given.Terms).Agree(Given.Authorised, Given.Facts).Value)));

    [Fact]
    public void It_cannot_be_activated_without_an_authorised_person()
        => Assert.Equal(["arrangement.authorised-missing"], Codes(Activate(Given.Draft(Given.Terms).Agree(Given.Parent, Given.Facts).Value)));

    [Fact]
    public void The_key_adult_does_not_agree_in_place_of_the_authorised_person()
        => Assert.Equal(["arrangement.agreement-capacity"], Codes(Given.Draft(Given.Terms).Agree(Given.Authorised with { Capacity = AgreementCapacity.KeyAdult }, Given.Facts)));

    [Fact]
    public void Who_agreed_when_and_how_is_remembered() => Assert.Equal(Given.Parent, Given.Active().Parent);

    [Fact]
    public void An_agreement_from_before_the_terms_were_written_was_to_something_else()
    {
        var rewritten = Given.Draft(Given.Terms).Rewrite(Given.Terms, Given.Activation).Value;

        Assert.Equal(["arrangement.agreed-before-written"], Codes(rewritten.Agree(Given.Parent, Given.Facts)));
    }

    [Fact]
    public void A_parent_with_whom_the_pupil_does_not_live_does_not_take_the_place_of_one_with_whom_they_do()
    {
        var elsewhere = new Parenthood(new PersonId(Guid.Parse("00000000-0000-0000-0000-000000000004")), Given.Pupil, livesWith: false, Given.Birth, null, Given.KeyAdult);
        var facts = Given.Facts with { Parents = [Given.LivesWithMother, elsewhere] };
        var draft = Given.Draft(Given.Terms);

        Assert.Equal(["arrangement.parent-elsewhere"], Codes(draft.Agree(Given.Parent with { Who = elsewhere.Parent.ToString() }, facts)));
        Assert.Equal(Given.Parent, draft.Agree(Given.Parent, facts).Value.Parent);
    }

    [Fact]
    public void What_is_written_down_for_a_parent_never_looks_like_their_own_page()
    {
        var written = Given.Parent with { Manner = AgreementManner.Page, Recorded = Given.KeyAdult };
        var extension = Given.Extension with { Parent = Given.Extension.Parent with { Manner = AgreementManner.Page, Recorded = Given.KeyAdult } };

        Assert.Equal(["agreement.not-on-their-page"], Codes(Given.Draft(Given.Terms).Agree(written, Given.Facts)));
        Assert.Equal(
            ["agreement.not-on-their-page"],
            Codes(Given.Active().Extend(Given.ExtendingReview, extension, new(2026, 3, 12), Given.FactsInReview, Given.After)));
        Assert.Empty(Codes(Given.Draft(Given.Terms).Agree(written with { Recorded = null }, Given.Facts))); // themselves
    }

    [Fact]
    public void A_draft_holds_what_was_asked_so_far_and_says_who_is_still_to_be_asked()
    {
        var half = Given.Terms with { Consultation = new Consultation(pupil: new PupilsSay("Art is all right.", [], [])) };

        Assert.Equal(["arrangement.parents-unheard", "arrangement.consultation-undated"], Codes(Activate(Given.Agreed(half))));
        Assert.Equal(
            ["arrangement.pupil-unheard"], Codes(Activate(Given.Agreed(Given.Terms with { Consultation = new Consultation(Given.Today, null, "We agree.") }))));
    }

    public static TheoryData<AgreedTo> Others => new()
    {
        new AgreedTo.ReducedTimetable(Given.Id, Given.LastDay.PlusDays(1)),
        new AgreedTo.ReducedTimetable(new ArrangementId(Guid.Empty), Given.LastDay),
        new AgreedTo.Session(new(Guid.Empty)),
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void An_agreement_to_something_else_is_none_to_these_terms(AgreedTo other)
        => Assert.Equal(["arrangement.agreed-to-other"], Codes(Given.Draft(Given.Terms).Agree(Given.Parent with { To = other }, Given.Facts)));

    [Fact]
    public void One_person_does_not_agree_for_both_sides()
        => Assert.Equal(
            ["arrangement.same-person"],
            Codes(Given.Draft(Given.Terms).Agree(Given.Authorised, Given.Facts).Value.Agree(Given.Parent with { Who = Given.Authorised.Who }, Given.Facts)));

    [Fact]
    public void It_is_not_activated_before_everybody_has_agreed()
        => Assert.Equal(
            ["arrangement.agreed-later"],
            Codes(Activate(Given.Draft(Given.Terms).Agree(Given.Authorised, Given.Facts).Value
                .Agree(Given.Parent with { At = Given.Activation.At.Plus(Duration.FromMinutes(1)) }, Given.Facts).Value)));

    [Theory]
    [InlineData(2026, 2, 20, true)]
    [InlineData(2026, 2, 21, false)]
    public void Two_of_one_pupil_do_not_overlap(int year, int month, int day, bool refused)
    {
        var from = new LocalDate(year, month, day);
        var terms = Given.Terms with { From = from, Until = from.PlusWeeks(4), ReviewOn = from.PlusWeeks(2), Timetable = Given.TimetableFrom(from, new(9, 0), new(10, 0)) };
        var id = new ArrangementId(Guid.Parse("00000000-0000-0000-0000-0000000000dd"));
        var toSecond = new AgreedTo.ReducedTimetable(id, from.PlusWeeks(4));
        var second = Arrangement.Draft(id, Given.Active().Pupil, terms, Given.KeyAdult)
            .Agree(Given.Authorised with { To = toSecond }, Given.Facts).Value.Agree(Given.Parent with { To = toSecond }, Given.Facts).Value;

        var codes = Codes(second.Activate(Given.Facts with { Others = [Given.Active(), second] }, Given.Activation));

        Assert.Equal(refused ? ["arrangement.overlaps"] : [], codes);
    }

    [Fact]
    public void Other_terms_are_agreed_again()
        => Assert.Equal(
            ["arrangement.authorised-missing", "arrangement.parent-missing"],
            Codes(Activate(Given.Agreed(Given.Terms).Rewrite(Given.Terms with { Until = new(2026, 2, 13) }, Given.KeyAdult).Value)));

    [Fact]
    public void What_is_active_is_not_rewritten()
        => Assert.Equal(["arrangement.not-draft"], Codes(Given.Active().Rewrite(Given.Terms with { Until = new(2027, 2, 13) }, Given.KeyAdult)));

    [Theory]
    [InlineData(2021, 6, 1, "arrangement.below-compulsory-age")]
    [InlineData(2009, 5, 4, "arrangement.above-compulsory-age")]
    public void It_is_for_pupils_of_compulsory_school_age(int year, int month, int day, string code)
        => Assert.Equal(
            [code],
            Codes(Given.Agreed(Given.Terms).Activate(Given.Facts with { BornOn = new(year, month, day) }, Given.Activation)));

    [Fact]
    public void Without_a_date_of_birth_nobody_guesses_the_age()
        => Assert.Equal(
            ["arrangement.birth-date-missing"],
            Codes(Given.Agreed(Given.Terms).Activate(Given.Facts with { BornOn = null }, Given.Activation)));

    [Theory]
    [InlineData(3, null, null, "arrangement.first-review-late")]
    [InlineData(null, 5, null, "arrangement.too-long")]
    [InlineData(null, null, 5, "arrangement.too-long")]
    public void The_local_authority_sets_limits(int? review, int? longest, int? withExtensions, string code)
        => Assert.Equal([code], Codes(Activate(Given.Agreed(Given.Terms), new ArrangementLimits(review, longest, withExtensions, "Local guidance"))));

    [Fact]
    public void Within_the_limits_nothing_is_said()
        => Assert.False(Activate(Given.Agreed(Given.Terms), new ArrangementLimits(4, 6, 6, "Local guidance")).IsRefused);

    [Fact]
    public void What_is_active_is_not_agreed_to_once_more() => Assert.Equal(["arrangement.not-draft"], Codes(Given.Active().Agree(Given.Parent, Given.Facts)));

    [Fact]
    public void What_is_active_is_not_activated_once_more() => Assert.Equal(["arrangement.not-draft"], Codes(Activate(Given.Active())));

    [Theory]
    [InlineData("nobody")]
    [InlineData("another pupil")]
    [InlineData("another home")]
    [InlineData("another time")]
    [InlineData("another parent")]
    public void A_parent_whom_the_pupil_does_not_live_with_does_not_agree(string livesWith)
    {
        var (mother, father) = (Given.Mother, new PersonId(Guid.Parse("00000000-0000-0000-0000-000000000004")));
        var since = Given.LivesWithMother.From;
        Parenthood[] parents = livesWith switch
        {
            "nobody" => [],
            "another pupil" => [new Parenthood(mother, default, livesWith: true, since, null, Given.KeyAdult)],
            "another home" => [new Parenthood(mother, Given.Pupil, livesWith: false, since, null, Given.KeyAdult)],
            "another time" => [new Parenthood(mother, Given.Pupil, livesWith: true, since, Given.Today.PlusDays(-1), Given.KeyAdult)],
            _ => [new Parenthood(father, Given.Pupil, livesWith: true, since, null, Given.KeyAdult)],
        };

        Assert.Equal(["arrangement.parent-elsewhere"], Codes(Given.Agreed(Given.Terms).Activate(Given.Facts with { Parents = [.. parents] }, Given.Activation)));
    }

    private static Outcome<Arrangement> Activate(Arrangement arrangement, ArrangementLimits? limits = null)
        => arrangement.Activate(Given.Facts with { Limits = limits ?? ArrangementLimits.None }, Given.Activation);

    private static IEnumerable<string> Codes(Outcome<Arrangement> outcome) => outcome.Refusals.Select(refusal => refusal.Code);
}

using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

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
        var refusals = Given.Draft(new ArrangementTerms()).Activate(null, CompulsorySchoolAge.England, ArrangementLimits.None, [], Given.Today, Given.Activation).Refusals;

        Assert.Equal(13, refusals.DistinctBy(refusal => refusal.Code).Count(refusal => refusal.NextStep.Length > 0));
    }

    [Fact]
    public void It_cannot_be_activated_without_a_parent()
        => Assert.Equal(["arrangement.parent-missing"], Codes(Activate(Given.Draft(Given.Terms).Agree(Given.Authorised).Value)));

    [Fact]
    public void It_cannot_be_activated_without_an_authorised_person()
        => Assert.Equal(["arrangement.authorised-missing"], Codes(Activate(Given.Draft(Given.Terms).Agree(Given.Parent).Value)));

    [Fact]
    public void The_key_adult_does_not_agree_in_place_of_the_authorised_person()
        => Assert.Equal(["arrangement.agreement-capacity"], Codes(Given.Draft(Given.Terms).Agree(Given.Authorised with { Capacity = AgreementCapacity.KeyAdult })));

    [Fact]
    public void Who_agreed_when_and_how_is_remembered() => Assert.Equal(Given.Parent, Given.Active().Parent);

    [Fact]
    public void An_agreement_from_before_the_terms_were_written_was_to_something_else()
    {
        var rewritten = Given.Draft(Given.Terms).Rewrite(Given.Terms, Given.Activation).Value;

        Assert.Equal(["arrangement.agreed-before-written"], Codes(rewritten.Agree(Given.Parent)));
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
        => Assert.Equal(["arrangement.agreed-to-other"], Codes(Given.Draft(Given.Terms).Agree(Given.Parent with { To = other })));

    [Fact]
    public void What_was_agreed_to_something_else_can_not_even_be_restored()
        => Assert.Throws<ArgumentException>(() => Restore(Given.Active(), Given.Parent with { To = Given.To(new(2026, 3, 20)) }));

    [Fact]
    public void An_extension_agreed_to_other_dates_can_not_even_be_restored()
    {
        var extended = Given.Extended();
        var recorded = extended.Reviews[^1];
        var other = recorded with { Extension = recorded.Extension! with { Parent = recorded.Extension.Parent with { To = Given.ToIt } } }; // it was extended

        Assert.Throws<ArgumentException>(() => Arrangement.Restore(
            extended.Id, extended.Pupil, extended.Terms, extended.Written, extended.AuthorisedPerson, extended.Parent, extended.Activated, [other], null));
    }

    [Fact]
    public void One_person_does_not_agree_for_both_sides()
        => Assert.Equal(
            ["arrangement.same-person"],
            Codes(Given.Draft(Given.Terms).Agree(Given.Authorised).Value.Agree(Given.Parent with { Who = Given.Authorised.Who })));

    [Fact]
    public void It_is_not_activated_before_everybody_has_agreed()
        => Assert.Equal(
            ["arrangement.agreed-later"],
            Codes(Activate(Given.Draft(Given.Terms).Agree(Given.Authorised).Value
                .Agree(Given.Parent with { At = Given.Activation.At.Plus(Duration.FromMinutes(1)) }).Value)));

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
            .Agree(Given.Authorised with { To = toSecond }).Value.Agree(Given.Parent with { To = toSecond }).Value;

        var codes = Codes(second.Activate(Given.Birth, CompulsorySchoolAge.England, ArrangementLimits.None, [Given.Active(), second], Given.Today, Given.Activation));

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
            Codes(Given.Agreed(Given.Terms).Activate(new LocalDate(year, month, day), CompulsorySchoolAge.England, ArrangementLimits.None, [], Given.Today, Given.Activation)));

    [Fact]
    public void Without_a_date_of_birth_nobody_guesses_the_age()
        => Assert.Equal(
            ["arrangement.birth-date-missing"],
            Codes(Given.Agreed(Given.Terms).Activate(null, CompulsorySchoolAge.England, ArrangementLimits.None, [], Given.Today, Given.Activation)));

    [Theory]
    [InlineData(3, null, null, "arrangement.first-review-late")]
    [InlineData(null, 5, null, "arrangement.too-long")]
    [InlineData(null, null, 5, "arrangement.too-long")]
    public void The_local_authority_sets_limits(int? review, int? longest, int? withExtensions, string code)
        => Assert.Equal([code], Codes(Activate(Given.Agreed(Given.Terms), new ArrangementLimits(review, longest, withExtensions, "Local guidance"))));

    [Fact]
    public void Within_the_limits_nothing_is_said()
        => Assert.False(Activate(Given.Agreed(Given.Terms), new ArrangementLimits(4, 6, 6, "Local guidance")).IsRefused);

    [Theory]
    [InlineData(2026, 1, 11, ArrangementStanding.Agreed)]
    [InlineData(2026, 1, 12, ArrangementStanding.InForce)]
    [InlineData(2026, 2, 20, ArrangementStanding.InForce)]
    [InlineData(2026, 2, 21, ArrangementStanding.Lapsed)]
    [InlineData(2030, 1, 1, ArrangementStanding.Lapsed)]
    public void It_is_in_force_from_its_first_day_to_its_last_and_no_longer(int year, int month, int day, ArrangementStanding standing)
        => Assert.Equal(standing, Given.Active().StandingOn(new LocalDate(year, month, day)));

    [Fact]
    public void A_draft_is_never_in_force() => Assert.False(Given.Agreed(Given.Terms).IsInForceOn(Given.FirstDay));

    [Fact]
    public void Past_its_end_it_gives_no_times() => Assert.Empty(Given.Active().SlotsOn(new LocalDate(2026, 2, 23)));

    [Fact]
    public void Its_review_falls_due() => Assert.True(Given.Active().IsReviewOverdueOn(Given.ReviewDay.PlusDays(1)));

    [Fact]
    public void On_the_day_of_the_review_there_is_still_time() => Assert.False(Given.Active().IsReviewOverdueOn(Given.ReviewDay));

    [Fact]
    public void A_review_extends_it() => Assert.True(Given.Extended().IsInForceOn(new LocalDate(2026, 3, 20)));

    [Fact]
    public void An_extension_ends_by_itself_too() => Assert.Equal(ArrangementStanding.Lapsed, Given.Extended().StandingOn(new LocalDate(2026, 3, 21)));

    [Fact]
    public void An_extension_has_its_own_times()
        => Assert.Equal(Duration.FromHours(4), Assert.Single(Given.Extended().SlotsOn(new LocalDate(2026, 2, 23))).Duration);

    [Fact]
    public void An_extension_leaves_the_earlier_times_as_they_were()
        => Assert.Equal(Duration.FromHours(2), Assert.Single(Given.Extended().SlotsOn(new LocalDate(2026, 2, 16))).Duration);

    [Fact]
    public void An_extension_plans_the_next_review() => Assert.Equal(new LocalDate(2026, 3, 12), Given.Extended().NextReviewOn);

    [Theory]
    [InlineData("arrangement.not-decided")]
    [InlineData("arrangement.review-without-pupil")]
    [InlineData("arrangement.review-without-parents")]
    [InlineData("arrangement.review-date")]
    [InlineData("arrangement.parent-missing")]
    [InlineData("arrangement.authorised-missing")]
    [InlineData("arrangement.same-person")]
    [InlineData("arrangement.agreed-later")]
    [InlineData("arrangement.times-late")]
    [InlineData("arrangement.not-later")]
    [InlineData("arrangement.agreed-to-other")]
    [InlineData("arrangement.too-long")]
    public void An_extension_is_refused(string code)
    {
        var (review, extension) = (Given.ExtendingReview, Given.Extension);
        var limits = ArrangementLimits.None;
        switch (code)
        {
            case "arrangement.not-decided": review = review with { Decision = ArrangementDecision.Continue }; break;
            case "arrangement.review-without-pupil": review = review with { PupilsSay = "" }; break;
            case "arrangement.review-without-parents": review = review with { ParentsSay = "" }; break;
            case "arrangement.review-date": review = review with { HeldOn = new(2026, 2, 6) }; break;
            case "arrangement.parent-missing": extension = extension with { Parent = Given.Parent with { To = extension.Parent.To } }; break;
            case "arrangement.authorised-missing": extension = extension with { AuthorisedPerson = Given.Authorised with { To = extension.Parent.To } }; break;
            case "arrangement.same-person": extension = extension with { Parent = extension.Parent with { Who = extension.AuthorisedPerson.Who } }; break;
            case "arrangement.agreed-later": extension = extension with { Parent = extension.Parent with { At = Given.After.At.Plus(Duration.FromMinutes(1)) } }; break;
            case "arrangement.times-late": extension = extension with { Timetable = Given.TimetableFrom(new(2026, 2, 23), new(9, 0), new(13, 0)) }; break;
            case "arrangement.not-later": extension = extension with { Until = Given.LastDay, Parent = extension.Parent with { To = Given.ToIt }, AuthorisedPerson = extension.AuthorisedPerson with { To = Given.ToIt } }; break;
            case "arrangement.agreed-to-other": extension = extension with { AuthorisedPerson = extension.AuthorisedPerson with { To = Given.ToIt } }; break;
            default: limits = new ArrangementLimits(null, null, 9, "Local guidance"); break;
        }

        var outcome = Given.Active().Extend(
            review, extension, new(2026, 2, 19), Given.Birth, CompulsorySchoolAge.England, limits, Given.ReviewDay, Given.After);

        Assert.Equal([code], Codes(outcome));
    }

    [Fact]
    public void What_has_lapsed_is_not_extended()
        => Assert.Equal(
            ["arrangement.not-in-force"],
            Codes(Given.Active().Extend(
                Given.ExtendingReview, Given.Extension, new(2026, 3, 12), Given.Birth, CompulsorySchoolAge.England, ArrangementLimits.None, new(2026, 2, 21), Given.After)));

    [Fact]
    public void A_review_that_lets_it_run_on_moves_no_end_date()
    {
        var review = Given.ExtendingReview with { Decision = ArrangementDecision.Continue };

        var continued = Given.Active().Continue(review, new LocalDate(2026, 2, 18), Given.ReviewDay, Given.After).Value;

        Assert.Equal(Given.LastDay, continued.Until);
    }

    [Fact]
    public void The_same_review_is_not_recorded_twice()
        => Assert.Contains(
            "arrangement.review-recorded",
            Codes(Given.Extended().Continue(
                Given.ExtendingReview with { Decision = ArrangementDecision.Continue }, new(2026, 3, 12), Given.ReviewDay, Given.After)));

    [Fact]
    public void It_ends_early_without_a_reason()
    {
        var ended = Given.Active().End(new LocalDate(2026, 1, 30), new(2026, 1, 28), Given.After with { Why = "" }).Value;

        Assert.Equal(ArrangementStanding.Ended, ended.StandingOn(new LocalDate(2026, 1, 31)));
    }

    [Fact]
    public void An_ending_does_not_make_it_longer()
        => Assert.Equal(["arrangement.ending-late"], Codes(Given.Active().End(Given.LastDay.PlusDays(1), Given.ReviewDay, Given.After)));

    [Fact]
    public void An_ending_does_not_undo_days_that_are_over()
        => Assert.Equal(["arrangement.ending-passed"], Codes(Given.Active().End(Given.ReviewDay.PlusDays(-1), Given.ReviewDay, Given.After)));

    [Fact]
    public void It_does_not_end_by_a_review_that_decided_something_else()
        => Assert.Equal(["arrangement.not-decided"], Codes(Given.Active().End(Given.ReviewDay, Given.ReviewDay, Given.After, Given.ExtendingReview)));

    [Fact]
    public void It_cannot_be_rebuilt_active_without_a_parent()
        => Assert.Throws<ArgumentException>(() => Restore(Given.Extended(), parent: null));

    [Fact]
    public void It_is_rebuilt_as_it_was()
    {
        var extended = Given.Extended();

        Assert.Equal(extended.SlotsOn(new(2026, 3, 19)), Restore(extended, extended.Parent).SlotsOn(new(2026, 3, 19)));
    }

    private static Arrangement Restore(Arrangement from, Agreement? parent)
        => Arrangement.Restore(from.Id, from.Pupil, from.Terms, from.Written, from.AuthorisedPerson, parent, from.Activated, from.Reviews, from.Ending);

    private static Outcome<Arrangement> Activate(Arrangement arrangement, ArrangementLimits? limits = null)
        => arrangement.Activate(Given.Birth, CompulsorySchoolAge.England, limits ?? ArrangementLimits.None, [], Given.Today, Given.Activation);

    private static IEnumerable<string> Codes(Outcome<Arrangement> outcome) => outcome.Refusals.Select(refusal => refusal.Code);
}

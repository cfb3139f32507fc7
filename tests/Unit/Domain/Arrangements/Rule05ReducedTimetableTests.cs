using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
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
    public void What_was_agreed_to_something_else_can_not_even_be_rebuilt()
        => Assert.Throws<ArgumentException>(() => Rebuilt(Given.Active(), parent: Given.Parent with { To = Given.To(new(2026, 3, 20)) }));

    [Fact]
    public void An_extension_agreed_to_other_dates_can_not_even_be_rebuilt()
    {
        var extended = Given.Extended();
        var recorded = extended.Reviews[^1];
        var other = recorded with { Extension = recorded.Extension! with { Parent = recorded.Extension.Parent with { To = Given.ToIt } } }; // it was extended

        Assert.Throws<ArgumentException>(() => Rebuilt(extended, reviews: [other]));
    }

    private static Arrangement Rebuilt(Arrangement one, Agreement? parent = null, ImmutableArray<RecordedReview>? reviews = null) => new(
        one.Id, one.Pupil, one.Terms, one.Written, one.AuthorisedPerson, parent ?? one.Parent, one.Activated, reviews ?? one.Reviews, one.Ending);

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
    [InlineData("arrangement.next-review-date")]
    [InlineData("arrangement.parent-elsewhere")]
    [InlineData("arrangement.birth-date-missing")]
    [InlineData("arrangement.above-compulsory-age")]
    [InlineData("arrangement.overlaps")]
    [InlineData("arrangement.not-in-force")]
    public void An_extension_is_refused(string code)
    {
        var (review, extension) = (Given.ExtendingReview, Given.Extension);
        var (facts, next) = (Given.FactsInReview, new LocalDate(2026, 2, 19));
        switch (code)
        {
            case "arrangement.not-decided": review = review with { Decision = ArrangementDecision.Continue }; break;
            case "arrangement.review-without-pupil": review = review with { PupilsSay = null }; break;
            case "arrangement.review-without-parents": review = review with { ParentsSay = "" }; break;
            case "arrangement.review-date": review = review with { HeldOn = new(2026, 2, 6) }; break;
            case "arrangement.parent-missing": extension = extension with { Parent = Given.Parent with { To = extension.Parent.To } }; break;
            case "arrangement.authorised-missing": extension = extension with { AuthorisedPerson = Given.Authorised with { To = extension.Parent.To } }; break;
            case "arrangement.same-person": extension = extension with { AuthorisedPerson = extension.AuthorisedPerson with { Who = extension.Parent.Who } }; break;
            case "arrangement.agreed-later": extension = extension with { Parent = extension.Parent with { At = Given.After.At.Plus(Duration.FromMinutes(1)) } }; break;
            case "arrangement.times-late": extension = extension with { Timetable = Given.TimetableFrom(new(2026, 2, 23), new(9, 0), new(13, 0)) }; break;
            case "arrangement.not-later": extension = extension with { Until = Given.LastDay, Parent = extension.Parent with { To = Given.ToIt }, AuthorisedPerson = extension.AuthorisedPerson with { To = Given.ToIt } }; break;
            case "arrangement.too-long": facts = facts with { Limits = new ArrangementLimits(null, null, 9, "Local guidance") }; break;
            case "arrangement.next-review-date": next = extension.Until.PlusDays(1); break;
            case "arrangement.parent-elsewhere": facts = facts with { Parents = [] }; break;
            case "arrangement.birth-date-missing": facts = facts with { BornOn = null }; break;
            case "arrangement.above-compulsory-age": facts = facts with { BornOn = new(2009, 5, 4) }; break;
            case "arrangement.overlaps": facts = facts with { Others = [Another(new(2026, 3, 20))] }; break;
            case "arrangement.agreed-to-other": extension = extension with { AuthorisedPerson = extension.AuthorisedPerson with { To = Given.ToIt } }; break;
            default: facts = facts with { Today = new(2026, 2, 21) }; break; // it has lapsed
        }

        Assert.Equal([code], Codes(Given.Active().Extend(review, extension, next, facts, Given.After)));
    }

    [Theory]
    [InlineData("held before the first day", "arrangement.review-date")]
    [InlineData("next one on the same day", "arrangement.next-review-date")]
    [InlineData("longer than one agreement may be", "arrangement.too-long")]
    [InlineData("a parent in another capacity", "arrangement.parent-missing")]
    [InlineData("an authorised person in another capacity", "arrangement.authorised-missing")]
    public void An_extension_is_refused_that_is(string what, string code)
    {
        var (review, extension, next, facts) = (Given.ExtendingReview, Given.Extension, new LocalDate(2026, 3, 12), Given.FactsInReview);

        var outcome = what switch
        {
            "held before the first day" => Extend(review with { HeldOn = Given.FirstDay.PlusDays(-1) }, extension),
            "next one on the same day" => Given.Active().Extend(review, extension, review.HeldOn, facts, Given.After),
            "longer than one agreement may be" => Given.Active().Extend(
                review, extension, next, facts with { Limits = new ArrangementLimits(null, 3, null, "Local guidance") }, Given.After),
            "a parent in another capacity" => Extend(review, extension with { Parent = extension.Parent with { Capacity = AgreementCapacity.Pupil } }),
            _ => Extend(review, extension with { AuthorisedPerson = extension.AuthorisedPerson with { Capacity = AgreementCapacity.KeyAdult } }),
        };

        Assert.Equal([code], Codes(outcome));

        Outcome<Arrangement> Extend(ArrangementReview held, ArrangementExtension longer) => Given.Active().Extend(held, longer, next, facts, Given.After);
    }

    [Fact]
    public void An_extension_up_to_the_day_before_another_is_not_refused()
        => Assert.False(Given.Active().Extend(
            Given.ExtendingReview, Given.Extension, new(2026, 3, 12), Given.FactsInReview with { Others = [Another(new(2026, 3, 21))] }, Given.After).IsRefused);

    [Fact]
    public void What_people_have_ended_is_not_extended()
        => Assert.Equal(
            ["arrangement.ended"],
            Codes(Ending(new(2026, 2, 13)).Extend(Given.ExtendingReview, Given.Extension, new(2026, 3, 12), Given.FactsInReview, Given.After)));

    [Fact]
    public void A_draft_has_no_review()
        => Assert.Contains("arrangement.not-in-force", Codes(Given.Agreed(Given.Terms).Continue(Continuing, new(2026, 2, 18), Given.ReviewDay, Given.After)));

    [Fact]
    public void What_people_have_ended_does_not_run_on()
        => Assert.Equal(["arrangement.ended"], Codes(Ending(new(2026, 2, 13)).Continue(Continuing, new(2026, 2, 18), Given.ReviewDay, Given.After)));

    [Fact]
    public void It_does_not_run_on_without_another_review_before_its_end()
        => Assert.Equal(
            ["arrangement.next-review-date"],
            Codes(Given.Active().Continue(Continuing, Given.LastDay.PlusDays(1), Given.ReviewDay, Given.After)));

    [Fact]
    public void It_runs_on_only_where_the_review_decided_so()
        => Assert.Equal(
            ["arrangement.not-decided"],
            Codes(Given.Active().Continue(Given.ExtendingReview, new(2026, 2, 18), Given.ReviewDay, Given.After)));

    [Fact]
    public void A_review_that_lets_it_run_on_moves_no_end_date()
    {
        var continued = Given.Active().Continue(Continuing, new LocalDate(2026, 2, 18), Given.ReviewDay, Given.After).Value;

        Assert.Equal(Given.LastDay, continued.Until);
    }

    [Fact]
    public void The_same_review_is_not_recorded_twice()
        => Assert.Contains(
            "arrangement.review-recorded",
            Codes(Given.Extended().Continue(Continuing, new(2026, 3, 12), Given.ReviewDay, Given.After)));

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
    public void It_is_ended_once()
        => Assert.Equal(["arrangement.ended"], Codes(Ending(new(2026, 2, 13)).End(new(2026, 2, 12), Given.ReviewDay, Given.After)));

    [Fact]
    public void A_draft_is_not_ended()
        => Assert.Equal(["arrangement.not-active"], Codes(Given.Agreed(Given.Terms).End(Given.LastDay, Given.ReviewDay, Given.After)));

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

    [Theory]
    [InlineData("no parent")]
    [InlineData("no authorised person")]
    [InlineData("no end")]
    [InlineData("end before start")]
    [InlineData("no times")]
    [InlineData("one person for both")]
    [InlineData("agreed before written")]
    [InlineData("agreed after activation")]
    [InlineData("another capacity")]
    [InlineData("a review twice")]
    [InlineData("a shorter extension")]
    [InlineData("an extension agreed by one person")]
    [InlineData("an ending later than agreed")]
    public void It_is_not_rebuilt_with(string contradiction)
    {
        var (terms, head, mother, extension) = (Given.Terms, Given.Authorised, Given.Parent, Given.Extension);

        Assert.Throws<ArgumentException>(() => contradiction switch
        {
            "no parent" => Rebuilt(terms, head, null, extension),
            "no authorised person" => Rebuilt(terms, null, mother, extension),
            "no end" => Rebuilt(terms with { Until = null }, head, mother, extension),
            "end before start" => Rebuilt(terms with { From = Given.LastDay.PlusDays(1) }, head, mother, extension),
            "no times" => Rebuilt(terms with { Timetable = null }, head, mother, extension),
            "one person for both" => Rebuilt(terms, head, mother with { Who = head.Who }, extension),
            "agreed before written" => Rebuilt(terms, head, mother with { At = Given.KeyAdult.At - Duration.Epsilon }, extension),
            "agreed after activation" => Rebuilt(terms, head, mother with { At = Given.Activation.At + Duration.Epsilon }, extension),
            "another capacity" => Rebuilt(terms, head, mother with { Capacity = AgreementCapacity.Pupil }, extension),
            "a review twice" => Rebuilt(terms, head, mother, extension, extension with { Until = extension.Until.PlusDays(1) }),
            "a shorter extension" => Rebuilt(terms, head, mother, extension with { Until = Given.LastDay }),
            "an extension agreed by one person" => Rebuilt(terms, head, mother, extension with { Parent = extension.Parent with { Who = head.Who } }),
            _ => new Arrangement(
                default, Given.Pupil, terms, Given.KeyAdult, head, mother, Given.Activation, [],
                new ArrangementEnding(Given.LastDay.PlusDays(1), null, Given.After)),
        });

        static Arrangement Rebuilt(ArrangementTerms terms, Agreement? head, Agreement? mother, params ArrangementExtension[] extensions) => new(
            default, Given.Pupil, terms, Given.KeyAdult, head, mother, Given.Activation,
            [.. extensions.Select(extension => new RecordedReview(Given.ExtendingReview, new(2026, 3, 12), extension, Given.After))], null);
    }

    [Fact]
    public void A_draft_is_not_rebuilt_with_a_review()
        => Assert.Throws<ArgumentException>(() => new Arrangement(
            default, Given.Pupil, Given.Terms, Given.KeyAdult, Given.Authorised, Given.Parent, null, Given.Extended().Reviews, null));

    /// <summary>What was activated under other rules or limits is still what was agreed.</summary>
    [Fact]
    public void What_was_activated_when_less_was_asked_is_rebuilt()
    {
        var terms = new ArrangementTerms { From = new(2016, 1, 11), Until = new(2019, 1, 10), Timetable = Given.TimetableFrom(new(2016, 1, 18), new(9, 0), new(10, 0)) };

        var rebuilt = new Arrangement(
            Given.Id, Given.Pupil, terms, Given.KeyAdult, Given.Authorised with { To = Given.To(terms.Until) }, Given.Parent with { To = Given.To(terms.Until) }, Given.Activation,
            [], null);

        Assert.Equal(ArrangementStanding.InForce, rebuilt.StandingOn(new(2018, 1, 8)));
    }

    [Fact]
    public void It_is_rebuilt_as_it_was()
    {
        var extended = Given.Extended();

        var rebuilt = new Arrangement(
            extended.Id, extended.Pupil, extended.Terms, extended.Written, extended.AuthorisedPerson, extended.Parent, extended.Activated, extended.Reviews,
            extended.Ending);

        Assert.Equal(extended, rebuilt);
    }

    private static ArrangementReview Continuing => Given.ExtendingReview with { Decision = ArrangementDecision.Continue };

    private static Arrangement Ending(LocalDate lastDay) => Given.Active().End(lastDay, Given.ReviewDay, Given.After).Value;

    /// <summary>Of the same pupil, in force from that day on.</summary>
    private static Arrangement Another(LocalDate from)
    {
        var id = new ArrangementId(Guid.Parse("00000000-0000-0000-0000-0000000000dd"));
        var to = new AgreedTo.ReducedTimetable(id, from.PlusWeeks(4));
        return new(
            id, Given.Pupil, Given.Terms with { From = from, Until = from.PlusWeeks(4) }, Given.KeyAdult, Given.Authorised with { To = to }, Given.Parent with { To = to },
            Given.Activation, [], null);
    }

    private static Outcome<Arrangement> Activate(Arrangement arrangement, ArrangementLimits? limits = null)
        => arrangement.Activate(Given.Facts with { Limits = limits ?? ArrangementLimits.None }, Given.Activation);

    private static IEnumerable<string> Codes(Outcome<Arrangement> outcome) => outcome.Refusals.Select(refusal => refusal.Code);
}

using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

/// <summary>A reduced timetable lasts to its end and no longer; only a review with pupil and parents makes it longer.</summary>
public sealed class Rule05ReviewedTimetableTests
{
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

    private static IEnumerable<string> Codes(Outcome<Arrangement> outcome) => outcome.Refusals.Select(refusal => refusal.Code);
}

using System.Collections.Immutable;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Arrangements;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

/// <summary>A reduced timetable is read back as it was, and nothing is read that could never have come about.</summary>
public sealed class ArrangementRebuiltTests
{
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

    private static Arrangement Rebuilt(Arrangement one, Agreement? parent = null, ImmutableArray<RecordedReview>? reviews = null) => new(
        one.Id, one.Pupil, one.Terms, one.Written, one.AuthorisedPerson, parent ?? one.Parent, one.Activated, reviews ?? one.Reviews, one.Ending);
}

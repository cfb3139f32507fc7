using AV1Relay.Domain.Attend;
using AV1Relay.Domain.Settings;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Settings;

/// <summary>Numbers that an authority sets: within bounds, and not against each other.</summary>
public sealed class AuthorityLimitsTests
{
    private static readonly IReadOnlyDictionary<string, int?> Nothing = new Dictionary<string, int?>();

    [Fact]
    public void What_an_authority_begins_with_is_within_its_own_bounds_and_stays_as_it_is()
    {
        var changed = AuthorityLimits.Change(AuthoritySettings.Default, Nothing, "").Value;

        Assert.All(AuthorityLimits.All, limit => Assert.Equal(limit.Of(AuthoritySettings.Default), limit.Of(changed)));
        Assert.Distinct(AuthorityLimits.All.Select(limit => limit.Code));
    }

    [Fact]
    public void Each_limit_is_changed_alone()
    {
        foreach (var limit in AuthorityLimits.All)
        {
            // One step in the direction in which nothing contradicts it.
            var value = limit.Code is "review-stop" or "tries" || limit.MayBeOpen ? limit.Most : limit.Least;
            var changed = AuthorityLimits.Change(AuthoritySettings.Default, new Dictionary<string, int?> { [limit.Code] = value }, "a source").Value;

            Assert.Equal(value, limit.Of(changed));
            Assert.All(AuthorityLimits.All.Where(other => other != limit), other => Assert.Equal(other.Of(AuthoritySettings.Default), other.Of(changed)));
        }
    }

    [Theory]
    [InlineData("review-lead", 30, "settings.review-stop")]
    [InlineData("peaks", 6, "settings.tries")]
    [InlineData("arrangement-review", 6, "settings.source")]
    public void Limits_that_contradict_each_other_are_refused(string code, int value, string refusal) =>
        Assert.Equal(
            refusal, Assert.Single(AuthorityLimits.Change(AuthoritySettings.Default, new Dictionary<string, int?> { [code] = value }, "").Refusals).Code);

    [Fact]
    public void A_question_whose_words_stay_keeps_its_id_and_no_id_is_given_twice()
    {
        var first = WrittenTemplate.Read(null, "ATTEND", "# At home\nWhat helps?\nWho helps?").Value;
        var second = WrittenTemplate.Read(first, "ATTEND", "# At school\nWho helps?\n# At home\nWhere is it quiet?").Value;
        var third = WrittenTemplate.Read(second, "ATTEND", "# At home\nWhat helps?").Value;

        Assert.Equal((1, 2, 3), (first.Version, second.Version, third.Version));
        Assert.Equal(first.Sections[0].Questions[1].Id, second.Sections[0].Questions[0].Id);
        Assert.DoesNotContain(third.Sections[0].Questions[0].Id, first.Sections.Concat(second.Sections).SelectMany(section => section.Questions).Select(question => question.Id));
        Assert.Equal(second.Sections.Select(section => section.Title), WrittenTemplate.Read(null, "x", WrittenTemplate.Write(second)).Value.Sections.Select(section => section.Title));
    }

    [Theory]
    [InlineData("", "attend.no-questions")]
    [InlineData("What helps?", "attend.no-questions")]
    [InlineData("# At home", "attend.no-questions")]
    [InlineData("# A\nB?\n# A\nC?", "attend.section-twice")]
    [InlineData("# A\nB?\nB?", "attend.question-twice")]
    public void What_is_no_framework_is_refused(string text, string code) => Assert.Equal(code, Assert.Single(WrittenTemplate.Read(null, "ATTEND", text).Refusals).Code);
}

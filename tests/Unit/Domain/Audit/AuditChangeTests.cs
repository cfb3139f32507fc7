using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Audit;

public sealed class AuditChangeTests
{
    private static readonly PersonId KeyAdult = new(new Guid(7, 0, 0, new byte[8]));
    private static readonly Act Act = new(KeyAdult, Instant.FromUtc(2026, 11, 9, 12, 0), "It went well twice.");
    private static readonly AuditSlug RolesGiven = AuditedOperations.Find(Operation.AssignPlanRole)!; // likewise
    private static readonly AuditSlug SteppedUp = AuditedOperations.Find(Operation.StepUp)!; // it has one: Rule11AuditTests

    [Fact]
    public void It_says_who_when_what_to_what_and_why()
    {
        var entry = new AuditChange(RolesGiven, "plan 7", Act, AuditedValue.Written("role", null, "Parent")).ToEntry();

        Assert.Equal(
            new AuditEntry(
                Act.At, $"person {KeyAdult}", "roles.plan-role-given", "plan 7", "role: nothing → \"Parent\"; why: \"It went well twice.\""),
            entry);
    }

    [Fact]
    public void Why_a_pupils_records_were_changed_stays_with_them() =>
        Assert.Equal(
            "step: \"3\" → \"4\"; why: kept with the record",
            new AuditChange(SteppedUp, "plan 7", Act, AuditedValue.Written("step", "3", "4")).ToEntry().Detail);

    [Fact]
    public void A_look_needs_no_values_and_no_reason() =>
        Assert.Equal("", new AuditChange(SteppedUp, "plan 7", Act with { Why = "" }).ToEntry().Detail);

    [Fact]
    public void What_was_not_there_before_or_is_not_any_more_is_nothing() =>
        Assert.Equal(
            "lead: \"a\" → nothing; step: nothing → \"1\"",
            Detail(AuditedValue.Written("step", null, "1"), AuditedValue.Written("lead", "a", null)));

    [Fact]
    public void The_order_in_which_values_are_given_does_not_matter() =>
        Assert.Equal(
            Detail(AuditedValue.Written("step", "1", "2"), AuditedValue.Written("goal", "a", "b")),
            Detail(AuditedValue.Written("goal", "a", "b"), AuditedValue.Written("step", "1", "2")));

    [Fact]
    public void Words_about_a_person_stay_with_the_record_that_can_be_erased() =>
        Assert.Equal("pupils say: version 11 → version 12", Detail(AuditedValue.KeptWithRecord("pupils say", 11, 12)));

    [Fact]
    public void Of_a_version_what_is_personal_stays_with_the_record_and_the_rest_is_written() =>
        Assert.Equal(
            "goal: version 2 → version 3; status: \"Draft\" → \"Active\"",
            Detail(AuditedValue.OfVersion(3, [new("goal", "Art", "Music", isPersonal: true), new("status", "Draft", "Active", isPersonal: false)])));

    [Fact]
    public void Several_of_one_name_become_one_with_the_versions_alone() =>
        Assert.Equal(
            "step: version 2 → version 3",
            Detail(AuditedValue.OfVersion(3, [new("step", "Art", null, isPersonal: true), new("step", null, "Half of art", isPersonal: true)])));

    [Fact]
    public void What_was_there_and_is_not_any_more_has_the_version_before() =>
        Assert.Equal("part: version 2 → nothing", Detail(AuditedValue.OfVersion(3, [new("part", "At home", null, isPersonal: true)])));

    [Fact]
    public void What_stays_as_it_was_is_no_change() =>
        Assert.Throws<ArgumentException>(() => new ValueChange("goal", "Art", "Art", isPersonal: true));

    [Fact]
    public void Versions_count_from_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AuditedValue.KeptWithRecord("pupils say", 0, 1));

    [Theory]
    [InlineData("1\"; why: \"forged")]
    [InlineData("1\nplan.closed")]
    [InlineData("1\u2028plan.closed")]
    [InlineData("1\\")]
    public void Nobodys_words_look_like_another_field_or_line(string words)
    {
        var detail = Detail(AuditedValue.Written("step", words, "2"));

        Assert.DoesNotContain(detail, character => char.IsControl(character) || character == '\u2028');
        Assert.Equal("step: \"1", detail[..8]);
        Assert.EndsWith("\" → \"2\"", detail, StringComparison.Ordinal);
        Assert.Equal(4, UnescapedQuotes(detail));
    }

    [Fact]
    public void A_value_is_named_once() =>
        Assert.Throws<ArgumentException>(() => Detail(AuditedValue.Written("step", "1", "2"), AuditedValue.Written("step", "2", "3")));

    [Theory]
    [InlineData("Plan.Closed")]
    [InlineData("plan")]
    [InlineData("plan.")]
    [InlineData("plan.a.b")]
    [InlineData("plan.-a")]
    [InlineData("plan.a b")]
    public void A_slug_is_an_area_and_words(string text) => Assert.Throws<ArgumentException>(() => new AuditSlug(AuditKind.Change, text));

    private static string Detail(params IEnumerable<AuditedValue> values) =>
        new AuditChange(SteppedUp, "plan 7", Act with { Why = "" }, values).ToEntry().Detail;

    private static int UnescapedQuotes(string text)
    {
        var quotes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') quotes++;
        }

        return quotes;
    }
}

using System.Collections;
using System.Collections.Immutable;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.People;

public sealed class Rule13PersonalDataTests
{
    private const string Secret = "Zebedee";

    private static readonly PupilCard Pupil = new(
        new PupilId(new Guid(7, 0, 0, new byte[8])), new PersonalText(Secret), new LocalDate(2012, 3, 4),
        [
            new KeyFact(new PersonalText($"{Secret} reads lips.")),
            new KeyFact(new PersonalText($"{Secret} has a brother here."), IsConfidential: true),
        ]);

    private static readonly PersonCard Person = new(
        new PersonId(new Guid(8, 0, 0, new byte[8])), new PersonalText(Secret), new PersonalText($"{Secret} 01632 960001"),
        new PersonalText($"{Secret}@example.org"));

    public static TheoryData<object> Everything { get; } = [.. new object[] { Pupil, Person }.SelectMany(WithAllParts)];

    [Theory, MemberData(nameof(Everything))]
    public void Neither_a_card_nor_any_part_of_it_prints_what_it_says(object part) =>
        Assert.All([part.ToString(), $"{part}", string.Join(" ", [part])], text =>
        {
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("2012", text, StringComparison.Ordinal);
        });

    [Fact]
    public void A_card_prints_its_id() =>
        Assert.Equal(($"pupil {Pupil.Id}", $"person {Person.Id}"), (Pupil.ToString(), Person.ToString()));

    [Fact]
    public void Pages_that_may_show_it_can_read_it() => Assert.Equal(Secret, Pupil.PreferredName.Text);

    [Fact]
    public void A_key_fact_is_special_category_unless_somebody_says_otherwise()
    {
        Assert.Equal(DataCategory.SpecialCategory, new KeyFact(new PersonalText("Reads lips.")).Category);
        Assert.Contains("special category", Pupil.KeyFacts[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Confidential_facts_can_be_left_out() =>
        Assert.Equal([Pupil.KeyFacts[0]], Pupil.WithoutConfidentialParts().KeyFacts);

    [Fact]
    public void A_text_that_is_refused_is_not_repeated_in_the_error() =>
        Assert.DoesNotContain("  ", Assert.Throws<ArgumentException>(() => new PersonalText("  ")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pupil_without_facts_has_none() =>
        Assert.Empty(new PupilCard(Pupil.Id, Pupil.PreferredName, Pupil.DateOfBirth, default).KeyFacts);

    [Fact]
    public void A_card_holds_no_more_than_the_work_needs() =>
        Assert.Equal(
            ["DateOfBirth", "Id", "KeyFacts", "PreferredName"],
            typeof(PupilCard).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));

    /// <summary>The card and each value of ours in it, down to the last.</summary>
    private static IEnumerable<object> WithAllParts(object card)
    {
        yield return card;
        foreach (var property in card.GetType().GetProperties().Where(property => property.PropertyType.Namespace == typeof(PupilCard).Namespace
            || property.PropertyType == typeof(ImmutableArray<KeyFact>)))
        {
            var value = property.GetValue(card);
            var parts = value is IEnumerable several ? several.Cast<object>() : value is null ? [] : [value];
            foreach (var part in parts.SelectMany(WithAllParts))
                yield return part;
        }
    }
}

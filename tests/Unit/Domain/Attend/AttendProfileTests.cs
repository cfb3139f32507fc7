using AV1Relay.Domain.Attend;
using AV1Relay.Domain.People;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Attend;

public sealed class AttendProfileTests
{
    private static readonly QuestionId First = new("q1");
    private static readonly QuestionId Second = new("q2");
    private static readonly Act Act = new(default, Instant.FromUtc(2026, 11, 9, 8, 0));
    private static readonly AttendTemplate Template = TemplateOf(1, (First, "First question?"), (Second, "Second question?"));

    [Fact]
    public void Questions_come_in_the_templates_order_with_their_latest_answer()
    {
        var profile = New().Answer(Second, "Old", Act).Value.Answer(Second, "New", Act).Value;

        Assert.Equal([null, "New"], profile.Entries.Select(entry => entry.Latest?.Text));
    }

    [Fact]
    public void Earlier_answers_are_kept()
        => Assert.Equal(["Old", "New"], New().Answer(First, "Old", Act).Value.Answer(First, "New", Act).Value.Answers.Select(answer => answer.Text));

    [Fact]
    public void A_question_that_is_not_asked_is_not_answered()
        => Assert.Equal("attend.not-asked", Assert.Single(New().Answer(new QuestionId("q9"), "Text", Act).Refusals).Code);

    [Fact]
    public void An_answer_to_a_question_that_is_gone_stays_readable_with_its_question()
    {
        var profile = New().Answer(First, "It helps.", Act).Value.ChangeTemplate(TemplateOf(2, (Second, "Second question?"))).Value;

        var answer = Assert.Single(profile.NoLongerAsked);
        Assert.Equal(("Section", "First question?", "It helps."), (answer.SectionTitle, answer.QuestionText, answer.Text));
    }

    [Fact]
    public void An_answer_to_a_question_with_other_words_keeps_the_old_ones()
    {
        var profile = New().Answer(First, "It helps.", Act).Value.ChangeTemplate(TemplateOf(2, (First, "What helps?"))).Value;

        var entry = Assert.Single(profile.Entries);
        Assert.True(entry.WasAskedDifferently);
        Assert.Equal("First question?", entry.Latest!.QuestionText); // answered just above
    }

    [Fact]
    public void An_older_version_does_not_come_back()
    {
        var profile = New().ChangeTemplate(TemplateOf(2, (First, "What helps?"))).Value;

        Assert.Equal("attend.older-template", Assert.Single(profile.ChangeTemplate(Template).Refusals).Code);
    }

    [Fact]
    public void A_question_is_in_its_template_once() => Assert.Throws<ArgumentException>(() => TemplateOf(1, (First, "One?"), (First, "Two?")));

    [Fact]
    public void A_template_asks_something() => Assert.Throws<ArgumentException>(() => TemplateOf(1));

    [Fact]
    public void A_section_is_in_its_template_once()
        => Assert.Throws<ArgumentException>(() => new AttendTemplate("Framework", 1, [Template.Sections[0], new AttendSection("s1", "Again", [])]));

    [Fact]
    public void It_is_not_rebuilt_with_an_answer_to_a_later_template()
    {
        var later = New().ChangeTemplate(TemplateOf(2, (First, "What helps?"))).Value.Answer(First, "It helps.", Act).Value;

        Assert.Throws<ArgumentException>(() => new AttendProfile(default, Template, later.Answers));
    }

    private static AttendProfile New() => new(default, Template, []);

    private static AttendTemplate TemplateOf(int version, params (QuestionId Id, string Text)[] questions)
        => new("Framework", version, [new AttendSection("s1", "Section", [.. questions.Select(question => new AttendQuestion(question.Id, question.Text))])]);
}

using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Attend;

/// <summary>The ATTEND framework filled in for one pupil.</summary>
/// <remarks>
/// Always true: answers only grow, and each keeps the words of its question: a changed template leaves earlier answers readable. No answer is to a
/// later version of the template than the one that is asked now.
/// </remarks>
public sealed record AttendProfile
{
    /// <param name="answers">In the order in which they were given.</param>
    /// <exception cref="ArgumentException">An answer to a later version of the template.</exception>
    public AttendProfile(PupilId pupil, AttendTemplate template, ImmutableArray<AttendAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(template);
        (Pupil, Template, Answers) = (pupil, template, answers.IsDefault ? [] : answers);
        if (Answers.Any(answer => answer.TemplateName == template.Name && answer.TemplateVersion > template.Version))
            throw new ArgumentException("An answer is to a later version of the template.", nameof(answers));
    }

    public PupilId Pupil { get; }

    /// <summary>What is asked now.</summary>
    public AttendTemplate Template { get; private init; }

    /// <summary>All answers ever given, the earliest first.</summary>
    public ImmutableArray<AttendAnswer> Answers { get; private init; }

    /// <summary>The template's questions in their order, each with its latest answer.</summary>
    public IEnumerable<AttendEntry> Entries => Template.Sections
        .SelectMany(section => section.Questions, (section, question) => new AttendEntry(section.Title, question, LatestTo(question.Id)));

    /// <summary>The latest answers to questions that the template no longer asks.</summary>
    public IEnumerable<AttendAnswer> NoLongerAsked => Answers
        .GroupBy(answer => answer.Question)
        .Where(group => Template.Find(group.Key) is null)
        .Select(group => group.Last());

    /// <param name="text">May be empty: the question is then open again, and earlier answers are kept.</param>
    public Outcome<AttendProfile> Answer(QuestionId id, string text, Act act)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Template.Find(id) is not var (section, question))
        {
            return new Refusal(
                "attend.not-asked", "The framework no longer asks this question.", "Open the page again: your authority has changed the framework.");
        }

        return this with { Answers = Answers.Add(new AttendAnswer(id, section.Title, question.Text, Template.Name, Template.Version, text, act)) };
    }

    /// <summary>From now on this template is asked. Answers to questions that are in both go along.</summary>
    public Outcome<AttendProfile> ChangeTemplate(AttendTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Name == Template.Name && template.Version < Template.Version
            ? new Refusal("attend.older-template", "This is an older version of the framework.", "Use the newest one that your authority supplies.")
            : this with { Template = template };
    }

    public override string ToString() => nameof(AttendProfile);

    private AttendAnswer? LatestTo(QuestionId id) => Answers.LastOrDefault(answer => answer.Question == id);
}

/// <summary>What somebody answered, and the question as it was put then.</summary>
public sealed record AttendAnswer(
    QuestionId Question, string SectionTitle, string QuestionText, string TemplateName, int TemplateVersion, string Text, Act Act)
{
    public override string ToString() => nameof(AttendAnswer);
}

/// <summary>A question as it is put now, and its latest answer.</summary>
/// <param name="Latest">Null: never answered.</param>
public sealed record AttendEntry(string SectionTitle, AttendQuestion Question, AttendAnswer? Latest)
{
    /// <summary>The question had other words when it was answered: read the answer with those.</summary>
    public bool WasAskedDifferently => Latest is not null && Latest.QuestionText != Question.Text;

    public override string ToString() => nameof(AttendEntry);
}

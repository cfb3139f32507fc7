using System.Collections.Immutable;

namespace AV1Relay.Domain.Attend;

/// <summary>Names a question through all versions of the template.</summary>
public readonly record struct QuestionId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>The ATTEND framework as the authority supplies it. Its words are the authority's: none are made up here.</summary>
/// <remarks>Always true: the version is 1 or more; there is a question to answer; each section and each question is there once.</remarks>
public sealed record AttendTemplate
{
    /// <param name="version">Rises when the authority changes the template.</param>
    /// <exception cref="ArgumentException">No name, a version below 1, no question, or a section or question twice.</exception>
    public AttendTemplate(string name, int version, ImmutableArray<AttendSection> sections)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (version < 1) throw new ArgumentException("Versions are counted from 1.", nameof(version));
        (Name, Version, Sections) = (name, version, sections.IsDefault ? [] : sections);
        if (Sections.DistinctBy(section => section.Id).Count() != Sections.Length) throw new ArgumentException("A section is in its template once.", nameof(sections));
        var questions = Sections.SelectMany(section => section.Questions).ToImmutableArray();
        if (questions.IsEmpty) throw new ArgumentException("A template asks something.", nameof(sections));
        if (questions.DistinctBy(question => question.Id).Count() != questions.Length)
            throw new ArgumentException("A question is in its template once.", nameof(sections));
    }

    public string Name { get; }

    public int Version { get; }

    public ImmutableArray<AttendSection> Sections { get; }

    internal (AttendSection Section, AttendQuestion Question)? Find(QuestionId id)
    {
        foreach (var section in Sections)
        {
            if (section.Questions.FirstOrDefault(question => question.Id == id) is { } question) return (section, question);
        }

        return null;
    }
}

/// <remarks>Always true: id and title are not empty.</remarks>
public sealed record AttendSection
{
    /// <exception cref="ArgumentException">No id or no title.</exception>
    public AttendSection(string id, string title, ImmutableArray<AttendQuestion> questions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        (Id, Title, Questions) = (id, title, questions.IsDefault ? [] : questions);
    }

    public string Id { get; }

    public string Title { get; }

    public ImmutableArray<AttendQuestion> Questions { get; }
}

/// <remarks>Always true: id and text are not empty.</remarks>
public sealed record AttendQuestion
{
    /// <exception cref="ArgumentException">No id or no text.</exception>
    public AttendQuestion(QuestionId id, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id.Value);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        (Id, Text) = (id, text);
    }

    public QuestionId Id { get; }

    public string Text { get; }
}

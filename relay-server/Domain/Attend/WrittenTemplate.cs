using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Attend;

/// <summary>The framework as people write it: a line beginning with <c>#</c> is a section, each line below it a question.</summary>
public static class WrittenTemplate
{
    private const int MostLines = 200;
    private const int LongestLine = 500;

    /// <summary>The next version. A question whose words stay keeps the answers that were given to it; one with other words is a new one.</summary>
    /// <param name="before">Null: none has been supplied yet.</param>
    public static Outcome<AttendTemplate> Read(AttendTemplate? before, string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(name)) return new Refusal("attend.name-missing", "The framework has no name yet.", "Write what the authority calls it.");
        List<string> lines = [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (lines.Count > MostLines || lines.Exists(line => line.Length > LongestLine))
            return new Refusal("attend.too-long", "That is more than a framework has.", "Write at most 200 lines, each of at most 500 characters.");
        if (lines.FirstOrDefault() is not ['#', ..] || !lines.Exists(line => !line.StartsWith('#')))
            return new Refusal("attend.no-questions", "There is no section with a question yet.", "Begin with a line such as # At home, and write a question on each line below it.");
        var titles = lines.Where(line => line.StartsWith('#')).Select(TitleIn).ToList();
        if (titles.Exists(title => title.Length == 0) || titles.Distinct(StringComparer.Ordinal).Count() < titles.Count)
            return new Refusal("attend.section-twice", "A section has no title, or two have the same.", "Give each section a title of its own.");
        var questions = lines.Where(line => !line.StartsWith('#')).ToList();
        if (questions.Distinct(StringComparer.Ordinal).Count() < questions.Count)
            return new Refusal("attend.question-twice", "A question is there twice.", "Take one of them out, or say it in other words.");

        var known = before?.Sections.SelectMany(section => section.Questions).ToDictionary(question => question.Text, question => question.Id, StringComparer.Ordinal) ?? [];
        // Never a number that an earlier question had: its answers would stand below another one.
        var last = known.Values.Select(id => id.Value is ['q', .. var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0)
            .Append(before?.Version * MostLines ?? 0).Max();
        var sections = ImmutableArray.CreateBuilder<AttendSection>();
        foreach (var line in lines)
        {
            if (line.StartsWith('#')) sections.Add(new AttendSection(string.Create(CultureInfo.InvariantCulture, $"s{sections.Count + 1}"), TitleIn(line), []));
            else
            {
                var question = new AttendQuestion(known.TryGetValue(line, out var id) ? id : new QuestionId(string.Create(CultureInfo.InvariantCulture, $"q{++last}")), line);
                sections[^1] = new AttendSection(sections[^1].Id, sections[^1].Title, sections[^1].Questions.Add(question));
            }
        }

        return new AttendTemplate(name.Trim(), (before?.Version ?? 0) + 1, sections.ToImmutable());
    }

    public static string Write(AttendTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var text = new StringBuilder();
        foreach (var section in template.Sections)
        {
            text.Append("# ").Append(section.Title).Append('\n');
            foreach (var question in section.Questions) text.Append(question.Text).Append('\n');
        }

        return text.ToString();
    }

    private static string TitleIn(string line) => line.TrimStart('#').Trim();
}

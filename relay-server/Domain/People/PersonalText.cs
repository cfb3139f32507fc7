namespace AV1Relay.Domain.People;

/// <summary>Text about a person. It prints as nothing but that, so that a log line or an exception can't leak it.</summary>
/// <remarks>Always true: it says something.</remarks>
public sealed record PersonalText
{
    /// <exception cref="ArgumentException">It is empty. What was given is not repeated.</exception>
    public PersonalText(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new ArgumentException("There is nothing in it.", nameof(text));
        Text = text.Trim();
    }

    /// <summary>For pages and documents that the reader may see; never for a log, a metric or the audit.</summary>
    public string Text { get; }

    public override string ToString() => "(personal)";
}

namespace AV1Relay.Domain.Plans;

/// <summary>Names a part of a plan's text; stays when heading and text change.</summary>
public readonly record struct SectionId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>One part of the plan's text, under a heading of the staff's choice.</summary>
/// <remarks>Always true: the heading is not empty.</remarks>
public sealed record PlanSection
{
    /// <param name="isConfidential">Left out of what people outside the school read.</param>
    /// <exception cref="ArgumentException">No heading.</exception>
    public PlanSection(SectionId id, string heading, string text, bool isConfidential = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(heading);
        ArgumentNullException.ThrowIfNull(text);
        (Id, Heading, Text, IsConfidential) = (id, heading, text, isConfidential);
    }

    public SectionId Id { get; }

    public string Heading { get; }

    public string Text { get; }

    public bool IsConfidential { get; init; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(PlanSection);
}

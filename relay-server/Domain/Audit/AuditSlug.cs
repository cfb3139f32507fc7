namespace AV1Relay.Domain.Audit;

/// <summary>The stable name of a thing that happened: <c>plan.step-up</c>. Never renamed, since old entries keep theirs.</summary>
/// <remarks>Always true: an area and words, of a–z and '-', with one dot between them.</remarks>
public sealed record AuditSlug
{
    /// <param name="whyStaysWithRecord">Whether it is done to a pupil's records.</param>
    /// <exception cref="ArgumentException">It is not written like a slug.</exception>
    public AuditSlug(AuditKind kind, string value, bool whyStaysWithRecord = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        var parts = value.Split('.');
        if (parts.Length != 2 || !parts.All(IsWords)) throw new ArgumentException("A slug is written area.words-words.", nameof(value));
        (Kind, Value, WhyStaysWithRecord) = (kind, value, whyStaysWithRecord);
    }

    public AuditKind Kind { get; }

    public string Value { get; }

    /// <summary>Why staff did it may tell about the pupil. The audit is never erased, so those words stay with the record, which can be.</summary>
    public bool WhyStaysWithRecord { get; }

    public override string ToString() => Value;

    private static bool IsWords(string part) => part.Split('-').All(word => word.Length > 0 && word.All(char.IsAsciiLetterLower));
}

using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Audit;

/// <summary>What a person looked at or changed, before it is written down: who, when and why, old and new values.</summary>
/// <remarks>Always true: it says what it was done to; each value is named once, and they stand in the order of their names.</remarks>
public sealed record AuditChange
{
    /// <param name="what">What was done.</param>
    /// <param name="subject">To what: an id with its kind, <c>plan 0f…</c>; never a name.</param>
    /// <param name="act">Who did it, when and why.</param>
    /// <param name="values">None for a look.</param>
    /// <exception cref="ArgumentException">No subject, or a value named twice.</exception>
    public AuditChange(AuditSlug what, string subject, Act act, params IEnumerable<AuditedValue> values)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentNullException.ThrowIfNull(act);
        (What, Subject, Act, Values) = (what, subject, act, [.. values.OrderBy(value => value.Name, StringComparer.Ordinal)]);
        if (Values.Select(value => value.Name).Distinct().Count() != Values.Length)
            throw new ArgumentException("A value changes once in a change.", nameof(values));
    }

    public AuditSlug What { get; }

    public string Subject { get; }

    public Act Act { get; }

    public ImmutableArray<AuditedValue> Values { get; }

    /// <summary>
    /// A correction of something that is kept like a register: missed days, the ledger, contacts. The entry before it stays as it was, so this one
    /// says what it was, what it is now and why (domain rule 11).
    /// </summary>
    /// <exception cref="ArgumentException">It says nothing of what was corrected.</exception>
    public static Outcome<AuditChange> Correction(AuditSlug what, string subject, Act act, params IEnumerable<AuditedValue> values)
    {
        var correction = new AuditChange(what, subject, act, values);
        if (correction.Values.IsEmpty) throw new ArgumentException("A correction says what it was and what it is now.", nameof(values));
        if (string.IsNullOrWhiteSpace(act.Why))
        {
            return new Refusal(
                "audit.why-missing",
                "A correction is kept beside what stood there before, with its reason.",
                "Say in a few words why it is corrected.");
        }

        return correction;
    }

    /// <summary>The same change gives the same text, on every machine. Why it was done is in it only where that tells about no pupil.</summary>
    public AuditEntry ToEntry() => new(Act.At, $"person {Act.Who}", What.Value, Subject, string.Join("; ", Parts()));

    private IEnumerable<string> Parts()
    {
        foreach (var value in Values)
            yield return $"{value.Name}: {value.Before} → {value.After}";
        if (!string.IsNullOrWhiteSpace(Act.Why))
            yield return What.WhyStaysWithRecord ? "why: kept with the record" : $"why: {AuditedValue.Quote(Act.Why)}";
    }
}

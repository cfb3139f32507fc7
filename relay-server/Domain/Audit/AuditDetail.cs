using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AV1Relay.Domain.Audit;

/// <summary>An entry's detail taken apart again: what changed, and why.</summary>
/// <param name="Values">In the order in which they were written.</param>
/// <param name="Why">In the person's words; null where nobody said.</param>
/// <param name="Words">What the relay wrote in words of its own, where it is no list of values.</param>
public sealed record AuditDetail(ImmutableArray<AuditDetailValue> Values, string? Why, string Words)
{
    private const string Between = " → ";

    /// <summary>Entries of any age: what can't be taken apart stays as the words that it is.</summary>
    public static AuditDetail Read(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var values = ImmutableArray.CreateBuilder<AuditDetailValue>();
        string? why = null;
        foreach (var part in Parts(detail))
        {
            var colon = part.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0) return new([], null, detail);
            var (name, rest) = (part[..colon], part[(colon + 2)..]);
            if (name == "why" && Split(rest) is null) why = Plain(rest);
            else if (Split(rest) is var (before, after)) values.Add(new(name, Plain(before), Plain(after)));
            else return new([], null, detail);
        }

        return new(values.ToImmutable(), why, "");
    }

    public override string ToString() => nameof(AuditDetail);

    private static IEnumerable<string> Parts(string detail)
    {
        var (from, isQuoted) = (0, false);
        for (var at = 0; at < detail.Length; at++)
        {
            if (detail[at] == '\\') at++;
            else if (detail[at] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && detail.AsSpan(at).StartsWith("; ", StringComparison.Ordinal))
            {
                yield return detail[from..at];
                from = at + 2;
            }
        }

        if (from < detail.Length) yield return detail[from..];
    }

    private static (string Before, string After)? Split(string value)
    {
        var isQuoted = false;
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '\\') at++;
            else if (value[at] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && value.AsSpan(at).StartsWith(Between, StringComparison.Ordinal)) return (value[..at], value[(at + Between.Length)..]);
        }

        return null;
    }

    /// <summary>Without the quotation marks; what was escaped as it was.</summary>
    private static string Plain(string text)
    {
        if (text is not ['"', .., '"']) return text;
        var plain = new StringBuilder();
        for (var at = 1; at < text.Length - 1; at++)
        {
            if (text[at] != '\\') plain.Append(text[at]);
            else if (text[at + 1] == 'u' && at + 6 < text.Length && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append(char.IsControl((char)code) ? ' ' : (char)code);
                at += 5;
            }
            else plain.Append(text[++at]);
        }

        return plain.ToString();
    }
}

/// <param name="Before"><c>nothing</c> where there was nothing; <c>version 3</c> where the record itself keeps the words.</param>
/// <param name="After">Likewise.</param>
public sealed record AuditDetailValue(string Name, string Before, string After)
{
    public override string ToString() => nameof(AuditDetailValue);
}

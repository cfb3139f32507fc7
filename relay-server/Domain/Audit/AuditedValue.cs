namespace AV1Relay.Domain.Audit;

/// <summary>One thing that a change changed: what it was and what it is now.</summary>
/// <remarks>
/// The record only grows, so what is written into it can't be erased with the pupil's data. A value that says something about a person is therefore
/// not written: <see cref="KeptWithRecord"/> says under which version of the record itself the old and the new one stand.
/// </remarks>
public sealed record AuditedValue
{
    private AuditedValue(string name, string before, string after) => (Name, Before, After) = (name, before, after);

    public string Name { get; }

    internal string Before { get; }

    internal string After { get; }

    /// <summary>Numbers, dates, ids, states and settings.</summary>
    /// <param name="name">What changed, in the domain's words.</param>
    /// <param name="before">In a culture's neutral spelling; null: there was nothing.</param>
    /// <param name="after">Likewise; null: there is nothing now.</param>
    public static AuditedValue Written(string name, string? before, string? after) => new(Checked(name), Quote(before), Quote(after));

    /// <summary>Words about or from a person, ratings, names, contact details.</summary>
    /// <param name="name">What changed.</param>
    /// <param name="before">The version of the record that holds the old value, from 1; null: there was none.</param>
    /// <param name="after">The version that holds the new one; null: it was removed.</param>
    public static AuditedValue KeptWithRecord(string name, int? before, int? after) => new(Checked(name), Version(before), Version(after));

    /// <summary>The values of one version of a record: what is personal stays there, and only its version is told.</summary>
    /// <param name="version">The record's after the change, from 1; one more than before it.</param>
    /// <param name="values">Several of one name become one, with the versions alone.</param>
    public static IEnumerable<AuditedValue> OfVersion(int version, IEnumerable<ValueChange> values) => values
        .GroupBy(value => value.Name)
        .Select(same => same.ToList() is [{ IsPersonal: false } one]
            ? Written(one.Name, one.Before, one.After)
            : KeptWithRecord(
                same.Key,
                same.Any(value => value.Before is not null) ? version - 1 : null,
                same.Any(value => value.After is not null) ? version : null));

    /// <summary>In quotation marks, with those and control characters escaped: nobody's words can look like another field or another line.</summary>
    internal static string Quote(string? text) => text is null ? "nothing" : $"\"{string.Concat(text.Select(Escape))}\"";

    private static string Escape(char character) => character switch
    {
        '"' or '\\' => $"\\{character}",
        _ when char.IsControl(character) || character is '\u2028' or '\u2029' => FormattableString.Invariant($"\\u{(int)character:x4}"),
        _ => character.ToString(),
    };

    private static string Version(int? version)
    {
        if (version is not { } number) return "nothing";
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number, nameof(version));
        return FormattableString.Invariant($"version {number}");
    }

    internal static string Checked(string name)
    {
        if (string.IsNullOrEmpty(name) || !name.All(character => char.IsAsciiLetter(character) || character is ' ' or '-'))
            throw new ArgumentException("A value is named in plain words.", nameof(name));
        return name;
    }
}

using System.Globalization;

namespace AV1Relay.Domain.Evaluation;

/// <summary>Lines of comma-separated values (RFC 4180), without their line ends. One row is held at a time, however many there are.</summary>
public static class Csv
{
    public static IEnumerable<string> Lines<T>(IReadOnlyList<string> header, IEnumerable<T> rows, Func<T, IReadOnlyList<CsvField>> fields)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(fields);
        return header.Count == 0 ? throw new ArgumentException("Columns are named.", nameof(header)) : Enumerate();

        IEnumerable<string> Enumerate()
        {
            yield return HeaderLine(header);
            foreach (var row in rows)
                yield return Line(fields(row));
        }
    }

    private static string HeaderLine(IReadOnlyList<string> header) => Line([.. header.Select(CsvField.Text)]);

    private static string Line(IReadOnlyList<CsvField> fields) => string.Join(',', fields);
}

/// <summary>One value, written so that neither a comma nor a spreadsheet takes it for something else.</summary>
public readonly record struct CsvField
{
    private readonly string? _written;

    private CsvField(string written) => _written = written;

    public static CsvField Empty => default;

    public static CsvField Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Spreadsheets run a text that begins like a formula: an apostrophe before it keeps it a text. Their full-width forms,
    /// and leading white space that some skip, count too.
    /// </summary>
    public static CsvField Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = text.AsSpan().TrimStart();
        if (text is ['\t' or '\r' or '\n', ..] || visible is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..])
            text = $"'{text}";
        return new(text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
    }

    public override string ToString() => _written ?? "";
}

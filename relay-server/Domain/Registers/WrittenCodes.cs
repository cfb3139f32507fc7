using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Domain.Registers;

/// <summary>A table of codes as people write it, one thing a line: read and written back.</summary>
/// <remarks>
/// Codes: <c>LETTERS | meaning</c>, with <c>| present</c> behind it for a mark of presence. Uses: <c>place | reason | letters</c>, with <c>| morning</c> or
/// <c>| afternoon</c> behind it where the half of the day matters; the reason is empty on the school site.
/// </remarks>
public static class WrittenCodes
{
    private const int MostLines = 200;

    private static readonly (string Words, PupilLocation Location)[] Places =
        [("home", PupilLocation.Home), ("school site", PupilLocation.SchoolSite), ("other place", PupilLocation.OtherPlace)];

    public static Outcome<RegisterCodeTable> Read(AcademicYear year, string source, string codes, string uses)
    {
        var (codeLines, useLines) = (Lines(codes), Lines(uses));
        if (codeLines.Count > MostLines || useLines.Count > MostLines) return new Refusal("register.too-long", "That is more than a table of codes has.", "Enter at most 200 lines.");
        List<Refusal> refusals = [];
        var readCodes = codeLines.Select(line => CodeIn(line, refusals)).OfType<RegisterCode>().ToImmutableArray();
        var readUses = useLines.Select(line => UseIn(line, refusals)).OfType<RegisterCodeRow>().ToImmutableArray();
        return refusals.Count > 0 ? Outcome.Refused<RegisterCodeTable>(refusals) : RegisterCodeTable.Enter(year, source, readCodes, readUses);
    }

    public static string CodesOf(RegisterCodeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return string.Join('\n', table.Codes.Select(code => $"{code.Letters} | {code.Meaning}{(code.IsPresence ? " | present" : "")}"));
    }

    public static string UsesOf(RegisterCodeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return string.Join('\n', table.Rows.Select(row =>
            $"{Places.First(place => place.Location == row.Location).Words} | {row.Reason} | {row.Code}{(row.Half is { } half ? $" | {half.ToString().ToLowerInvariant()}" : "")}"));
    }

    private static RegisterCode? CodeIn(string line, List<Refusal> refusals)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        if (parts is [{ Length: > 0 } letters, { Length: > 0 } meaning, .. var rest] && rest is [] or ["present"] && letters.All(letter => letter is > ' ' and <= '~'))
            return new RegisterCode(letters, meaning, isPresence: rest.Length > 0);
        refusals.Add(new Refusal("register.code-line", $"This line is no code: {line}", "Write its letters, a bar and its meaning, as the source has them."));
        return null;
    }

    private static RegisterCodeRow? UseIn(string line, List<Refusal> refusals)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        if (parts is [var place, var reason, { Length: > 0 } letters, .. var rest] && PlaceIn(place) is { } location && HalfIn(rest) is var (isRead, half) && isRead)
        {
            return new RegisterCodeRow(location, reason.Length == 0 ? null : new AbsenceReason(reason), half, letters.ToUpperInvariant());
        }

        refusals.Add(new Refusal("register.use-line", $"This line does not say when a code is used: {line}", "Write the place (home, school site or other place), a bar, the reason, a bar and the letters."));
        return null;
    }

    private static PupilLocation? PlaceIn(string words) =>
        Places.Where(place => string.Equals(place.Words, words, StringComparison.OrdinalIgnoreCase)).Select(place => (PupilLocation?)place.Location).FirstOrDefault();

    private static (bool IsRead, RegistrationHalf? Half) HalfIn(string[] rest) => rest switch
    {
        [] => (true, null),
        [var half] when Enum.TryParse<RegistrationHalf>(half, ignoreCase: true, out var read) && Enum.IsDefined(read) => (true, read),
        _ => (false, null),
    };

    private static List<string> Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }
}
